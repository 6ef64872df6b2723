"""Which paragraphs of two versions belong together: in place, moved, or edited.

Blocks are held together in three rounds: those that agree in place; those that agree elsewhere
(moved); and those that are alike enough to be the same paragraph edited. What is left was added or
removed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from evalrapport.review.blocks import Block

# A pair in one gap of the text is one edited paragraph if two of five words are the same; far apart
# it takes three of four. ASSUME: set by reading edited drafts of the report; no source.
ALIKE = 0.4
ALIKE_ELSEWHERE = 0.75
# Shorter blocks that stand in several places ("Kilde: …") are never called moved.
LONG_ENOUGH = 6


@dataclass(frozen=True)
class Pair:
    """An old and a new block that belong together; one of them is None if it came or went."""

    old: Block | None
    new: Block | None
    moved: bool = False


def align(old: Sequence[Block], new: Sequence[Block]) -> list[Pair]:
    """All blocks of both in the new order; what was removed stands where it was."""
    in_place = equal_blocks([b.key for b in old], [b.key for b in new])
    match = dict(in_place)
    moved = moves(old, new, match)
    match |= moved
    for first, second in gaps(old, new, in_place):
        match |= alike(old, new, first, second, match, ALIKE)
    left = [i for i in range(len(old)) if i not in match]
    taken = set(match.values())
    free = [j for j in range(len(new)) if j not in taken]
    far = alike(old, new, left, free, match, ALIKE_ELSEWHERE)
    match |= far
    shifted = {*moved, *(i for i, j in far.items() if crosses(i, j, in_place))}
    return ordered(old, new, match, shifted)


def equal_blocks(old: Sequence[Any], new: Sequence[Any]) -> dict[int, int]:
    """Positions of equal items in place: the longest runs first."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return {
        start + k: there + k
        for start, there, size in matcher.get_matching_blocks()
        for k in range(size)
    }


def moves(old: Sequence[Block], new: Sequence[Block], match: Mapping[int, int]) -> dict[int, int]:
    """Unmatched blocks that stand word for word elsewhere."""
    taken = set(match.values())
    waiting: dict[tuple[str, ...], list[int]] = {}
    for j, block in enumerate(new):
        if j not in taken:
            waiting.setdefault(block.key, []).append(j)
    counts = Counter(block.key for block in (*old, *new))
    found = {}
    for i, block in enumerate(old):
        known = len(block.tokens) >= LONG_ENOUGH or counts[block.key] == 2
        if i not in match and known and waiting.get(block.key):
            found[i] = waiting[block.key].pop(0)
    return found


def gaps(
    old: Sequence[Block], new: Sequence[Block], match: Mapping[int, int]
) -> Iterator[tuple[list[int], list[int]]]:
    """The stretches between blocks that agree in place."""
    ends = [*sorted(match.items()), (len(old), len(new))]
    i = j = 0
    for next_i, next_j in ends:
        if next_i > i and next_j > j:
            yield list(range(i, next_i)), list(range(j, next_j))
        i, j = next_i + 1, next_j + 1


def alike(
    old: Sequence[Block],
    new: Sequence[Block],
    first: Sequence[int],
    second: Sequence[int],
    match: Mapping[int, int],
    least: float,
) -> dict[int, int]:
    """Pairs among the free blocks that are alike enough, the most alike first."""
    taken = set(match.values())
    scored = []
    for i in first:
        for j in second:
            if i in match or j in taken or old[i].kind != new[j].kind:
                continue
            score = likeness(old[i], new[j], least)
            if score >= least:
                scored.append((-score, abs(i - j), i, j))
    found: dict[int, int] = {}
    for _, _, i, j in sorted(scored):
        if i not in found and j not in found.values():
            found[i] = j
    return found


def likeness(old: Block, new: Block, least: float) -> float:
    """Share of tokens that two blocks have in common, in order; 1 for the same heading or caption.

    Headings and captions have ids of their own (`sec-…`, `tbl-…`), which editors keep.
    """
    if old.kind in ("overskrift", "billedtekst", "litteratur") and old.id and old.id == new.id:
        return 1.0
    first, second = old.key, new.key
    shared = 2 * sum((Counter(first) & Counter(second)).values()) / (len(first) + len(second))
    if shared < least:
        return 0.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def crosses(i: int, j: int, in_place: Mapping[int, int]) -> bool:
    """Whether a pair stands on another side of some block that stayed in place."""
    return any((a < i) != (b < j) for a, b in in_place.items())


def ordered(
    old: Sequence[Block], new: Sequence[Block], match: Mapping[int, int], moved: set[int]
) -> list[Pair]:
    """Pairs in the new order, each removed block after what stood before it."""
    back = {j: i for i, j in match.items()}
    removed: dict[int, list[int]] = {}
    for i in range(len(old)):
        if i not in match:
            before = [match[k] for k in range(i) if k in match and k not in moved]
            removed.setdefault(before[-1] if before else -1, []).append(i)
    result = [Pair(old[i], None) for i in removed.get(-1, [])]
    for j, block in enumerate(new):
        i = back.get(j, -1)
        result.append(Pair(old[i] if i >= 0 else None, block, i in moved))
        result += [Pair(old[k], None) for k in removed.get(j, [])]
    return result
