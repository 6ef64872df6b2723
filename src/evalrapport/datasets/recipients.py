"""Recipients: each person's first episode in the window, and who the person was at its start.

SFI 15:10, chapter 3 (text and footnote 8): people who start an episode in the window and live in
Denmark primo the year of the start; only the first episode in the window counts.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalrapport.contracts.datasets.recipients import RECIPIENTS
from evalrapport.datasets import match_groups
from evalrapport.datasets.benefits import Benefits, groups_of, read_benefits
from evalrapport.datasets.dream_columns import rows_of
from evalrapport.datasets.files import write
from evalrapport.datasets.people import (
    age_on,
    days_of,
    education_primo_october,
    population_period,
    read_education_rules,
    read_period,
    require_periods,
)
from evalrapport.datasets.windows import week_index
from evalrapport.dates import week_column, week_of, weeks_between
from evalrapport.errors import PlainError
from evalrapport.step import Job

Array = npt.NDArray[Any]
FROM_BEF = ["birth_date", "sex", "origin_type", "origin_country"]


def first_in_window(episodes: pd.DataFrame, first_day: date, last_day: date) -> pd.DataFrame:
    """Each person's first episode that starts in the window, with start_year.

    An episode that began before the window and runs into it does not start in it.

    Args:
        episodes: the dataset mentor_episodes.
        first_day, last_day: the window, both included.

    Returns:
        one row per person, ascending by person_id.

    Raises:
        PlainError: no episode starts in the window.
    """
    inside = episodes["start_date"].between(pd.Timestamp(first_day), pd.Timestamp(last_day))
    if not inside.any():
        raise PlainError(
            f"No mentor episode starts between {first_day} and {last_day}. "
            "Check the study's window and the mentor source."
        )
    first = episodes[inside].sort_values(["person_id", "start_date"]).drop_duplicates("person_id")
    return first.assign(start_year=first["start_date"].dt.year).reset_index(drop=True)


def residents(starters: pd.DataFrame, bef: Path) -> pd.DataFrame:
    """Those of the starters who live in Denmark primo their start year, with age, sex, origin.

    Args:
        starters: from `first_in_window`.
        bef: path of the typed BEF; needs the period of each start year.

    Returns:
        starters with age (full years at the start), sex, origin_type, origin_country, ascending
        by person_id.
    """
    # ASSUME: the first episode is found before residence is asked for, so a person abroad primo
    # that year is left out even with a later episode as a resident; chapter 3 can be read so.
    years = sorted(set(starters["start_year"]))
    require_periods(bef, "BEF", {population_period(year) for year in years})
    found = []
    for year in years:
        of_year = starters[starters["start_year"] == year]
        ids = of_year["person_id"].to_numpy()
        people = read_period(bef, population_period(year), ids, FROM_BEF)
        found.append(of_year.merge(people, on="person_id", how="inner"))
    together = pd.concat(found).sort_values("person_id", ignore_index=True)
    ages = age_on(days_of(together["birth_date"]), days_of(together["start_date"]))
    return together.assign(age=ages)


def benefit_in_start_week(starts: Array, persons: Array, dream: Path) -> tuple[Array, Array]:
    """In DREAM or not, and the benefit code of the ISO week of the start (text at table 3.1).

    The week of 1 January 2012, a Sunday, is week 52 of 2011.

    Args:
        starts: datetime64[D], (persons,), at least one.
        persons: person ids.

    Returns:
        (in_dream bool, code uint16), both (persons,); code 0 for people not in DREAM.
    """
    first, last = week_of(starts.min().item()), week_of(starts.max().item())
    columns = [week_column(*week) for week in weeks_between(first, last)]
    in_dream, codes = rows_of(dream, persons, columns)
    return in_dream, codes[np.arange(len(persons)), week_index(starts, first)]


def with_dream(people: pd.DataFrame, dream: Path, benefits: Benefits) -> pd.DataFrame:
    """Add in_dream, benefit_code and benefit_group of the start week, and match_group."""
    starts, persons = days_of(people["start_date"]), people["person_id"].to_numpy()
    in_dream, codes = benefit_in_start_week(starts, persons, dream)
    _, groups = rows_of(dream, persons, match_groups.COLUMNS)
    return people.assign(
        in_dream=in_dream,
        benefit_code=codes,
        benefit_group=groups_of(codes, benefits),
        match_group=match_groups.match_group_at(starts, groups),
    )


def step(job: Job) -> None:
    """Joined episodes, BEF, UDDA and DREAM → one row per recipient."""
    window = {key: date.fromisoformat(day) for key, day in job.settings["window"].items()}
    episodes = pd.read_parquet(job.input["mentor_episodes"])
    episodes["start_date"] = pd.to_datetime(episodes["start_date"])
    people = residents(first_in_window(episodes, **window), job.input["bef"])
    rules = read_education_rules(job.input["education_levels"], job.input["education_sources"])
    education = education_primo_october(people, people["start_year"], job.input["udda"], rules)
    benefits = read_benefits(job.input["benefit_codes"], job.settings["benefit_grouping"])
    people = with_dream(people.assign(education_level=education), job.input["dream"], benefits)
    write(people, RECIPIENTS, job.output["recipients"])
