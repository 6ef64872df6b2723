"""The covariate matrix, read in blocks in double precision on a common scale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

BLOCK_ROWS = 4096

# One BLAS thread: sums come out the same whatever the number of cores, and blocks of this size gain
# nothing from more (on a shared machine the threads wait for each other many times the work).
one_thread = threadpool_limits.wrap(limits=1, user_api="blas")


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

    def block(self, rows: slice | Indices) -> Floats:
        """Standardised covariates (terms × rows) with a first row of ones."""
        part = self.matrix[:, rows]
        out = np.empty((self.terms, part.shape[1]))
        out[0] = 1.0
        np.subtract(part, self.centre[:, None], out=out[1:])
        out[1:] /= self.scale[:, None]
        return out

    def spans(self, size: int = BLOCK_ROWS) -> Iterator[slice]:
        """Slices that cover all people, in order."""
        return (slice(a, min(a + size, self.people)) for a in range(0, self.people, size))

    def to_raw(self) -> Floats:
        """The matrix that turns coefficients on the common scale into raw ones."""
        turn = np.diag(np.concatenate([[1.0], 1.0 / self.scale]))
        turn[0, 1:] = -self.centre / self.scale
        return turn


def standardised(matrix: NDArray[np.generic]) -> Design:
    """A design whose columns have mean zero and standard deviation one (two passes, in blocks).

    A constant column gets scale one; whoever fits must drop it first (see `columns`).
    """
    columns, people = matrix.shape
    centre, scale = np.zeros(columns), np.zeros(columns)
    for j in range(columns):
        column = matrix[j].astype(np.float64)
        centre[j] = column.sum() / people
        scale[j] = np.sqrt(np.square(column - centre[j]).sum() / people)
    return Design(matrix, centre, np.where(scale > 0, scale, 1.0))
