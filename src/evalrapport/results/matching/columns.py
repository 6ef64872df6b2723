"""Which columns of the covariates can stand in the propensity, and what became of the others.

A stated rule, so that a small population never fails on a column that hardly anybody has: a column
with too few people on either side of its range is merged with its neighbour, or dropped if it has
none; constant columns and those that the earlier columns already span are dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evalrapport.errors import PlainError
from evalrapport.results.matching.design import Floats, standardised
from evalrapport.stripes import BLOCK_ROWS, in_order, one_thread, spans

Matrix = NDArray[np.generic]
COLLINEAR = 1e-9


@dataclass(frozen=True)
class Plan:
    """Kept columns by name, each with the rare ones merged into it, and reasons for the dropped.

    A merged column is the larger of its parts, which for indicators is “any of them”.
    """

    kept: tuple[str, ...]
    merged: Mapping[str, tuple[str, ...]]
    dropped: Mapping[str, str]

    def without(self, name: str, reason: str) -> Plan:
        """The same plan less one kept column."""
        kept = tuple(other for other in self.kept if other != name)
        return Plan(kept, self.merged, {**self.dropped, name: reason})

    def apply(self, names: list[str], matrix: Matrix) -> Matrix:
        """The planned columns (kept × people) from all of them (columns × people)."""
        place = {name: at for at, name in enumerate(names)}
        out = np.empty((len(self.kept), matrix.shape[1]), dtype=matrix.dtype)
        for row, name in zip(out, self.kept, strict=True):
            row[:] = matrix[place[name]]
            for part in self.merged.get(name, ()):
                np.maximum(row, matrix[place[part]], out=row)
        return out


def too_rare(column: Matrix, treated: NDArray[np.bool_], least: int) -> bool:
    """Whether in either group fewer than `least` lie above the minimum, or below the maximum.

    For an indicator: too few with it, or too few without it.
    """
    low, high = column.min(), column.max()
    own = column[np.flatnonzero(treated)]
    for above, of_treated in (((column > low), (own > low)), ((column < high), (own < high))):
        count = int(np.count_nonzero(of_treated))
        if count < least or int(np.count_nonzero(above)) - count < least:
            return True
    return False


def plan(
    names: list[str],
    matrix: Matrix,
    treated: NDArray[np.bool_],
    merge_into: Mapping[str, str],
    least: int,
) -> Plan:
    """Which columns to use; the same for any order of the people.

    Args:
        names: of the rows of `matrix` (columns × people), in declared order.
        merge_into: where a rare column's people go.
        least: people needed on either side, in either group.

    Raises:
        PlainError: nothing is left to match on.
    """
    return independent(frequent(names, matrix, treated, merge_into, least), names, matrix)


def frequent(
    names: list[str],
    matrix: Matrix,
    treated: NDArray[np.bool_],
    merge_into: Mapping[str, str],
    least: int,
) -> Plan:
    """As `plan`, but columns that others span are still in it."""
    values = {name: matrix[at] for at, name in enumerate(names)}
    merged: dict[str, tuple[str, ...]] = {}
    dropped: dict[str, str] = {}
    for name in names:
        column = values[name]
        if column.min() == column.max():
            del values[name]
            dropped[name] = "constant"
    rare = {name for name in values if too_rare(values[name], treated, least)}
    while rare:
        name = next(name for name in names if name in rare)
        into = merge_into.get(name)
        column = values.pop(name)
        rare.remove(name)
        if into in values:
            values[into] = np.maximum(values[into], column)
            merged[into] = (*merged.get(into, ()), name, *merged.pop(name, ()))
            rare.discard(into)
            if too_rare(values[into], treated, least):
                rare.add(into)
        else:
            dropped.update(dict.fromkeys((name, *merged.pop(name, ())), "rare"))
    if not values:
        raise PlainError(
            "The effect analysis has no covariate that enough people differ on; there is nothing "
            "to match by. Use a larger population."
        )
    return Plan(tuple(name for name in names if name in values), merged, dropped)


def independent(found: Plan, names: list[str], matrix: Matrix) -> Plan:
    """A plan without the columns that the earlier ones already span."""
    for name in spanned(list(found.kept), found.apply(names, matrix)):
        found = found.without(name, "collinear")
    return found


def spanned(names: list[str], matrix: Matrix) -> list[str]:
    """Names of the columns that are linear combinations of those before them and a constant.

    By Cholesky's elimination of the correlations in the given order: what is left on the diagonal
    when a column's turn comes is the share of its variance that those before it don't explain.
    """
    left = correlations(matrix)
    out = []
    for at, name in enumerate(names):
        if left[at, at] < COLLINEAR:
            out.append(name)
            continue
        known = left[at + 1 :, at] / np.sqrt(left[at, at])
        left[at + 1 :, at + 1 :] -= np.outer(known, known)
    return out


@one_thread
def correlations(matrix: Matrix) -> Floats:
    """The correlation matrix of the rows of `matrix`, in blocks."""
    design = standardised(matrix)

    def part(stripe: slice) -> Floats:
        total = np.zeros((design.terms, design.terms))
        for span in spans(stripe.start, stripe.stop, BLOCK_ROWS):
            block = design.centred(span)
            total += block @ block.T
        return total

    total = np.sum(list(in_order(part, design.people)), axis=0)
    total /= np.outer(design.stretch, design.stretch)
    return total[1:, 1:] / design.people
