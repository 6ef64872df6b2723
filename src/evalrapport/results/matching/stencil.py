"""How the outcomes of nearby levels enter the sums of covariances given the score."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evalrapport.results.matching.design import Floats, Indices
from evalrapport.results.matching.levels import Levels, own_windows
from evalrapport.stripes import everywhere

NEIGHBOURS = 2  # a person and the nearest other: the default of the field (nn(2))
REACH = 2  # levels to either side that a person's neighbours can lie in
HALO = REACH + 1
# Below and above as one number, and the levels that it names, two below to two above.
CODES = [divmod(code, REACH + 1) for code in range((REACH + 1) ** 2)]
NEAREST = np.array(
    [[-below <= at <= above for below, above in CODES] for at in range(-REACH, REACH + 1)]
)
Weigh = Callable[[Floats], Floats]


@dataclass(frozen=True)
class Targets:
    """Windows that the people of the other group look at: first level, whether it is the only one,
    and their summed weights by kind, (kinds × windows)."""

    first: Indices
    alone: NDArray[np.bool_]
    weight: Floats


@dataclass(frozen=True)
class Stencil:
    """Per level of a group; a kind is a way in which people weigh as targets.

    alone, pair: (kinds × levels) summed weight of the windows that are this level, or this level
    and the next, each divided by its people less one, so that they make sample covariances; alone
    is left out where nobody is tied.
    nearest: the levels of the nearest three (itself among them), a column of NEAREST.
    """

    pair: NDArray[np.floating]
    alone: NDArray[np.floating] | None
    nearest: NDArray[np.uint8]

    def part(self, levels: slice) -> Stencil:
        """Some of the levels, in the same memory."""
        alone = None if self.alone is None else self.alone[:, levels]
        return Stencil(self.pair[:, levels], alone, self.nearest[levels])


def empty(levels: int, tied: bool, real: np.dtype[np.floating]) -> Stencil:
    """Room for some levels, filled with windows of no weight."""
    pair = np.zeros((2, levels), dtype=real)
    alone = np.zeros_like(pair) if tied else None
    return Stencil(pair, alone, np.zeros(levels, dtype=np.uint8))


def fill(out: Stencil, group: Levels, weigh: Weigh, targets: Targets) -> None:
    """Windows of the two nearest of every level, with weights by kind; in stripes of levels.

    Args:
        weigh: weights of a person as a target by kind, (kinds × levels), from scores.
    """
    most = len(group)

    def part(stripe: slice) -> None:
        wide = slice(max(stripe.start - HALO, 0), min(stripe.stop + HALO, most))
        score, count = group.score[wide], group.count(wide)
        (below, above), (far_below, far_above) = own_windows(score, count, NEIGHBOURS + 1)
        weight = weigh(score) * count
        own = slice(stripe.start - wide.start, stripe.stop - wide.start)
        out.nearest[stripe] = (far_below * (REACH + 1) + far_above)[own]
        with_next = weight * (above > 0)
        with_next[:, :-1] += (weight * (below > 0))[:, 1:]
        people = np.append(count[:-1] + count[1:], 2) - 1
        out.pair[:, stripe] = (with_next / people)[:, own]
        if out.alone is not None:
            single = (below == 0) & (above == 0) & (count > 1)
            out.alone[:, stripe] = (weight * single / np.maximum(count - 1, 1))[:, own]

    everywhere(part, most)
    for place, of in ((out.pair, ~targets.alone), (out.alone, targets.alone)):
        if place is not None:
            first = targets.first[of]
            people = group.start[first + 1 + (place is out.pair)] - group.start[first] - 1
            for row, weight in zip(place, targets.weight, strict=True):
                share = np.divide(weight[of], people, out=np.zeros(len(first)), where=people > 0)
                np.add.at(row, first, share)
