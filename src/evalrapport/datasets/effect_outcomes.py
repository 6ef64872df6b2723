"""Employment, with and without benefit, SU and enrolment in the months after the (pseudo) start.

SFI 15:10, chapter 5: month 0 is that of the start; a month counts as employed whatever the hours
(text at figure B1.1). Employed = DREAM has an industry for the month, which it takes from the wage
reports of eIndkomst.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.parquet as pq

from evalrapport.contracts.datasets.effect_outcomes import (
    ENROLLED,
    OUTCOMES,
    effect_outcomes,
    outcome_column,
)
from evalrapport.datasets.benefits import Benefits, read_benefits
from evalrapport.datasets.dream_columns import chunks
from evalrapport.datasets.enrolment import enrolled_months
from evalrapport.datasets.files import write
from evalrapport.datasets.people import days_of
from evalrapport.datasets.windows import month_index
from evalrapport.dates import (
    Month,
    Week,
    add_months,
    column_week,
    month_column,
    months_between,
    week_column,
    week_monday,
    week_month,
    week_months,
    week_of,
    weeks_between,
)
from evalrapport.errors import PlainError
from evalrapport.step import Job

Array = npt.NDArray[Any]
SU = "su"


def weeks_of_month(weeks: list[Week], month: Month, rule: str) -> list[int]:
    """Places in `weeks` of the weeks that belong to a month.

    # ASSUME: the report does not say how weeks were laid to months. `thursday` (each week belongs
    # to one month, as in DREAMtoolsR) is the default; with `any_day` a benefit in a week that only
    # touches the month also counts, which lowers employment without benefit.
    """
    if rule not in ("thursday", "any_day"):
        raise PlainError(
            f"config.yaml: effect.week_to_month is “{rule}”; allowed: thursday, any_day."
        )
    if rule == "thursday":
        return [place for place, week in enumerate(weeks) if week_month(*week) == month]
    return [place for place, week in enumerate(weeks) if month in week_months(*week)]


def flagged_months(flags: Array, weeks: list[Week], months: list[Month], rule: str) -> Array:
    """Whether any week of each month is flagged: (people, weeks) → bool (months, people)."""
    out = np.zeros((len(months), len(flags)), dtype=bool)
    for place, month in enumerate(months):
        for week in weeks_of_month(weeks, month, rule):
            out[place] |= flags[:, week]
    return out


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


def outcomes(
    codes: Array,
    industries: Array,
    start: Array,
    weeks: list[Week],
    months: list[Month],
    benefits: Benefits,
    follow_up: int,
    rule: str,
) -> dict[str, Array]:
    """Each outcome as bool (follow_up + 1, people).

    Args:
        codes: DREAM codes (people, weeks). industries: (people, months), 0 is no wage.
        start: each person's month 0 as a place in `months`.

    # ASSUME: SU is no "offentlig ydelse" here, as the report leaves it out of "offentligt
    # forsørgede". People who have died or left the country count as not employed.
    """
    supported = flagged_months(benefits.supported[codes], weeks, months, rule)
    grants = flagged_months(benefits.group[codes] == benefits.groups.index(SU), weeks, months, rule)
    employed = industries.T != 0
    by_month = {
        "employed_without_benefit": employed & ~supported,
        "employed": employed,
        "su": grants,
    }
    return {name: from_start(by_month[name], start, follow_up) for name in OUTCOMES}


def calendar(
    first_day: date, last_day: date, follow_up: int, last_week: Week
) -> tuple[list[Month], list[Week]]:
    """The months that anybody's follow-up touches, and the weeks of these up to the last known.

    # ASSUME: the delivery ends with week 17 of 2014 (27 April); the days after it count as that
    # week, so April 2014 is followed. Raises PlainError if more than a week of it lacks.
    """
    first = (first_day.year, first_day.month)
    months = months_between(first, add_months((last_day.year, last_day.month), follow_up))
    end = date(*add_months(months[-1], 1), 1)
    if week_monday(*last_week) + timedelta(days=14) < end:
        raise PlainError(
            f"DREAM ends with week {last_week[1]} of {last_week[0]}, before the follow-up does "
            f"({months[-1][1]}/{months[-1][0]}). Set effect.follow_up_months lower in config.yaml."
        )
    last = min(week_of(end), last_week)
    return months, weeks_between(week_of(date(*first, 1)), last)


def last_known_week(dream: Path) -> Week:
    """The last week that the DREAM delivery covers, from its column names."""
    names = pq.read_schema(dream).names
    return max(column_week(name) for name in names if name.startswith("y_"))


def follow(job: Job) -> pd.DataFrame:
    """Outcomes of everyone in the effect population, DREAM read in chunks."""
    effect = job.settings["effect"]
    first_day, last_day = (date.fromisoformat(str(effect[k])) for k in ("first_day", "last_day"))
    last_week = last_known_week(job.input["dream"])
    follow_up, rule = int(effect["follow_up_months"]), effect["week_to_month"]
    months, weeks = calendar(first_day, last_day, follow_up, last_week)
    benefits = read_benefits(job.input["benefit_codes"], job.settings["benefit_grouping"])
    people = pd.read_parquet(job.input["effect_population"], columns=["person_id", "start_date"])
    persons = people["person_id"].to_numpy()
    start = month_index(days_of(people["start_date"]), months[0])
    week_names = [week_column(*week) for week in weeks]
    month_names = [month_column("branche", *month) for month in months]
    out = {name: np.zeros((follow_up + 1, len(persons)), dtype=bool) for name in OUTCOMES}
    pairs = zip(
        chunks(job.input["dream"], week_names, persons),
        chunks(job.input["dream"], month_names, persons),
        strict=True,
    )
    for (rows, codes), (_, industries) in pairs:
        part = outcomes(codes, industries, start[rows], weeks, months, benefits, follow_up, rule)
        for name, values in part.items():
            out[name][:, rows] = values
    columns = {
        outcome_column(name, month): out[name][month]
        for name in OUTCOMES
        for month in range(follow_up + 1)
    }
    if "koto" in job.input:
        starts = days_of(people["start_date"])
        by_month = enrolled_months(job.input["koto"], persons, starts, education_months(job))
        columns |= {
            outcome_column(ENROLLED, month): by_month[month] for month in range(len(by_month))
        }
    return pd.DataFrame({"person_id": persons, **columns})


def education_months(job: Job) -> int | None:
    """The last month that enrolment is followed, None without KOTO or KOTRE."""
    return int(job.settings["effect"]["education_months"]) if "koto" in job.input else None


def step(job: Job) -> None:
    """Effect population, DREAM, KOTO → one row per person with each outcome by month."""
    months = int(job.settings["effect"]["follow_up_months"])
    shape = effect_outcomes(months, education_months(job))
    write(follow(job), shape, job.output["effect_outcomes"])
