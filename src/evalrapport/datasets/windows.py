"""Counts in a window of weeks or months that ends at a point of each person's own.

A matrix has one row per person and one column per week or month, in time order without gaps.
`end` is the column of the week (month) that follows the window: the start week itself is not
counted (SFI 15:10, tables 3.8 and 3.9, note 1: the 260 weeks, the 48 months *before* the start).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from evalrapport.dates import Month, Week, week_monday

Array = npt.NDArray[Any]


def week_index(days: Array, first: Week) -> Array:
    """Each day's ISO week, counted from the week `first` (which is 0); days are datetime64."""
    monday = np.datetime64(week_monday(*first), "D")
    return (days.astype("datetime64[D]") - monday).astype(np.int64) // 7


def month_index(days: Array, first: Month) -> Array:
    """Each day's calendar month, counted from the month `first` (which is 0)."""
    since_1970 = days.astype("datetime64[M]").astype(np.int64)
    return since_1970 - ((first[0] - 1970) * 12 + first[1] - 1)


def counts_before(flags: Array, end: Array | int, width: int) -> Array:
    """How many of the `width` columns before `end` are true, per person.

    Args:
        flags: bool, (persons, periods).
        end: int, (persons,) or one for all; the first column after the window.
        width: length of the window in periods.

    Returns:
        int32, (persons,).

    Raises:
        ValueError: a window reaches outside the matrix.
    """
    check_inside(flags, end, width)
    if isinstance(end, int):
        counted = np.count_nonzero(flags[:, end - width : end], axis=1)
        return counted.astype(np.int32)
    running = np.zeros((len(flags), flags.shape[1] + 1), dtype=np.int32)
    np.cumsum(flags, axis=1, dtype=np.int32, out=running[:, 1:])
    rows = np.arange(len(flags))
    return running[rows, end] - running[rows, end - width]


def values_before(matrix: Array, end: Array, width: int) -> Array:
    """The values in the `width` columns before `end`, latest first: (persons, width).

    Column k - 1 holds the value k periods before `end`. Raises ValueError as `counts_before`.
    """
    check_inside(matrix, end, width)
    columns = np.asarray(end)[:, None] - np.arange(1, width + 1)[None, :]
    return np.take_along_axis(matrix, columns, axis=1)


def check_inside(matrix: Array, end: Array | int, width: int) -> None:
    """Raise ValueError unless every window lies inside the matrix."""
    ends = np.atleast_1d(np.asarray(end))
    if ends.size and (ends.min() < width or ends.max() > matrix.shape[1]):
        raise ValueError(f"a window of {width} reaches outside the {matrix.shape[1]} columns")
