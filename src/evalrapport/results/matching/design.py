"""The covariate matrix, read in blocks in double precision on a common scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evalrapport.stripes import in_order, one_thread, spans

__all__ = ["Design", "Floats", "Indices", "moments", "standardised"]

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
BARELY = 1e-6
MOMENT_ROWS = 4096


@dataclass(frozen=True)
class Design:
    """Covariates as (columns × people), with centre and scale per column; no intercept stored.

    The matrix keeps the type it came with (32 bits at national scale) and is turned into doubles
    one block at a time. Columns lie first because that is how columnar files hand them over.
    """

    matrix: NDArray[np.generic]
    centre: Floats
    scale: Floats

    @property
    def people(self) -> int:
        """The number of rows of the regression."""
        return int(self.matrix.shape[1])

    @property
    def terms(self) -> int:
        """The number of coefficients, the intercept included."""
        return int(self.matrix.shape[0]) + 1

    def centred(self, rows: slice | Indices, out: Floats | None = None) -> Floats:
        """Covariates less their centre (terms × rows), not yet scaled, after a row of ones.

        Args:
            out: where to put them, (terms × at least as many rows); made if none is given.
        """
        part = self.matrix[:, rows] if isinstance(rows, slice) else self.matrix.take(rows, axis=1)
        block = np.empty((self.terms, part.shape[1])) if out is None else out[:, : part.shape[1]]
        block[0] = 1.0
        block[1:] = part
        block[1:] -= self.centre[:, None]
        return block

    def block(self, rows: slice | Indices) -> Floats:
        """Standardised covariates (terms × rows) with a first row of ones."""
        out = self.centred(rows)
        out[1:] /= self.scale[:, None]
        return out

    @property
    def stretch(self) -> Floats:
        """Divide centred terms by this to have standardised ones: (terms,)."""
        return np.concatenate([[1.0], self.scale])

    def line(self, scaled: Floats, kind: type[np.floating] = np.float64) -> tuple[Floats, Any]:
        """Slopes and constant of the index in covariates as they come, from scaled coefficients.

        The constant fits the slopes as rounded to `kind`.
        """
        slopes = (scaled[1:] / self.scale).astype(kind)
        return slopes, kind(scaled[0] - float(slopes.astype(np.float64) @ self.centre))

    def to_raw(self) -> Floats:
        """The matrix that turns coefficients on the common scale into raw ones."""
        turn = np.diag(np.concatenate([[1.0], 1.0 / self.scale]))
        turn[0, 1:] = -self.centre / self.scale
        return turn

    def some(self, rows: Indices) -> Design:
        """The same columns and scale for some of the people."""
        return Design(self.matrix.take(rows, axis=1), self.centre, self.scale)


@one_thread
def moments(matrix: NDArray[np.generic]) -> tuple[Floats, Floats]:
    """Mean and sum of squares about it of each row of `matrix` (columns × people), in one pass.

    Rows that hardly vary beside their size are looked at again, about their first value, so that a
    constant comes out as one.
    """
    columns, people = matrix.shape

    def sums(stripe: slice) -> Floats:
        room, total = np.empty((columns, MOMENT_ROWS)), np.zeros((2, columns))
        for span in spans(stripe.start, stripe.stop, MOMENT_ROWS):
            block = room[:, : span.stop - span.start]
            block[:] = matrix[:, span]
            total[0] += block @ np.ones(block.shape[1])
            total[1] += np.einsum("ij,ij->i", block, block)
        return total

    first, second = np.sum(list(in_order(sums, people)), axis=0)
    centre = first / people
    squares = second - first * centre
    for row in np.flatnonzero(squares <= BARELY * second):
        beside = matrix[row].astype(np.float64) - float(matrix[row, 0])
        centre[row] = float(matrix[row, 0]) + beside.mean()
        squares[row] = np.square(beside - beside.mean()).sum() if beside.any() else 0.0
    return centre, squares


def standardised(matrix: NDArray[np.generic]) -> Design:
    """A design whose columns have mean zero and standard deviation one (one pass, in blocks).

    A constant column gets scale one; whoever fits must drop it first (see `columns`).
    """
    centre, squares = moments(matrix)
    scale = np.sqrt(squares / matrix.shape[1])
    return Design(matrix, centre, np.where(scale > 0, scale, 1.0))
