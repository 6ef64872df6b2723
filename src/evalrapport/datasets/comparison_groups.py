"""The population and the two groups of it that recipients are compared with.

SFI 15:10, chapter 3: Befolkningen is everyone aged 18-64 who lives in Denmark primo 2013 (table
3.5); Offentligt forsørgede those of them who receive a public benefit, SU excluded, primo March
2013, and Kontanthjælpsmodtagere those who receive kontanthjælp then (tables 3.1-3.3, notes).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq

from evalrapport.contracts.datasets.comparison_groups import COMPARISON_GROUPS
from evalrapport.datasets import match_groups
from evalrapport.datasets.benefits import KONTANTHJAELP, Benefits, groups_of, read_benefits
from evalrapport.datasets.dream_columns import rows_of
from evalrapport.datasets.files import write
from evalrapport.datasets.people import (
    education_of,
    education_period,
    population_period,
    read_education_rules,
    read_period,
    require_periods,
)
from evalrapport.dates import Week, week_column
from evalrapport.step import Job

MIN_AGE, MAX_AGE = 18, 64
FROM_BEF = ["person_id", "age", "sex", "origin_type", "origin_country"]


def population(bef: Path, year: int) -> pd.DataFrame:
    """Residents aged 18-64 primo a year, ascending by person_id.

    # ASSUME: "16-64-årige" in the text of chapter 3 is a slip; all notes say 18-64.

    Returns:
        person_id, age (full years on the last day before the year), sex, origin_type,
        origin_country.
    """
    period = population_period(year)
    require_periods(bef, "BEF", {period})
    age = pc.field("age")
    keep = (pc.field("period") == period) & (age >= MIN_AGE) & (age <= MAX_AGE)
    people: pd.DataFrame = pq.read_table(bef, columns=FROM_BEF, filters=keep).to_pandas()
    return people.sort_values("person_id", ignore_index=True)


def with_benefit(people: pd.DataFrame, dream: Path, week: Week, benefits: Benefits) -> pd.DataFrame:
    """Add in_dream, the benefit of the reference week, and membership of the two groups.

    People who are not in DREAM have no benefit.
    """
    in_dream, codes = rows_of(dream, people["person_id"].to_numpy(), [week_column(*week)])
    code = codes[:, 0]
    group = groups_of(code, benefits)
    return people.assign(
        population=True,
        publicly_supported=benefits.supported[code],
        kontanthjaelp=group == KONTANTHJAELP,
        in_dream=in_dream,
        benefit_code=code,
        benefit_group=group,
    )


def with_match_group(people: pd.DataFrame, dream: Path, day: date) -> pd.DataFrame:
    """Add the match group at the end of the reference day's quarter (table 3.7, note 1)."""
    _, groups = rows_of(dream, people["person_id"].to_numpy(), match_groups.COLUMNS)
    days = np.full(len(people), np.datetime64(day, "D"))
    return people.assign(match_group=match_groups.match_group_at(days, groups))


def with_education(
    people: pd.DataFrame, udda: Path, year: int, levels: Path, sources: Path
) -> pd.DataFrame:
    """Add education primo October in the year before the reference day's (table 3.6, note 1)."""
    require_periods(udda, "UDDA", {education_period(year)})
    columns = ["education_source", "education_level"]
    education = read_period(udda, education_period(year), None, columns)
    rules = read_education_rules(levels, sources)
    return people.assign(education_level=education_of(people, education, rules))


def parse_week(text: str) -> Week:
    """The ISO week of a setting such as "2013-W10"."""
    year, week = text.split("-W")
    return int(year), int(week)


def step(job: Job) -> None:
    """BEF, UDDA and DREAM → everyone aged 18-64, and which groups each belongs to."""
    day, dream = date.fromisoformat(job.settings["reference_day"]), job.input["dream"]
    lists = job.input["education_levels"], job.input["education_sources"]
    benefits = read_benefits(job.input["benefit_codes"], job.settings["benefit_grouping"])
    people = population(job.input["bef"], day.year)
    people = with_benefit(people, dream, parse_week(job.settings["reference_week"]), benefits)
    people = with_match_group(people, dream, day)
    people = with_education(people, job.input["udda"], day.year, *lists)
    write(people, COMPARISON_GROUPS, job.output["comparison_groups"])
