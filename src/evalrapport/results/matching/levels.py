"""One group of people by distinct score: who is near whom, without a search for each person.

A person's nearest others on the score are those of the same score and of the levels beside it. So
everything that asks for neighbours can be said per level, and with two neighbours no answer reaches
further than two levels to either side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evalrapport.results.matching.design import Floats, Indices
from evalrapport.results.matching.windows import nearest_run

Small = NDArray[np.int8]


@dataclass(frozen=True)
class Levels:
    """Distinct scores of a group, ascending.

    score, count: per level. position: the group's people among everybody, in score order; start:
    where each level begins there, (levels + 1,).
    """

    score: Floats
    count: Indices
    position: Indices
    start: Indices

    def window(self, targets: Floats, size: int) -> tuple[Indices, Indices]:
        """First and last level of the `size` nearest people to scores that are none of theirs."""
        start, stop = nearest_run(np.repeat(self.score, self.count), targets, size)
        first = np.searchsorted(self.start, start, side="right") - 1
        return first, np.searchsorted(self.start, stop - 1, side="right") - 1

    def own_window(self, size: int) -> tuple[Small, Small, Indices]:
        """Per level: levels below and above in its people's `size` nearest, and how many people.

        A person is the nearest to itself; of two equally near levels the lower is taken first.
        """
        below = np.zeros(len(self.count), dtype=np.int8)
        above, held = below.copy(), self.count.copy()
        score = np.pad(self.score, 1, constant_values=(-np.inf, np.inf))
        for _ in range(size - 1):
            short = np.flatnonzero(held < size)
            lower, upper = short - below[short] - 1, short + above[short] + 1
            to_lower = self.score[short] - score[np.maximum(lower, -1) + 1]
            to_upper = score[np.minimum(upper, len(held)) + 1] - self.score[short]
            up = to_upper < to_lower
            there = np.isfinite(np.minimum(to_upper, to_lower))
            above[short[up & there]] += 1
            below[short[~up & there]] += 1
            held[short[there]] += self.count[np.where(up, upper, lower)[there]]
        return below, above, held

    def sums(self, outcome: NDArray[np.generic], kind: np.dtype[np.generic]) -> NDArray[np.generic]:
        """Outcomes of everybody (people × outcomes) summed over each level's people."""
        rows = outcome[self.position]
        if len(self.count) == len(self.position):
            return rows
        return np.add.reduceat(rows.astype(kind), self.start[:-1], axis=0)


def levels(member: Indices, score: Floats) -> Levels:
    """The levels of the group `member` (positions among everybody); `score` is everybody's."""
    own = score[member]
    order = np.argsort(own)
    ordered = own[order]
    start = np.flatnonzero(np.diff(ordered, prepend=-np.inf))
    edges = np.append(start, len(order))
    return Levels(ordered[start], np.diff(edges), member[order], edges)
