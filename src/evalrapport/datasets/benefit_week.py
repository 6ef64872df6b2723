"""Who is on one of the study's benefits in the reference week, where, and with a mentor or not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.parquet as pq

from evalrapport.contracts.datasets.benefit_at_start import BENEFIT_WEEK
from evalrapport.datasets.benefit_grouping import Grouping, read_grouping
from evalrapport.datasets.benefit_lookup import picked
from evalrapport.datasets.dream_columns import require_columns
from evalrapport.datasets.files import write
from evalrapport.dates import Week, column_week, week_column, week_monday
from evalrapport.step import Job

Array = npt.NDArray[Any]


def people_in(dream: Path, week: Week, grouping: Grouping) -> Iterator[pd.DataFrame]:
    """People whose code of the week is in one of the named groups, row group by row group."""
    code, place = week_column(*week), f"nykom{week[0]}"
    require_columns(dream, [code, place])
    with pq.ParquetFile(dream) as file:
        for number in range(file.num_row_groups):
            table = file.read_row_group(number, columns=["person_id", code, place])
            codes = table[code].to_numpy()
            own = np.flatnonzero(grouping.group[codes] != grouping.rest)
            yield pd.DataFrame(
                {
                    "person_id": table["person_id"].to_numpy()[own],
                    "benefit_group": grouping.names(codes[own]),
                    "municipality_code": table[place].to_numpy()[own],
                }
            )


def under_way(episodes: pd.DataFrame, week: Week) -> pd.DataFrame:
    """The episodes that cover a day of the week; of several the one that began last."""
    monday = week_monday(*week)
    first, last = pd.Timestamp(monday), pd.Timestamp(monday + timedelta(days=6))
    start, end = pd.to_datetime(episodes["start_date"]), pd.to_datetime(episodes["end_date"])
    inside = episodes.assign(start_date=start)[(start <= last) & (end >= first)]
    return inside.sort_values(["person_id", "start_date"]).drop_duplicates("person_id", keep="last")


def with_mentor(people: pd.DataFrame, running: pd.DataFrame, dream: Path) -> pd.DataFrame:
    """Who has a mentor; their municipality is the one of the year when the episode began.

    # ASSUME: of episodes that began before the delivery's first year, that first year's.
    """
    held = {name for name in pq.read_schema(dream).names if name.startswith("nykom")}
    first = min(int(name.removeprefix("nykom")) for name in held)
    own = running[running["person_id"].isin(people["person_id"])]
    years = own["start_date"].dt.year.to_numpy().clip(min=first)
    names = [f"nykom{year}" for year in range(first, int(years.max(initial=first)) + 1)]
    place: Array = np.empty(0)
    if len(own):
        place = picked(own["person_id"].to_numpy(), years - first, dream, names)
    began = pd.Series(place, index=own["person_id"].to_numpy(), dtype="float64")
    mentor = people["person_id"].isin(own["person_id"])
    at_start = people["person_id"].map(began)
    municipality = at_start.fillna(people["municipality_code"]).astype(np.int16)
    return people.assign(mentor=mentor, municipality_code=municipality)


def step(job: Job) -> None:
    """DREAM and joined episodes → the week's people."""
    lists = job.input["benefit_codes"], job.input["benefit_groupings"]
    grouping = read_grouping(*lists, job.settings["benefit_grouping"])
    year, week = job.settings["reference_week"].split("-W")
    at = column_week(week_column(int(year), int(week)))
    people = pd.concat(people_in(job.input["dream"], at, grouping), ignore_index=True)
    running = under_way(pd.read_parquet(job.input["mentor_episodes"]), at)
    write(
        with_mentor(people, running, job.input["dream"]), BENEFIT_WEEK, job.output["benefit_week"]
    )
