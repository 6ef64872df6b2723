"""Odds of being chosen, raked to all margins and means at once, and an even draw by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evalrapport.sources.stand_in.margins import Flags, Floats, Ints, Margin, Moment

ROUNDS = 12
# ASSUME: nobody's odds are raked beyond these, so that no cell is filled by the same few.
LEAST, MOST = 1e-7, 1e5


def rake(
    margins: list[Margin], size: int, weight: Floats, moments: Sequence[Moment] = ()
) -> Floats:
    """Chances between 0 and 1 that give every margin its targets, as nearly as the pool allows."""
    odds = weight * size / max(len(weight) - size, 1) / weight.mean()
    odds = odds.clip(LEAST, MOST)
    by_margin = [cells_of(margin) for margin in margins]
    for _ in range(ROUNDS):
        for moment in moments:
            odds = (odds * tilt(moment, odds / (1 + odds))).clip(LEAST, MOST)
        for cells in by_margin:
            found = cells.sums(odds / (1 + odds))
            ratio = np.append(np.maximum(cells.wanted, 1e-3) / np.maximum(found, 1e-3), 1.0)
            odds *= ratio.take(cells.codes)
            odds.clip(LEAST, MOST, out=odds)
    result: Floats = odds / (1 + odds)
    return result


@dataclass(frozen=True)
class Cells:
    """A margin's cells. codes: each one's cell, for those outside the number of cells; order: those
    inside, sorted by cell; first: where each cell begins in that order, with its end at last."""

    codes: Ints
    wanted: Ints
    order: Ints
    first: Ints

    def sums(self, chance: Floats) -> Floats:
        """Sum of the chances in each cell, as slices: several times as fast as np.bincount."""
        found = np.zeros(len(self.wanted))
        there = np.flatnonzero(np.diff(self.first))
        if len(there):
            found[there] = np.add.reduceat(chance.take(self.order), self.first[there])
        return found


def cells_of(margin: Margin) -> Cells:
    """The people of a margin, sorted by cell."""
    count = len(margin.targets)
    codes = np.where(margin.codes >= 0, margin.codes, count)
    order = np.argsort(codes.astype(np.int16), kind="stable")  # fast on short integers only
    first = np.searchsorted(codes[order], np.arange(count + 1))
    return Cells(codes, margin.targets, order[: first[-1]], first)


def tilt(moment: Moment, chance: Floats) -> Floats:
    """Factors on the odds that bring a moment nearer its mean: one Newton step, exponential."""
    spread = chance * (1 - chance)
    # Sums of products and not `@`: on vectors like these its threads only wait for one another.
    lacking = -(moment.owed + float((chance * moment.off).sum()))
    step = lacking / max(float((spread * moment.off * moment.off).sum()), 1e-9)
    result: Floats = np.exp((step * moment.off).clip(-1, 1))
    return result


def draw(rng: np.random.Generator, chance: Floats, size: int, first: Ints) -> Flags:
    """A systematic draw of exactly `size`, spread evenly over the categories of `first`."""
    order = np.argsort(rng.random(len(chance)))
    order = order[np.argsort(first[order].astype(np.int16), kind="stable")]
    edges = np.cumsum(chance[order])
    marks = (np.arange(size) + rng.random()) * edges[-1] / size
    hit = np.searchsorted(edges, marks, side="right").clip(max=len(chance) - 1)
    chosen = np.zeros(len(chance), dtype=bool)
    chosen[order[hit]] = True
    lacking = size - int(chosen.sum())  # a chance near 1 can be hit twice
    if lacking:
        others = np.flatnonzero(~chosen)
        chosen[others[np.argsort(-chance[others])[:lacking]]] = True
    return chosen
