"""Outcomes that a mentor can't have changed, for everybody in the effect population.

Work without benefit in the 24 months before the (pseudo) start, and whether the partner (primo the
year) has a wage in the months after it. Those without a partner have none with a wage.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from evalrapport.contracts.datasets.effect_outcomes import outcome_column
from evalrapport.contracts.datasets.placebo_outcomes import (
    BEFORE,
    MONTHS_BEFORE,
    PARTNER,
    placebo_outcomes,
)
from evalrapport.datasets.benefits import look_up, read_benefits
from evalrapport.datasets.dream_columns import chunks_of, rows_of
from evalrapport.datasets.effect_months import Array, flagged_months
from evalrapport.datasets.effect_outcomes import from_start
from evalrapport.datasets.effect_population import window_of
from evalrapport.datasets.files import write
from evalrapport.datasets.people import days_of, population_period, read_period
from evalrapport.datasets.windows import month_index
from evalrapport.dates import (
    add_months,
    month_column,
    months_between,
    week_column,
    week_of,
    weeks_between,
)
from evalrapport.step import Job


def before(job: Job, persons: Array, days: Array) -> Array:
    """Work without benefit, (MONTHS_BEFORE, people), the earliest month first."""
    effect = job.settings["effect"]
    first_day, last_day = window_of(job)
    first = add_months((first_day.year, first_day.month), -MONTHS_BEFORE)
    months = months_between(first, (last_day.year, last_day.month))
    weeks = weeks_between(week_of(date(*first, 1)), week_of(date(*add_months(months[-1], 1), 1)))
    benefits = read_benefits(job.input["benefit_codes"], job.settings["benefit_grouping"])
    start = month_index(days, months[0]) - MONTHS_BEFORE
    out = np.zeros((MONTHS_BEFORE, len(persons)), dtype=bool)
    week_names = [week_column(*week) for week in weeks]
    month_names = [month_column("branche", *month) for month in months]
    read = chunks_of(job.input["dream"], [week_names, month_names], persons)
    for rows, (codes, industries) in read:
        supported = flagged_months(
            look_up(benefits.supported, codes), weeks, months, effect["week_to_month"]
        )
        alone = (industries.T != 0) & ~supported
        out[:, rows] = from_start(alone, start[rows], MONTHS_BEFORE - 1)
    return out


def partners_at_work(job: Job, persons: Array, days: Array) -> Array:
    """Whether the partner has a wage, (months from 0, people)."""
    effect = job.settings["effect"]
    first_day, last_day = window_of(job)
    follow_up = int(effect["follow_up_months"])
    first = (first_day.year, first_day.month)
    months = months_between(first, add_months((last_day.year, last_day.month), follow_up))
    bef = read_period(job.input["bef"], population_period(first_day.year), None, ["partner_id"])
    partner = bef.set_index("person_id")["partner_id"].reindex(persons)
    has = partner.notna().to_numpy()
    ids = partner[has].to_numpy().astype(np.int64)
    names = [month_column("branche", *month) for month in months]
    _, industries = rows_of(job.input["dream"], ids, names)
    start = month_index(days[has], months[0])
    out = np.zeros((follow_up + 1, len(persons)), dtype=bool)
    out[:, has] = from_start((industries != 0).T, start, follow_up)
    return out


def placebo(job: Job) -> pd.DataFrame:
    """One row per person of the effect population."""
    people = pd.read_parquet(job.input["effect_population"], columns=["person_id", "start_date"])
    persons, days = people["person_id"].to_numpy(), days_of(people["start_date"])
    earlier, partner = before(job, persons, days), partners_at_work(job, persons, days)
    columns = {
        outcome_column(BEFORE, MONTHS_BEFORE - place): row for place, row in enumerate(earlier)
    }
    columns |= {outcome_column(PARTNER, month): row for month, row in enumerate(partner)}
    return pd.DataFrame({"person_id": persons, **columns})


def step(job: Job) -> None:
    """Effect population, BEF and DREAM → one row per person with each placebo outcome."""
    shape = placebo_outcomes(int(job.settings["effect"]["follow_up_months"]))
    write(placebo(job), shape, job.output["placebo_outcomes"])
