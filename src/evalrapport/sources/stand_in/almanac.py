"""Year, month and birthday of days, looked up: numpy's own calendar takes many times as long.

Days are counted from 1970-01-01.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.int64]
Days = npt.NDArray[Any] | int
Table = npt.NDArray[np.int32]
_DATES = np.arange(np.datetime64("1870-01-01"), np.datetime64("2050-01-01"))
FIRST = int(_DATES[0].astype(np.int64))
_YEARS, _MONTHS = _DATES.astype("datetime64[Y]"), _DATES.astype("datetime64[M]")
YEAR: Table = (_YEARS.astype(np.int64) + 1970).astype(np.int32)
MONTH: Table = _MONTHS.astype(np.int32)  # counted from January 1970
IN_YEAR: Table = (_DATES - _YEARS).astype(np.int32)  # days since 1 January
# Year, month and day as one number, 20130228: 10,000 apart a year apart.
BIRTHDAY: Table = (
    YEAR * 10_000 + (MONTH % 12 + 1) * 100 + (_DATES - _MONTHS).astype(np.int32) + 1
).astype(np.int32)


def of(table: Table, day: Days) -> npt.NDArray[np.int32]:
    """What a table says of days.

    Raises:
        IndexError: a day before 1870 or after 2049.
    """
    place = np.asarray(day) - FIRST
    if place.size and place.min() < 0:
        raise IndexError("A day before 1870.")
    return table.take(place)


def year(day: Days) -> Array:
    """The calendar year of each day."""
    return of(YEAR, day).astype(np.int64)


def month(day: Days) -> Array:
    """The calendar month of each day, counted from January 1970."""
    return of(MONTH, day).astype(np.int64)


def whole_years(birth: Days, day: Days) -> Array:
    """Full years on a day, exactly; who is born on 29 February is a year older on 1 March."""
    return ((of(BIRTHDAY, day) - of(BIRTHDAY, birth)) // 10_000).astype(np.int64)
