"""Durations in whole months, by the rule of STAR's note (figure 3)."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
HALF = 15  # days


def months_after(days: Array, months: Array) -> Array:
    """The same day of the month some months on, or that month's last day where there is none."""
    month = days.astype("datetime64[M]")
    of_month = (days - month.astype("datetime64[D]")).astype(np.int64)
    target = month + months
    length = (target + 1).astype("datetime64[D]") - target.astype("datetime64[D]")
    last = length.astype(np.int64) - 1
    return target.astype("datetime64[D]") + np.minimum(of_month, last)


def whole_months(start: Array, end: Array) -> Array:
    """Duration in whole months from the first to the last day, both included.

    Days beyond whole months are rounded down if there are under 15, up if there are more.
    # ASSUME: exactly 15 is rounded down; the note leaves it out. And both days count, so that 1
    # January to 31 March is three months.

    Args:
        start, end: datetime64[D], start <= end.

    Returns:
        int16.
    """
    after = end + np.timedelta64(1, "D")
    months = (after.astype("datetime64[M]") - start.astype("datetime64[M]")).astype(np.int64)
    months -= (months_after(start, months) > after).astype(np.int64)
    rest = (after - months_after(start, months)).astype(np.int64)
    return (months + (rest > HALF)).astype(np.int16)
