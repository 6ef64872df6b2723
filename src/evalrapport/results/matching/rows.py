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
# Weights of a row of Z_d (own outcome, levels two below to two above) and of Z_c − Z_d (own
# outcome, levels one below to one above).
NEAR, BESIDE = 1 + SPAN, 1 + SPAN - 2


@dataclass(frozen=True)
class Rows:
    """All that a row of [Z_d, Z_c − Z_d] is made of, for any stretch of people.

    The levels of the treated come first, then those of the pool, with REACH empty ones to either
    side of each group; `level` is the place of a person's.

    sums: outcomes by level. windows: weights for d and for c − d, signed. count: people by level,
    left out where nobody is tied. edges: where, among the levels, another row of `across` (outcomes
    of the other group and the effect) begins.
    """

    outcome: NDArray[np.generic]
    treated: NDArray[np.bool_]
    score: Floats
    level: NDArray[np.int32]
    sums: NDArray[np.generic]
    windows: Stencil
    count: NDArray[np.int32] | None
    edges: NDArray[np.int32]
    across: NDArray[np.floating]

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

    def maker(self, people: int) -> Maker:
        """Room and pattern for some number of people."""
        own = np.arange(people)[:, None]
        first = people + own * SPAN
        columns = np.hstack([own, first + np.arange(SPAN), own, first + np.arange(1, SPAN - 1)])
        starts = own * (NEAR + BESIDE) + [0, NEAR]
        pattern = scipy.sparse.csr_array(
            (np.zeros(columns.size, self.real), columns.ravel(), [*starts.ravel(), columns.size]),
            shape=(2 * people, people * (1 + SPAN)),
        )
        room = np.empty((pattern.shape[1], self.outcome.shape[1]), dtype=self.real)
        return Maker(self, self.around, pattern, room)

    def weights(self, span: slice) -> NDArray[np.floating]:
        """Weights of people's rows but for `across`: (people × (NEAR + BESIDE))."""
        level = self.level[span]
        nearest = NEAREST[self.windows.nearest[level]]
        if self.count is None:
            count, both = 1, (2, 2)
            others = nearest.sum(axis=1) - 1
        else:
            around = self.count[level[:, None] + np.arange(-REACH, REACH + 1)]
            others = (around * nearest).sum(axis=1) - 1
            before, count, after = around.T[REACH - 1 : REACH + 2]
            both = (before + count, count + after)
        flat = self.flat(span)
        share = flat / np.maximum(others, 1)
        share[others == 0] = 0.0
        out = np.empty((len(level), NEAR + BESIDE), dtype=self.real)
        out[:, 0] = np.where(others == 0, flat, -share)
        np.multiply(nearest, share[:, None], out=out[:, 1:NEAR])
        out[~self.treated[span], :NEAR] *= -1
        out[:, NEAR:] = 0.0
        pair, tied = self.windows.pair, self.windows.alone
        before, after = pair[:, level - 1], pair[:, level]
        middle = REACH + 1
        for at, own in ((0, 0), (1, NEAR)):
            centre = NEAR + REACH if at else middle
            out[:, own] += before[at] + after[at]
            low, high = before[at] / both[0], after[at] / both[1]
            out[:, centre - 1] -= low
            out[:, centre + 1] -= high
            out[:, centre] -= low + high
            if tied is not None:
                alone = tied[at, level]
                out[:, own] += alone
                out[:, centre] -= alone / count
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
        """(people × 2 outcomes), from what `weights` says of these people."""
        told, count = self.rows, span.stop - span.start
        level, width = told.level[span], told.outcome.shape[1]
        self.room[:count] = told.outcome[span]
        near = self.around[level - REACH].view(told.sums.dtype).reshape(count, SPAN, -1)
        self.room[count:].reshape(count, SPAN, width)[:] = near[:, :, :width]
        self.pattern.data = weights.ravel()
        z: NDArray[np.floating] = (self.pattern @ self.room).reshape(count, 2 * width)
        across = told.across.take(np.searchsorted(told.edges, level, side="right") - 1, axis=0)
        across *= told.flat(span)[:, None]
        z[:, :width] += across
        return z
