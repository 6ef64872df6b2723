"""Benefit spells in which a mentor is given in the calendar year when the spell began.

STAR's note, table 2. A spell is a run of weeks on benefits of one group: changing between fleksjob
and ledighedsydelse begins no new one.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.parquet as pq

from evalrapport.contracts.datasets.benefit_at_start import BENEFIT_SPELLS
from evalrapport.datasets.benefit_grouping import read_grouping
from evalrapport.datasets.dream_columns import rows_of
from evalrapport.datasets.episode_benefits import in_window
from evalrapport.datasets.files import write
from evalrapport.datasets.windows import week_index
from evalrapport.dates import column_week, week_monday
from evalrapport.step import Job

Array = npt.NDArray[Any]
# ASSUME: up to four weeks without the benefit do not end a spell: one code a week hides another,
# such as sick pay. The note does not say.
GAP_WEEKS = 4


def spells(on: Array) -> tuple[Array, Array, Array]:
    """Runs of weeks on a benefit, gaps of up to GAP_WEEKS included.

    Args:
        on: bool, (persons, weeks).

    Returns:
        (person row, first week, last week) of each spell, ascending.
    """
    row, week = np.nonzero(on)
    if not len(row):
        empty = np.empty(0, dtype=np.int64)
        return empty, empty, empty
    begins = np.r_[True, (row[1:] != row[:-1]) | (np.diff(week) > GAP_WEEKS + 1)]
    last = np.r_[np.flatnonzero(begins)[1:] - 1, len(row) - 1]
    return row[begins], week[begins], week[last]


def with_mentor_same_year(
    found: tuple[Array, Array, Array], years: Array, row: Array, week: Array, year: Array
) -> tuple[Array, Array]:
    """Spells that begin in a week after the first and in which a mentor starts the same year.

    Args:
        found: from `spells`.
        years: calendar year of each week's Monday.
        row, week, year: person row, week and calendar year of each mentor start.

    Returns:
        (person row, year) of each such spell.
    """
    # ASSUME: a spell belongs to the calendar year of its first week's Monday. One that is there in
    # the first week of the data may have begun before, and is not new.
    person, first, last = found
    spell = pd.DataFrame({"row": person, "first": first, "last": last, "year": years[first]})
    spell = spell[spell["first"] > 0].assign(spell=lambda frame: np.arange(len(frame)))
    both = spell.merge(pd.DataFrame({"row": row, "year": year, "week": week}), on=["row", "year"])
    both = both[both["week"].between(both["first"], both["last"])].drop_duplicates("spell")
    return both["row"].to_numpy(), both["year"].to_numpy()


def step(job: Job) -> None:
    """Joined episodes and DREAM → the window's new benefit spells with a mentor."""
    lists = job.input["benefit_codes"], job.input["benefit_groupings"]
    grouping = read_grouping(*lists, job.settings["benefit_grouping"])
    episodes = in_window(pd.read_parquet(job.input["mentor_episodes"]), job.settings["window"])
    persons, row = np.unique(episodes["person_id"].to_numpy(), return_inverse=True)
    columns = [n for n in pq.read_schema(job.input["dream"]).names if n.startswith("y_")]
    _, codes = rows_of(job.input["dream"], persons, columns)
    places = grouping.group[codes]
    found = new_spells(places, grouping.groups[:-1], columns, row, episodes["start_date"])
    found["person_id"] = persons[found.pop("row")]
    write(found, BENEFIT_SPELLS, job.output["benefit_spells"])


def new_spells(
    places: Array, groups: tuple[str, ...], columns: list[str], row: Array, starts: pd.Series
) -> pd.DataFrame:
    """The new spells of all groups: row, benefit_group, start_year.

    Args:
        places: place in `groups` by (person, week).
        columns: DREAM's week columns, in order.
        row, starts: person row and first day of each mentor episode.
    """
    weeks = [column_week(name) for name in columns]
    years = np.array([week_monday(*week).year for week in weeks])
    week = week_index(starts.to_numpy().astype("datetime64[D]"), weeks[0])
    parts = []
    for place, group in enumerate(groups):
        found = spells(places == place)
        people, year = with_mentor_same_year(found, years, row, week, starts.dt.year.to_numpy())
        parts.append(pd.DataFrame({"row": people, "benefit_group": group, "start_year": year}))
    together = pd.concat(parts, ignore_index=True)
    return together.assign(
        benefit_group=pd.Categorical(together["benefit_group"], categories=list(groups)),
        start_year=together["start_year"].astype(np.int16),
    )
