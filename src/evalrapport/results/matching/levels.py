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
from evalrapport.results.matching.windows import nearest_run, nearest_start
from evalrapport.stripes import everywhere

Small = NDArray[np.int8]
Short = NDArray[np.int32]
SUM_ROWS = 16_384


@dataclass(frozen=True)
class Levels:
    """Distinct scores of a group, ascending.

    score: per level. position: the group's people among everybody, in score order; start: where
    each level begins there, (levels + 1,). Numbers are short: there are millions of them.
    """

    score: Floats
    position: Short
    start: Short

    def __len__(self) -> int:
        return len(self.start) - 1

    @property
    def tied(self) -> bool:
        """Whether some people have the same score."""
        return len(self) < len(self.position)

    def count(self, part: slice) -> Indices:
        """How many people the levels of a slice have."""
        return np.diff(self.start[part.start : part.stop + 1]).astype(np.int64)

    def window(self, targets: Floats, size: int) -> tuple[Indices, Indices]:
        """First and last level of the `size` nearest people to scores that are none of theirs."""
        ordered = self.each_score()
        start = nearest_start(ordered, targets, size)
        last = start + min(size, len(ordered)) - 1
        if not self.tied:
            return start, last
        level = np.repeat(np.arange(len(self)), self.count(slice(0, len(self))))
        return level[start], level[last]

    def run(self, targets: Floats, size: int) -> tuple[Indices, Indices]:
        """The `size` nearest people and all that tie with them, as slices of `position`."""
        return nearest_run(self.each_score(), targets, size)

    def each_score(self) -> Floats:
        """The score of each of the group's people, ascending."""
        if not self.tied:
            return self.score
        return np.repeat(self.score, self.count(slice(0, len(self))))

    def place(self, out: Short, begin: int) -> None:
        """Write each person's level, counted from `begin`, where the person is among everybody."""
        places = np.arange(begin, begin + len(self), dtype=np.int32)
        out[self.position] = np.repeat(places, np.diff(self.start)) if self.tied else places

    def sums(self, outcome: NDArray[np.generic], out: NDArray[np.generic]) -> None:
        """Outcomes of everybody (people × outcomes) summed over each level's people, into `out`."""

        def part(stripe: slice) -> None:
            people = self.position[self.start[stripe.start] : self.start[stripe.stop]]
            edges = self.start[stripe] - self.start[stripe.start]
            if len(people) == len(edges):
                out[stripe] = outcome.take(people, axis=0, mode="clip")
            else:
                out[stripe] = np.add.reduceat(
                    outcome.take(people, axis=0), edges, axis=0, dtype=out.dtype
                )

        everywhere(part, len(self), SUM_ROWS)


def levels(member: Indices, score: Floats) -> Levels:
    """The levels of the group `member` (positions among everybody); `score` is everybody's."""
    short = member.astype(np.int32)
    del member  # eight bytes a person
    own = score.take(short)
    order = np.argsort(own)
    own, position = own.take(order), short.take(order)
    del order
    again = own[1:] == own[:-1]
    if not again.any():
        return Levels(own, position, np.arange(len(own) + 1, dtype=np.int32))
    start = np.flatnonzero(np.concatenate([[True], ~again]))
    return Levels(own[start], position, np.append(start, len(own)).astype(np.int32))


def groups(treated: NDArray[np.bool_], score: Floats) -> tuple[Levels, Levels]:
    """The levels of the treated, and those of the others."""
    return levels(np.flatnonzero(treated), score), levels(np.flatnonzero(~treated), score)


def own_windows(score: Floats, count: Indices, most: int) -> list[tuple[Small, Small]]:
    """Per level: levels below and above in its people's nearest, for two nearest, … `most`.

    A person is the nearest to itself; of two equally near levels the lower is taken first.
    """
    below, above = np.zeros((2, len(count)), dtype=np.int8)
    held = count.copy()
    padded = np.pad(score, 1, constant_values=(-np.inf, np.inf))
    found = []
    for size in range(2, most + 1):
        short = np.flatnonzero(held < size)
        lower, upper = short - below[short] - 1, short + above[short] + 1
        to_lower = score[short] - padded[np.maximum(lower, -1) + 1]
        to_upper = padded[np.minimum(upper, len(held)) + 1] - score[short]
        up = to_upper < to_lower
        there = np.isfinite(np.minimum(to_upper, to_lower))
        above[short] += up & there
        below[short] += ~up & there
        following = np.clip(np.where(up, upper, lower), 0, len(held) - 1)
        held[short] += count[following] * there
        found.append((below.copy(), above.copy()))
    return found
