"""Weeks on public support in the five years before the start (SFI 15:10, table 3.8, note 1).

Weeks with public support, SU excluded, are counted among the 260 weeks before the episode, or,
for the comparison groups, before the reference day, and divided by 52. The second output counts,
for each of those weeks, what recipients lived on (figure 3.2).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalrapport.contracts.datasets.benefit_history import BENEFIT_BEFORE_START, BENEFIT_HISTORY
from evalrapport.datasets.benefits import Benefits, look_up, read_benefits
from evalrapport.datasets.dream_columns import chunks, rows_of
from evalrapport.datasets.files import write
from evalrapport.datasets.people import days_of
from evalrapport.datasets.windows import counts_before, values_before, week_index
from evalrapport.dates import Week, week_column, week_monday, week_of, weeks_between
from evalrapport.step import Job

Array = npt.NDArray[Any]
WEEKS = 260
WEEKS_PER_YEAR = 52


def weeks_before(week: Week, count: int) -> Week:
    """The ISO week `count` weeks before a week."""
    monday = np.datetime64(week_monday(*week), "D") - 7 * count
    return week_of(monday.item())


def codes_before_start(starts: Array, persons: Array, dream: Path) -> tuple[Array, Array]:
    """Recipients' benefit codes in the 260 weeks before the week of the start.

    Args:
        starts: datetime64[D], (persons,), at least one.
        persons: person ids.

    Returns:
        (in_dream bool (persons,), codes uint16 (persons, 260), latest week first).
    """
    first = weeks_before(week_of(starts.min().item()), WEEKS)
    last = weeks_before(week_of(starts.max().item()), 1)
    columns = [week_column(*week) for week in weeks_between(first, last)]
    in_dream, codes = rows_of(dream, persons, columns)
    return in_dream, values_before(codes, week_index(starts, first), WEEKS)


def history_before_start(
    recipients: pd.DataFrame, dream: Path, benefits: Benefits
) -> tuple[pd.DataFrame, Array]:
    """Recipients' rows of benefit_history, and their codes (persons, 260), latest week first."""
    persons = recipients["person_id"].to_numpy()
    in_dream, codes = codes_before_start(days_of(recipients["start_date"]), persons, dream)
    weeks = np.count_nonzero(look_up(benefits.supported, codes), axis=1)
    return history(persons, "start", in_dream, weeks), codes


def history_before_day(persons: Array, day: date, dream: Path, benefits: Benefits) -> pd.DataFrame:
    """Weeks on support in the 260 weeks before the week of a common day.

    # ASSUME: the week that holds the day is not counted, as for recipients' start week.

    Args:
        persons: ascending person ids; may be millions, DREAM is read in chunks.
    """
    last = weeks_before(week_of(day), 1)
    weeks = weeks_between(weeks_before(week_of(day), WEEKS), last)
    in_dream = np.zeros(len(persons), dtype=bool)
    counted = np.zeros(len(persons), dtype=np.int16)
    for positions, codes in chunks(dream, [week_column(*week) for week in weeks], persons):
        in_dream[positions] = True
        counted[positions] = counts_before(look_up(benefits.supported, codes), WEEKS, WEEKS)
    return history(persons, "reference_day", in_dream, counted)


def history(persons: Array, before: str, in_dream: Array, weeks: Array) -> pd.DataFrame:
    """Rows of the dataset benefit_history."""
    columns = {"person_id": persons, "before": before, "in_dream": in_dream}
    years = weeks / WEEKS_PER_YEAR
    return pd.DataFrame({**columns, "weeks_on_support_260": weeks, "years_on_support": years})


def benefit_by_week(codes: Array, start_years: Array, benefits: Benefits) -> pd.DataFrame:
    """Recipients by benefit group in each week before the start (figure 3.2).

    Args:
        codes: (persons, weeks), latest week first.
        start_years: int, (persons,).

    Returns:
        the dataset benefit_before_start: one row per start year, week and group, zeros included.
    """
    parts = []
    groups, weeks = len(benefits.groups), codes.shape[1]
    for year in sorted(set(start_years.tolist())):
        of_year = benefits.group[codes[start_years == year]]
        cell = of_year + np.arange(weeks) * groups
        persons = np.bincount(cell.ravel(), minlength=weeks * groups)
        part = {"start_year": year, "weeks_before": np.repeat(np.arange(1, weeks + 1), groups)}
        names = np.tile(np.array(benefits.groups, dtype=object), weeks)
        parts.append(
            pd.DataFrame({**part, "benefit_group": names, "persons": persons, "base": len(of_year)})
        )
    return pd.concat(parts, ignore_index=True)


def step(job: Job) -> None:
    """DREAM, recipients and comparison groups → weeks on support, and benefit by week."""
    day, dream = date.fromisoformat(job.settings["reference_day"]), job.input["dream"]
    benefits = read_benefits(job.input["benefit_codes"], job.settings["benefit_grouping"])
    people = pd.read_parquet(job.input["recipients"])
    own, codes = history_before_start(people, dream, benefits)
    others = pd.read_parquet(job.input["comparison_groups"], columns=["person_id"])["person_id"]
    common = history_before_day(others.to_numpy(), day, dream, benefits)
    write(pd.concat([own, common]), BENEFIT_HISTORY, job.output["benefit_history"])
    by_week = benefit_by_week(codes, people["start_year"].to_numpy(), benefits)
    write(by_week, BENEFIT_BEFORE_START, job.output["benefit_before_start"])
