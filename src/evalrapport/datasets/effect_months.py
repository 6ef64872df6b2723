"""Employment, with and without benefit, SU and enrolment by month of the calendar.

SFI 15:10, chapter 5: a month counts as employed whatever the hours (text at figure B1.1). Employed
= DREAM has an industry for the month, which it takes from the wage reports of eIndkomst. Nothing
here depends on a start date, so it is made once for all draws of these.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq

from evalrapport.contracts.datasets.effect_months import calendar_column, effect_months
from evalrapport.contracts.datasets.effect_outcomes import ENROLLED, OUTCOMES
from evalrapport.datasets.benefits import Benefits, look_up, read_benefits
from evalrapport.datasets.dream_columns import chunks_of
from evalrapport.datasets.effect_population import window_of
from evalrapport.datasets.enrolment import enrolled_months
from evalrapport.datasets.files import write
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


def outcomes(
    codes: Array,
    industries: Array,
    weeks: list[Week],
    months: list[Month],
    benefits: Benefits,
    rule: str,
) -> dict[str, Array]:
    """Each outcome as bool (months, people).

    Args:
        codes: DREAM codes (people, weeks). industries: (people, months), 0 is no wage.

    # ASSUME: SU is no "offentlig ydelse" here, as the report leaves it out of "offentligt
    # forsørgede". People who have died or left the country count as not employed.
    """
    supported = flagged_months(look_up(benefits.supported, codes), weeks, months, rule)
    grants = flagged_months(
        look_up(benefits.group == benefits.groups.index(SU), codes), weeks, months, rule
    )
    employed = industries.T != 0
    return {
        "employed_without_benefit": employed & ~supported,
        "employed": employed,
        "su": grants,
    }


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


def enrolment_months(job: Job) -> list[Month]:
    """The months that enrolment is followed in; none without KOTO or KOTRE."""
    if "koto" not in job.input:
        return []
    effect = job.settings["effect"]
    first_day, last_day = window_of(job)
    last = add_months((last_day.year, last_day.month), int(effect["education_months"]))
    return months_between((first_day.year, first_day.month), last)


def follow(job: Job) -> tuple[list[Month], dict[str, Array]]:
    """The months followed, and the outcomes of everyone who can be of the population, DREAM read
    in chunks; `person_id` among them."""
    effect = job.settings["effect"]
    first_day, last_day = window_of(job)
    last_week = last_known_week(job.input["dream"])
    follow_up, rule = int(effect["follow_up_months"]), effect["week_to_month"]
    months, weeks = calendar(first_day, last_day, follow_up, last_week)
    benefits = read_benefits(job.input["benefit_codes"], job.settings["benefit_grouping"])
    background = pq.read_table(job.input["effect_background"], columns=["person_id"])
    persons = background["person_id"].to_numpy()
    lists = [
        [week_column(*week) for week in weeks],
        [month_column("branche", *month) for month in months],
    ]
    there = np.zeros(len(persons), dtype=bool)
    out = {name: np.zeros((len(months), len(persons)), dtype=bool) for name in OUTCOMES}
    for rows, (codes, industries) in chunks_of(job.input["dream"], lists, persons):
        there[rows] = True
        for name, values in outcomes(codes, industries, weeks, months, benefits, rule).items():
            out[name][:, rows] = values
    persons = persons[there]
    columns = {
        calendar_column(name, month): out[name][place][there]
        for name in OUTCOMES
        for place, month in enumerate(months)
    }
    return months, {"person_id": persons, **columns, **enrolment(job, persons)}


def enrolment(job: Job, persons: Array) -> dict[str, Array]:
    """Enrolment by month of the calendar, for people in ascending order."""
    months = enrolment_months(job)
    if not months:
        return {}
    first = np.full(len(persons), np.datetime64(date(*months[0], 1)))
    found = enrolled_months(job.input["koto"], persons, first, len(months) - 1)
    return {calendar_column(ENROLLED, month): row for month, row in zip(months, found, strict=True)}


def step(job: Job) -> None:
    """Everyone of the ages, DREAM, KOTO → one row per person with each outcome by month."""
    months, columns = follow(job)
    write(columns, effect_months(months, enrolment_months(job)), job.output["effect_months"])
