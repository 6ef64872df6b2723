"""Months with wage income in the four years before the start (SFI 15:10, table 3.9, note 1).

A month counts when DREAM has an industry for it: wage income, be it a few hours or subsidised.
Only people in DREAM have a row, as in table 3.9, whose bases are a little lower than table 3.1's.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalrapport.contracts.datasets.employment_months import EMPLOYMENT_MONTHS
from evalrapport.datasets.dream_columns import chunks
from evalrapport.datasets.files import write
from evalrapport.datasets.people import days_of
from evalrapport.datasets.windows import counts_before, month_index
from evalrapport.dates import Month, add_months, month_column, months_between
from evalrapport.step import Job

Array = npt.NDArray[Any]
MONTHS = 48
STEM = "branche"


def month_of(day: date) -> Month:
    """The (year, month) of a day."""
    return day.year, day.month


def months_employed(days: Array, persons: Array, dream: Path, before: str) -> pd.DataFrame:
    """Months with wage income among the 48 before the month of each person's day.

    Args:
        days: datetime64[D], (persons,), at least one.
        persons: person ids in any order; may be millions, DREAM is read in chunks.
        before: what the days are, `start` or `reference_day`.

    Returns:
        the dataset employment_months, ascending by person_id; only people in DREAM.
    """
    order = np.argsort(persons, kind="stable")
    days, persons = days[order], persons[order]
    first = add_months(month_of(days.min().item()), -MONTHS)
    months = months_between(first, month_of(days.max().item()))
    columns = [month_column(STEM, *month) for month in months]
    found = []
    for positions, industries in chunks(dream, columns, persons):
        employed, end = industries > 0, month_index(days[positions], first)
        found.append(
            pd.DataFrame(
                {
                    "person_id": persons[positions],
                    "before": before,
                    "months_employed_48": counts_before(employed, end, MONTHS),
                    "employed_in_month": employed[np.arange(len(end)), end],
                }
            )
        )
    return pd.concat(found, ignore_index=True)


def step(job: Job) -> None:
    """DREAM, recipients and comparison groups → months employed."""
    dream = job.input["dream"]
    people = pd.read_parquet(job.input["recipients"], columns=["person_id", "start_date"])
    starts = days_of(people["start_date"])
    own = months_employed(starts, people["person_id"].to_numpy(), dream, "start")
    others = pd.read_parquet(job.input["comparison_groups"], columns=["person_id"])["person_id"]
    day = np.full(len(others), np.datetime64(job.settings["reference_day"], "D"))
    common = months_employed(day, others.to_numpy(), dream, "reference_day")
    write(pd.concat([own, common]), EMPLOYMENT_MONTHS, job.output["employment_months"])
