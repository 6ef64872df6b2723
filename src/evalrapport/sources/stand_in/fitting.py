"""Chooses people from a pool so that published totals come out: raking, an even draw, exchanges.

Combinatorial optimisation as in spatial microsimulation (Williamson, Birkin & Rees 1998): odds of
being chosen are raked to all margins at once, people are drawn by them, and then chosen and others
are exchanged for as long as that brings the margins nearer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from evalrapport.sources.stand_in.exchange import Search
from evalrapport.sources.stand_in.margins import Floats, Ints, Margin, Moment
from evalrapport.sources.stand_in.raking import draw, rake


def choose(
    rng: np.random.Generator,
    margins: list[Margin],
    size: int,
    weight: Floats,
    moments: Sequence[Moment] = (),
) -> Ints:
    """`size` people (or the whole pool, if smaller) whose margins and moments are near the targets.

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
    chance = rake(margins, size, weight, moments)
    chosen = draw(rng, chance, size, margins[0].codes)
    search = Search(margins, moments, chosen)
    search.exchange(rng, chance)
    return np.sort(search.members)


class Ledger:
    """What earlier blocks of people missed by, margin by margin; the next block makes it good."""

    def __init__(self) -> None:
        self.missed: dict[str, list[Ints]] = {}
        self.off: dict[str, list[float]] = {}

    def choose(
        self,
        name: str,
        rng: np.random.Generator,
        margins: list[Margin],
        size: int,
        weight: Floats,
        moments: Sequence[Moment] = (),
    ) -> Ints:
        """As `choose`, with targets less what the choices of this `name` have had too much."""
        owed = self.missed.get(name, [np.zeros_like(margin.targets) for margin in margins])
        wanted = [margin.targets - more for margin, more in zip(margins, owed, strict=True)]
        asked = [
            replace(margin, targets=target.clip(min=0))
            for margin, target in zip(margins, wanted, strict=True)
        ]
        sums = self.off.get(name, [0.0] * len(moments))
        means = [replace(moment, owed=sum_) for moment, sum_ in zip(moments, sums, strict=True)]
        chosen = choose(rng, asked, size, weight, means)
        self.off[name] = [moment.owed + float(moment.off[chosen].sum()) for moment in means]
        self.missed[name] = [
            (counted(margin, chosen) - target).clip(-limit(margin), limit(margin))
            for margin, target in zip(margins, wanted, strict=True)
        ]
        return chosen


def counted(margin: Margin, chosen: Ints) -> Ints:
    """How many of the chosen are in each category."""
    codes = margin.codes[chosen]
    return np.bincount(codes[codes >= 0], minlength=len(margin.targets))


def limit(margin: Margin) -> Ints:
    """The most that is carried over: what a pool can't give at all must not pull at the rest."""
    result: Ints = 5 + margin.targets // 50
    return result
