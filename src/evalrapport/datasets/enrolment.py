"""Who is enrolled in an education, month by month from the start: KOTO or KOTRE.

SFI 15:10, chapter 5: enrolment is followed for 14 months, to September 2013 (figure 5.3).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from evalrapport.datasets.register_rows import rows_of

Array = npt.NDArray[Any]
# ASSUME: school years 0 to 11 (UDEL 20-31) are no education that one enrols in.
SCHOOL_PARTS = range(20, 32)
GOES_ON = 99_999  # the end of a spell without one, in days since 1970


def spells(path: Path, persons: Array) -> tuple[Array, Array, Array]:
    """(place in persons, first day, last day) of every enrolment but in school years; days since
    1970, and 99,999 for one that goes on."""
    parts = []
    for place, rows in rows_of(path, persons, ["part", "start_date", "end_date"]):
        start = rows["start_date"].cast(pa.int32()).to_numpy()
        end = pc.fill_null(rows["end_date"].cast(pa.int32()), GOES_ON).to_numpy()
        kept = ~np.isin(rows["part"].to_numpy(), list(SCHOOL_PARTS))
        parts.append((place[kept], start[kept], end[kept]))
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        return none, none, none
    places, starts, ends = (np.concatenate(column) for column in zip(*parts, strict=True))
    return places, starts, ends


def enrolled_months(path: Path, persons: Array, starts: Array, last: int | None) -> Array:
    """Whether each person is enrolled in months 0 to `last` from the own start.

    # ASSUME: a day of the month is enough; the report doesn't say.

    Args:
        persons: ascending ids. starts: datetime64[D], (persons,).

    Returns:
        bool, (last + 1, persons).
    """
    months = 0 if last is None else last + 1
    place, start, end = spells(path, persons)
    zero = starts.astype("datetime64[M]").astype(np.int64)[place]
    first = month_of(start) - zero
    final = month_of(end) - zero
    inside = (first < months) & (final >= 0)
    place, first, final = place[inside], first[inside].clip(min=0), final[inside]
    change = np.zeros((months + 1, len(persons)), dtype=np.int16)
    np.add.at(change, (first, place), 1)
    np.add.at(change, (np.minimum(final + 1, months), place), -1)
    return np.cumsum(change[:months], axis=0) > 0


def month_of(day: Array) -> Array:
    """Calendar months since January 1970 of days since 1970-01-01."""
    return day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
