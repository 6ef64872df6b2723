"""Chooses people from a pool so that published totals come out: raking, an even draw, exchanges.

Combinatorial optimisation as in spatial microsimulation (Williamson, Birkin & Rees 1998): odds of
being chosen are raked to all margins at once, people are drawn by them, and then chosen and others
are exchanged for as long as that brings the margins nearer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
ROUNDS = 12  # of raking
AT_ONCE = 32  # people exchanged at a time at first
PATIENCE = 12  # fruitless exchanges of one before the search ends
LOOK_AT = 1_500  # people considered for an exchange
# ASSUME: nobody's odds are raked beyond these, so that no cell is filled by the same few.
LEAST, MOST = 1e-7, 1e5


@dataclass(frozen=True)
class Margin:
    """One way to divide the chosen. codes: category of each in the pool, -1 for outside all;
    targets: how many of each category are wanted."""

    codes: Ints
    targets: Ints


def choose(rng: np.random.Generator, margins: list[Margin], size: int, weight: Floats) -> Ints:
    """`size` people (or the whole pool, if smaller) whose margins are near the targets.

    Args:
        margins: at least one; all over the same pool.
        weight: each person's odds apart from the margins, (pool,).

    Returns:
        ascending places in the pool.
    """
    if size >= len(weight):
        return np.arange(len(weight))
    if size <= 0:
        return np.empty(0, dtype=np.int64)
    chance = rake(margins, size, weight)
    chosen = draw(rng, chance, size, margins[0].codes)
    return np.flatnonzero(exchange(rng, margins, chosen, chance))


def rake(margins: list[Margin], size: int, weight: Floats) -> Floats:
    """Chances between 0 and 1 that give every margin its targets, as nearly as the pool allows."""
    odds = weight * size / max(len(weight) - size, 1) / weight.mean()
    for _ in range(ROUNDS):
        for margin in margins:
            cells = len(margin.targets)
            codes = np.where(margin.codes >= 0, margin.codes, cells)
            found = np.bincount(codes, odds / (1 + odds), cells + 1)[:-1]
            ratio = np.append(np.maximum(margin.targets, 1e-3) / np.maximum(found, 1e-3), 1.0)
            odds = (odds * ratio[codes]).clip(LEAST, MOST)
    result: Floats = odds / (1 + odds)
    return result


def draw(rng: np.random.Generator, chance: Floats, size: int, first: Ints) -> Flags:
    """A systematic draw of exactly `size`, spread evenly over the categories of `first`."""
    order = np.lexsort((rng.random(len(chance)), first))
    edges = np.cumsum(chance[order])
    marks = (np.arange(size) + rng.random()) * edges[-1] / size
    hit = np.searchsorted(edges, marks, side="right").clip(max=len(chance) - 1)
    chosen = np.zeros(len(chance), dtype=bool)
    chosen[order[hit]] = True
    lacking = size - int(chosen.sum())  # a chance near 1 can be hit twice
    others = np.flatnonzero(~chosen)
    chosen[others[np.argsort(-chance[others])[:lacking]]] = True
    return chosen


def exchange(
    rng: np.random.Generator, margins: list[Margin], chosen: Flags, chance: Floats
) -> Flags:
    """Exchange chosen people for others while the squared misses of all cells together fall."""
    cells, excess = flatten(margins, chosen)
    members, others = np.flatnonzero(chosen), np.flatnonzero(~chosen)
    reach = np.cumsum(chance[others])
    at_once, fruitless = AT_ONCE, 0
    while fruitless < PATIENCE and np.abs(excess).sum() > 0:
        out = np.unique(rng.integers(0, len(members), LOOK_AT))
        into = np.searchsorted(reach, rng.random(LOOK_AT) * reach[-1]).clip(max=len(others) - 1)
        into = np.unique(into)
        out = best(excess, cells[:, members[out]], out, at_once, largest=True)
        into = best(excess, cells[:, others[into]], into, at_once, largest=False)
        count = min(len(out), len(into))
        out, into = out[:count], into[:count]
        change = moved(cells[:, members[out]], cells[:, others[into]], len(excess))
        if (2 * excess * change + change * change).sum() < 0:
            excess = excess + change
            members[out], others[into] = others[into], members[out].copy()
            fruitless = 0
        else:
            fruitless += at_once == 1
            at_once = max(1, at_once // 2)
    result = np.zeros(len(chosen), dtype=bool)
    result[members] = True
    return result


def best(excess: Floats, cells: Ints, people: Ints, count: int, *, largest: bool) -> Ints:
    """Those `count` of the people whose cells are most overfilled (or most lacking)."""
    score = excess[cells].sum(axis=0)
    order = np.argsort(-score if largest else score, kind="stable")
    return people[order[:count]]


def moved(out: Ints, into: Ints, length: int) -> Floats:
    """How the cells change when people leave (cells `out`) and others come (cells `into`)."""
    change = np.bincount(into.ravel(), minlength=length) - np.bincount(
        out.ravel(), minlength=length
    )
    change[-1] = 0
    result: Floats = change.astype(float)
    return result


def flatten(margins: list[Margin], chosen: Flags) -> tuple[Ints, Floats]:
    """All margins' cells numbered on, (margins, pool), and found minus target by cell.

    The last cell is for people outside a margin; nothing is wanted of it."""
    starts = np.cumsum([0, *(len(margin.targets) for margin in margins)])
    outside = int(starts[-1])
    cells = np.stack(
        [
            np.where(margin.codes >= 0, margin.codes + start, outside)
            for margin, start in zip(margins, starts[:-1], strict=True)
        ]
    )
    wanted = np.concatenate([*(margin.targets for margin in margins), [0]]).astype(float)
    found = np.bincount(cells[:, chosen].ravel(), minlength=outside + 1)
    excess: Floats = found - wanted
    excess[-1] = 0.0
    return cells, excess
