"""Employment, with and without benefit, SU and enrolment in the months after the (pseudo) start.

SFI 15:10, chapter 5: month 0 is that of the start. What happens in each month of the calendar comes
ready made (`effect_months`).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from evalrapport.contracts.datasets.effect_months import calendar_column, calendar_months
from evalrapport.contracts.datasets.effect_outcomes import (
    ENROLLED,
    effect_outcomes,
    last_month,
    outcome_column,
)
from evalrapport.datasets.files import write
from evalrapport.datasets.people import days_of
from evalrapport.datasets.windows import month_index
from evalrapport.step import Job

Array = npt.NDArray[Any]


def from_start(by_month: Array, start: Array, follow_up: int) -> Array:
    """Calendar months turned into months since each person's own.

    Args:
        by_month: (calendar months, people). start: place of each person's month 0.

    Returns:
        (follow_up + 1, people).
    """
    out = np.empty((follow_up + 1, by_month.shape[1]), dtype=by_month.dtype)
    for first in np.unique(start):
        rows = start == first
        out[:, rows] = by_month[first : first + follow_up + 1, rows]
    return out


def follow(job: Job) -> dict[str, Array]:
    """Outcomes of everyone in the effect population by month from the own start, and person_id."""
    people = pd.read_parquet(job.input["effect_population"], columns=["person_id", "start_date"])
    persons, days = people["person_id"].to_numpy(), days_of(people["start_date"])
    told = pq.read_table(job.input["effect_months"])
    rows = pa.array(np.searchsorted(told["person_id"].to_numpy(), persons))
    columns: dict[str, Array] = {}
    for outcome, months in calendar_months(told.column_names[1:]).items():
        by_month = np.stack(
            [told[calendar_column(outcome, month)].take(rows).to_numpy() for month in months]
        )
        start = month_index(days, months[0])
        followed = from_start(by_month, start, last_month(job.settings["effect"], outcome))
        columns |= {outcome_column(outcome, at): row for at, row in enumerate(followed)}
    return {"person_id": persons, **columns}


def step(job: Job) -> None:
    """Effect population and what people do by month → one row per person, each outcome by month."""
    columns, effect = follow(job), job.settings["effect"]
    enrolled = last_month(effect, ENROLLED) if outcome_column(ENROLLED, 0) in columns else None
    shape = effect_outcomes(int(effect["follow_up_months"]), enrolled)
    write(columns, shape, job.output["effect_outcomes"])
