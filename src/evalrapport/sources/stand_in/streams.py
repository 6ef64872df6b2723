"""Named random streams: each step of each block has its own, whatever order blocks run in."""

from __future__ import annotations

import hashlib

import numpy as np


def stream(seed: int, step: str, block: int = 0) -> np.random.Generator:
    """The random stream of one named step in one block of people."""
    digest = hashlib.sha256(f"{step}/{block}".encode()).digest()
    words = np.frombuffer(digest[:16], dtype=np.uint32)
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence([seed, *words.tolist()])))


def pick(rng: np.random.Generator, shares: np.ndarray, count: int) -> np.ndarray:
    """`count` draws of an index in proportion to `shares` (1-d), as int64."""
    edges = np.cumsum(shares)
    return np.searchsorted(edges, rng.random(count) * edges[-1], side="right").clip(
        max=len(shares) - 1
    )


def pick_evenly(rng: np.random.Generator, shares: np.ndarray, count: int) -> np.ndarray:
    """As `pick`, in random order, but with counts as near to the shares as whole numbers go."""
    edges = np.cumsum(shares)
    level = (rng.permutation(count) + rng.random()) / max(count, 1) * edges[-1]
    return np.searchsorted(edges, level, side="right").clip(max=len(shares) - 1)


def even_counts(rng: np.random.Generator, rate: np.ndarray) -> np.ndarray:
    """0 or 1 for each with the given mean, such that their sum is that of the means."""
    edges = np.cumsum(rate) + rng.random()
    return (np.floor(edges) - np.floor(edges - rate)).astype(np.int64)


def poisson_evenly(rng: np.random.Generator, rate: np.ndarray) -> np.ndarray:
    """Poisson numbers with the given means, from evenly spread levels: their sum varies less."""
    level = (rng.permutation(len(rate)) + rng.random(len(rate))) / max(len(rate), 1)
    chance = np.exp(-rate)
    reached, number = chance.copy(), np.zeros(len(rate), dtype=np.int64)
    for count in range(1, 60):
        more = level > reached
        if not more.any():
            break
        number += more
        chance = chance * rate / count
        reached += chance
    return number


def pick_rows(rng: np.random.Generator, cumulative: np.ndarray) -> np.ndarray:
    """One draw per row of `cumulative` (rows x outcomes; cumulative weights, unnormalised)."""
    whole = cumulative[:, -1]
    level = rng.random(len(cumulative)) * whole
    found = (cumulative > level[:, None]).argmax(axis=1)
    found[level >= whole] = cumulative.shape[1] - 1  # nothing is above: a row of noughts
    return found


def share_of_block(total: int, block: int, blocks: int) -> int:
    """A block's part of a total, so that the parts of all blocks add up to it."""
    return total * (block + 1) // blocks - total * block // blocks
