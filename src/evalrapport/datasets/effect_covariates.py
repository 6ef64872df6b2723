"""The covariates of the propensity, each computed as `contracts.covariates` declares it.

SFI 15:10, chapter 5: the support history up to the (pseudo) start, activation, and who the person
is. Windows end before the start: the last week is the one before the start week, the last month
the one before the start month. What the registers said at the turn of the year comes ready made
(`effect_background`), as it is the same whatever the start date.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.parquet as pq

from evalrapport.contracts.covariates import COVARIATES, EFFECT_BACKGROUND, EFFECT_COVARIATES
from evalrapport.datasets.benefits import CODES, Benefits, look_up, read_benefits
from evalrapport.datasets.covariate_functions import DTYPE, of_start
from evalrapport.datasets.dream_columns import chunks_of
from evalrapport.datasets.effect_population import window_of
from evalrapport.datasets.files import write
from evalrapport.datasets.history import MONTHS_BACK, WEEKS_BACK, Calendar, History
from evalrapport.datasets.people import days_of
from evalrapport.datasets.windows import month_index, week_index
from evalrapport.dates import (
    add_months,
    match_column,
    month_column,
    months_between,
    quarter_of,
    week_column,
    week_monday,
    week_of,
    weeks_between,
)
from evalrapport.step import Job
from evalrapport.stripes import everywhere

Array = npt.NDArray[Any]
BLOCK = 16_384  # people: their running counts stay in the processor's cache


@dataclass(frozen=True)
class Codes:
    """Look-ups by DREAM code: group and kind of activation as uint8, support as bool."""

    benefits: Benefits
    kind: Array
    kinds: tuple[str, ...]


def read_codes(path: Path, grouping: str) -> Codes:
    """The benefit look-up and the activation groups (table 3.2) of the code list."""
    table = pd.read_csv(path)
    kinds = tuple(dict.fromkeys(["selvforsoergelse_su", *table["activation_group"]]))
    kind = np.zeros(CODES, dtype=np.uint8)
    kind[table["code"].to_numpy()] = [kinds.index(name) for name in table["activation_group"]]
    return Codes(read_benefits(path, grouping), kind, kinds)


def match_at(starts: Array, quarters: list[tuple[int, int]], groups: Array) -> Array:
    """The match group at the end of each start's quarter; 0 for none.

    # ASSUME: as in table 3.7 (the shares of table 5.1 are those of table 3.7), though the end of
    # the quarter lies after the start.
    """
    quarter, year = quarters[0]
    place = starts.astype("datetime64[M]").astype(np.int64) // 3 - (year - 1970) * 4 - quarter + 1
    return groups[np.arange(len(starts)), place]


def calendar_of(codes: Array, industries: Array, look: Codes) -> Calendar:
    """The calendar of some people from DREAM's (weeks, people) and (months, people)."""
    return Calendar(
        group=look_up(look.benefits.group.astype(np.uint8), codes),
        active=look_up(look.kind, codes),
        supported=look_up(look.benefits.supported, codes),
        employed=industries != 0,
        groups=look.benefits.groups,
        kinds=look.kinds,
    )


@dataclass(frozen=True)
class Span:
    """The DREAM columns that the covariates of a window need."""

    weeks: list[tuple[int, int]]
    months: list[tuple[int, int]]
    quarters: list[tuple[int, int]]

    @property
    def columns(self) -> tuple[list[str], list[str], list[str]]:
        """Names of weeks, months and quarters."""
        return (
            [week_column(*week) for week in self.weeks],
            [month_column("branche", *month) for month in self.months],
            [match_column(*quarter) for quarter in self.quarters],
        )

    def looked_at(self, calendar: Calendar, starts: Array, match: Array) -> History:
        """A calendar from each person's start; match: groups (people, quarters)."""
        return History(
            calendar=calendar,
            week=week_index(starts, self.weeks[0]),
            month=month_index(starts, self.months[0]),
            match=match_at(starts, self.quarters, match),
        )


def span(first_day: date, last_day: date) -> Span:
    """From 260 weeks and 48 months before the first start to the last one."""
    back = np.timedelta64(7 * WEEKS_BACK, "D")
    first_week = week_of((np.datetime64(week_monday(*week_of(first_day))) - back).item())
    begin, last = (first_day.year, first_day.month), (last_day.year, last_day.month)
    quarters = [quarter_of(date(*month, 1)) for month in months_between(begin, last)]
    return Span(
        weeks_between(first_week, week_of(last_day)),
        months_between(add_months(begin, -MONTHS_BACK), last),
        list(dict.fromkeys(quarters)),
    )


def histories(job: Job, persons: Array, starts: Array) -> dict[str, Array]:
    """The covariates of DREAM, read in chunks; (people,) each."""
    wanted = span(*window_of(job))
    look = read_codes(job.input["benefit_codes"], job.settings["benefit_grouping"])
    out = {
        c.name: np.zeros(len(persons), dtype=DTYPE[c.kind]) for c in COVARIATES if c.at == "start"
    }
    for rows, matrices in chunks_of(job.input["dream"], wanted.columns, persons):

        def put(block: slice, rows: Array = rows, matrices: list[Array] = matrices) -> None:
            codes, industries, match = (matrix[block] for matrix in matrices)
            calendar = calendar_of(codes.T, industries.T, look)
            history = wanted.looked_at(calendar, starts[rows[block]], match)
            for name, values in of_start(history).items():
                out[name][rows[block]] = values

        everywhere(put, len(rows), BLOCK)
    return out


def backgrounds(path: Path, persons: Array) -> dict[str, Array]:
    """What the registers said at the turn of the year, in the order of `persons`."""
    table = pq.read_table(path)
    rows = np.searchsorted(table["person_id"].to_numpy(), persons)
    names = [name for name in EFFECT_BACKGROUND.names if name != "person_id"]
    return {name: table[name].to_numpy()[rows] for name in names}


def covariates(job: Job) -> dict[str, Array]:
    """All declared covariates of everyone in the effect population, and person_id."""
    population = pd.read_parquet(
        job.input["effect_population"], columns=["person_id", "start_date"]
    )
    persons, starts = population["person_id"].to_numpy(), days_of(population["start_date"])
    with ThreadPoolExecutor(1) as beside:
        year = beside.submit(backgrounds, job.input["effect_background"], persons)
        start = histories(job, persons, starts)
    return {"person_id": persons, **start, **year.result()}


def step(job: Job) -> None:
    """Effect population, background and DREAM → one row per person with all covariates."""
    write(covariates(job), EFFECT_COVARIATES, job.output["effect_covariates"])
