"""How the outcomes of nearby levels enter the sums of covariances given the score."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evalrapport.results.matching.design import Floats
from evalrapport.results.matching.levels import Levels, Small

NEIGHBOURS = 2  # a person and the nearest other: the default of the field (nn(2))
REACH = 2  # levels to either side that a person's neighbours can lie in


@dataclass(frozen=True)
class Stencil:
    """Per level of a group; a kind is a way in which people weigh as targets.

    alone, pair: (kinds × levels) summed weight of the windows that are this level, or this level
    and the next, each divided by its people less one, so that they make sample covariances.
    below, above: the levels of the nearest three (itself among them); others: their people, less
    itself.
    """

    group: Levels
    alone: Floats
    pair: Floats
    below: Small
    above: Small
    others: Floats

    def part(self, levels: slice, sums: NDArray[np.generic], real: np.dtype[np.generic]) -> Around:
        """The levels of a slice with their surroundings; `sums` are all levels' outcomes."""
        count = len(self.group.count)
        place = np.clip(np.arange(levels.start - REACH, levels.stop + REACH), 0, count - 1)
        inside = np.arange(levels.start - 1, levels.stop)
        pair = np.where(inside >= 0, self.pair[:, inside], 0.0)
        both = self.group.count[place[1:-REACH]] + self.group.count[place[REACH:-1]]
        return Around(
            sums=sums[place].astype(real),
            alone=(self.alone[:, levels] / self.group.count[levels]).astype(real),
            pair=(pair / both).astype(real),
            own=(self.alone[:, levels] + pair[:, 1:] + pair[:, :-1]).astype(real),
            below=self.below[levels],
            above=self.above[levels],
            others=self.others[levels],
        )


@dataclass(frozen=True)
class Around:
    """Some levels in a row. sums: theirs and REACH levels to either side, (… × outcomes).

    alone: per person of the level; pair: per person of the pair that begins one level earlier, so
    one longer than the levels; own: how a person's own outcome weighs in its windows.
    """

    sums: NDArray[np.floating]
    alone: NDArray[np.floating]
    pair: NDArray[np.floating]
    own: NDArray[np.floating]
    below: Small
    above: Small
    others: Floats

    def window_means(self, kind: int) -> NDArray[np.floating]:
        """Σ over a person's windows of weight × mean outcome: (levels × outcomes)."""
        here = self.sums[REACH:-REACH]
        pairs = self.sums[1:-REACH] + self.sums[REACH:-1]
        pairs *= self.pair[kind][:, None]
        total = pairs[:-1] + pairs[1:]
        if self.alone[kind].any():
            total += here * self.alone[kind][:, None]
        return total

    def nearest_sums(self) -> NDArray[np.floating]:
        """Outcomes summed over the nearest three (itself among them): (levels × outcomes)."""
        running = np.zeros((len(self.sums) + 1, self.sums.shape[1]), dtype=self.sums.dtype)
        np.cumsum(self.sums, axis=0, out=running[1:])
        at = np.arange(REACH, len(self.sums) - REACH)
        total: NDArray[np.floating] = running[at + self.above + 1] - running[at - self.below]
        return total


def stencil(group: Levels, weights: list[Floats], other: list[tuple[Floats, Floats]]) -> Stencil:
    """Windows of the two nearest, with weights by kind.

    Args:
        weights: per kind, the summed weight of the group's own people in each level.
        other: per kind, scores and weights of the people of the other group.
    """
    below, above, _ = group.own_window(NEIGHBOURS)
    alone, pair = np.zeros((2, len(weights), len(group.count)))
    low = np.arange(len(group.count)) - below
    single = (below == 0) & (above == 0)
    first, last = group.window(other[0][0], NEIGHBOURS)
    same = first == last
    for kind, (own, (_, weight)) in enumerate(zip(weights, other, strict=True)):
        alone[kind] = np.where(single, own, 0.0)
        alone[kind] += np.bincount(first[same], weight[same], minlength=len(low))
        pair[kind] = np.bincount(low[~single], own[~single], minlength=len(low))
        pair[kind] += np.bincount(first[~same], weight[~same], minlength=len(low))
    size = group.count.astype(np.float64)
    alone /= np.where(size > 1, size - 1.0, np.inf)
    pair /= size + np.append(size[1:], 1.0) - 1.0
    below, above, held = group.own_window(NEIGHBOURS + 1)
    return Stencil(group, alone, pair, below, above, (held - 1).astype(np.float64))
