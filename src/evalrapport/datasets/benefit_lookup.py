"""What DREAM says of chosen people in chosen weeks: benefit group, and where it was received."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.parquet as pq

from evalrapport.datasets.benefit_grouping import Grouping
from evalrapport.datasets.dream_columns import rows_of
from evalrapport.datasets.windows import week_index
from evalrapport.dates import week_column, week_of, weeks_between

Array = npt.NDArray[Any]


def at_start(
    persons: Array, starts: Array, dream: Path, grouping: Grouping
) -> tuple[pd.Categorical, Array]:
    """Benefit group in the ISO week of each start, and the municipality of that year.

    # ASSUME: DREAM's yearly municipality (NYKOM) is the one that pays the benefit; the payments'
    # own municipality (KMD, STAR's benefit register) is not in DREAM. Nobody in DREAM: 0, and the
    # group of all other benefits.

    Args:
        persons: ids, in any order, with repeats.
        starts: datetime64[D].
    """
    first, last = week_of(starts.min().item()), week_of(starts.max().item())
    weeks = [week_column(*week) for week in weeks_between(first, last)]
    codes = picked(persons, week_index(starts, first), dream, weeks)
    years = starts.astype("datetime64[Y]").astype(np.int64) + 1970
    names = [f"nykom{year}" for year in range(years.min(), years.max() + 1)]
    places = picked(persons, years - years.min(), dream, names)
    return grouping.names(codes), places.astype(np.int16)


def picked(persons: Array, place: Array, dream: Path, columns: Sequence[str]) -> Array:
    """One column's value per row: the column at `place` of the row's person."""
    ids, row = np.unique(persons, return_inverse=True)
    _, matrix = rows_of(dream, ids, columns)
    found: Array = matrix[row, place]
    return found


def last_day(dream: Path) -> np.datetime64:
    """The last day of the delivery's last week: the end of what is known."""
    weeks = [name for name in pq.read_schema(dream).names if name.startswith("y_")]
    year, week = 2000 + int(weeks[-1][2:4]), int(weeks[-1][4:])
    monday = np.datetime64(f"{year}-01-04") + np.timedelta64(7 * (week - 1), "D")
    day_of_week = (monday.astype("datetime64[D]").astype(np.int64) + 3) % 7
    return monday - np.timedelta64(int(day_of_week), "D") + np.timedelta64(6, "D")
