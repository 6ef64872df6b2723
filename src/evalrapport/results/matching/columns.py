"""Which columns of the covariates can stand in the propensity, and what became of the others.

A stated rule, so that a small population never fails on a column that hardly anybody has: a column
with too few people on either side of its range is merged with its neighbour, or dropped if it has
none; constant columns and those that the earlier columns already span are dropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evalrapport.errors import PlainError
from evalrapport.results.matching.design import Floats, standardised
from evalrapport.stripes import BLOCK_ROWS, everywhere, in_order, one_thread, spans

Column = NDArray[np.generic]
Matrix = NDArray[np.floating]
COLLINEAR = 1e-9
COLUMNS_AT_ONCE = 8


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

    def apply(self, names: list[str], columns: Sequence[Column]) -> Matrix:
        """The planned columns as (kept × people), in 32 bits unless one has more digits than that.

        Args:
            columns: all of them in the order of `names`, (people,) each.
        """
        place = {name: at for at, name in enumerate(names)}
        exact = any(column.dtype == np.float64 for column in columns)
        shape = (len(self.kept), len(columns[0]))
        out = np.empty(shape, dtype=np.float64 if exact else np.float32)

        def fill(stripe: slice) -> None:
            for row, name in zip(out[stripe], self.kept[stripe], strict=True):
                row[:] = columns[place[name]]
                for part in self.merged.get(name, ()):
                    np.maximum(row, columns[place[part]], out=row, casting="unsafe")

        everywhere(fill, len(out), COLUMNS_AT_ONCE)
        return out

    def less(self, dropped: Sequence[str], reason: str, matrix: Matrix) -> tuple[Plan, Matrix]:
        """The same plan and its `matrix` without some kept columns; in the memory of `matrix`."""
        found, left = self, 0
        for at, name in enumerate(self.kept):
            if name in dropped:
                found = found.without(name, reason)
                continue
            if left < at:
                matrix[left] = matrix[at]
            left += 1
        return found, matrix[:left]


def too_rare(column: Column, treated: NDArray[np.bool_], least: int) -> bool:
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
    columns: Sequence[Column],
    treated: NDArray[np.bool_],
    merge_into: Mapping[str, str],
    least: int,
) -> tuple[Plan, Matrix]:
    """Which columns to use, the same for any order of the people; and those, (kept × people).

    Args:
        columns: of all people, in declared order. names: theirs.
        merge_into: where a rare column's people go.
        least: people needed on either side, in either group.

    Raises:
        PlainError: nothing is left to match on.
    """
    return independent(frequent(names, columns, treated, merge_into, least), names, columns)


def frequent(
    names: list[str],
    columns: Sequence[Column],
    treated: NDArray[np.bool_],
    merge_into: Mapping[str, str],
    least: int,
) -> Plan:
    """The plan of `plan`, but columns that others span are still in it."""
    values = dict(zip(names, columns, strict=True))
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


def independent(found: Plan, names: list[str], columns: Sequence[Column]) -> tuple[Plan, Matrix]:
    """A plan without the columns that the earlier ones already span, and the others' matrix."""
    matrix = found.apply(names, columns)
    return found.less(spanned(list(found.kept), matrix), "collinear", matrix)


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
