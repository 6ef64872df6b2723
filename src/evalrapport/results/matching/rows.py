"""The rows of Z that the correction for the estimated score multiplies with the covariates.

A row is a few weights on the outcomes of a person and of the levels around it. They are put
together for some hundred people at a time, in any order of the people, from a few numbers a level.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

from evalrapport.results.matching.design import Floats
from evalrapport.results.matching.stencil import NEAREST, REACH, Stencil

SPAN = 2 * REACH + 1


@dataclass(frozen=True)
class Rows:
    """All that a row of [Z_d, Z_c − Z_d] is made of, for any stretch of people.

    The levels of the treated come first, then those of the pool, with REACH empty ones to either
    side of each group; `level` is the place of a person's.

    sums: outcomes by level, padded. windows: weights for d and for c − d, signed. count: people by
    level, left out where nobody is tied. across: outcomes of the other group and the effect,
    padded; beside: by level, its row.
    """

    outcome: NDArray[np.generic]
    treated: NDArray[np.bool_]
    score: Floats
    level: NDArray[np.int32]
    sums: NDArray[np.generic]
    windows: Stencil
    count: NDArray[np.int32] | None
    across: NDArray[np.floating]
    beside: NDArray[np.unsignedinteger]

    @property
    def around(self) -> NDArray[np.void]:
        """Per level the outcomes of it and the next levels, SPAN in all, as one item."""
        size = self.sums[0].nbytes
        item = np.dtype((np.void, SPAN * size))
        return np.ndarray((len(self.sums) - SPAN + 1,), item, self.sums, 0, (size,))

    @property
    def real(self) -> np.dtype[np.floating]:
        """The precision of the rows."""
        return self.across.dtype

    @property
    def tied(self) -> int:
        """One if some people have the same score, so that a level's outcomes are not a person's."""
        return int(self.count is not None)

    def maker(self, people: int) -> Maker:
        """Room and pattern for some number of people."""
        who = np.arange(people)[:, None]
        around = who * SPAN + np.arange(SPAN)
        across, own = people * SPAN + who, (people * (SPAN + 1) + who)[:, : self.tied]
        beside = around[:, REACH - 1 : REACH + 2]
        columns = np.hstack([around, across, own, beside, own])
        starts = who * columns.shape[1] + [0, SPAN + 1 + self.tied]
        blocks = SPAN + 1 + self.tied
        pattern = scipy.sparse.csr_array(
            (np.zeros(columns.size, self.real), columns.ravel(), [*starts.ravel(), columns.size]),
            shape=(2 * people, people * blocks),
        )
        room = np.zeros((people * blocks, self.sums.shape[1]), dtype=self.real)
        return Maker(self, self.around, pattern, room)

    def weights(self, span: slice) -> NDArray[np.floating]:
        """Weights of people's rows, a person's in a column.

        For Z_d: levels two below to two above, `across`, own outcome if some are tied; for
        Z_c − Z_d: levels one below to one above, own outcome if some are tied. Where nobody is
        tied, the own outcome is that of the level.
        """
        level, flat = self.level[span], self.flat(span)
        code = self.windows.nearest.take(level)
        out = np.zeros((SPAN + 1 + REACH + 1 + 2 * self.tied, len(level)), dtype=self.real)
        near, beside = out[:SPAN], out[SPAN + 1 + self.tied :]
        own_near, own_beside = near[REACH], beside[1]
        out[SPAN] = flat
        nearest = NEAREST.take(code, axis=1)
        others: NDArray[np.generic] = nearest.sum(axis=0, dtype=np.int8) - 1
        if self.count is not None:
            own_near, own_beside = out[SPAN + 1], out[-1]
            around = self.count.take(level + np.arange(-REACH, REACH + 1)[:, None])
            others = (around * nearest).sum(axis=0) - 1
        signed = np.where(self.treated[span], flat, -flat)
        share = signed / np.maximum(others, 1).astype(self.real)
        share[others == 0] = 0.0
        np.multiply(nearest, share, out=near)
        own_near += np.where(others == 0, signed, -share)
        before, after = (self.windows.pair.take(at, axis=1) for at in (level - 1, level))
        low, high = before / 2, after / 2
        if self.count is not None:
            low, high = before / (around[1] + around[2]), after / (around[2] + around[3])
        for at, own, middle in ((0, own_near, near[1:-1]), (1, own_beside, beside)):
            own += before[at] + after[at]
            middle[0] -= low[at]
            middle[2] -= high[at]
            middle[1] -= low[at] + high[at]
            if self.windows.alone is not None and self.count is not None:
                alone = self.windows.alone[at].take(level)
                own += alone
                middle[1] -= alone / around[REACH]
        return out

    def flat(self, span: slice) -> NDArray[np.floating]:
        """f = p(1 − p)."""
        score = self.score[span]
        return (score * (1.0 - score)).astype(self.real)


@dataclass(frozen=True)
class Maker:
    """Makes rows of Z for a fixed number of people: weights as a sparse matrix times outcomes."""

    rows: Rows
    around: NDArray[np.void]
    pattern: scipy.sparse.csr_array
    room: NDArray[np.floating]

    def make(self, span: slice, weights: NDArray[np.floating]) -> NDArray[np.floating]:
        """(people × 2 padded outcomes), from what `weights` says of these people."""
        told, count = self.rows, span.stop - span.start
        level = told.level[span]
        near, across, own = np.split(self.room, [count * SPAN, count * (SPAN + 1)])
        around = self.around[level - REACH].view(told.sums.dtype)
        near.reshape(count, -1)[:] = around.reshape(count, -1)
        told.across.take(told.beside.take(level), axis=0, out=across, mode="clip")
        if told.tied:
            own[:, : told.outcome.shape[1]] = told.outcome[span]
        self.pattern.data.reshape(count, -1)[:] = weights.T
        z: NDArray[np.floating] = (self.pattern @ self.room).reshape(count, -1)
        return z
