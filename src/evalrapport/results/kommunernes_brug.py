"""Figure 3.4 of SFI 15:10: how much each municipality uses mentors, and how that spreads.

Full-time persons with mentor support as a percentage of full-time recipients of kontanthjælp. An
episode of x days at y hours a week counts as (x·y)/(D·37) full-time persons, D being the days of
the period (851 from 1 January 2012 to 30 April 2014: note to the figure).
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.columns import ALL
from evalrapport.results.shares import missing_cell, table, write
from evalrapport.step import Job

FULL_TIME_WEEK = 37
PREFIX = "kommune_"
COUNTRY = "hele_landet"
QUARTILES = {"nederste_kvartil": 0.25, "median": 0.5, "oeverste_kvartil": 0.75}


@dataclass(frozen=True)
class Period:
    """Both days included; `column` is the table's."""

    column: str
    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def periods(first: date, last: date) -> list[Period]:
    """The whole period to the end of the last day's month, and the part of it in each year."""
    end = last.replace(day=calendar.monthrange(last.year, last.month)[1])
    years = range(first.year, end.year + 1)
    parts = [
        Period(str(year), max(first, date(year, 1, 1)), min(end, date(year, 12, 31)))
        for year in years
    ]
    return [Period(ALL, first, end), *parts]


def use(episodes: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Full-time persons with mentor support, and the people behind them, by municipality.

    Args:
        episodes: person_id, municipality_code, start_date, end_date, hours_per_week.

    Returns:
        indexed by municipality code: full_time (float), persons (int).
    """
    # ASSUME: only the days inside the period count, at the hours of the start; hours that are
    # missing count as none. The note to the figure speaks of neither.
    first, last = pd.Timestamp(period.first), pd.Timestamp(period.last)
    start, end = episodes["start_date"], episodes["end_date"]
    days = (end.mask(end > last, last) - start.mask(start < first, first)).dt.days + 1
    weight = days * episodes["hours_per_week"] / (period.days * FULL_TIME_WEEK)
    inside = episodes.assign(full_time=weight)[(days > 0) & (weight > 0)]
    by_place = inside.groupby("municipality_code")
    full_time, persons = by_place["full_time"].sum(), by_place["person_id"].nunique()
    return pd.DataFrame({"full_time": full_time, "persons": persons})


def recipients_of(statistics: pd.DataFrame, period: Period) -> pd.Series:
    """Mean full-time recipients of kontanthjælp over the period's months, by municipality.

    # ASSUME: the last month of the whole period is left out, as the report's numbers end on 31
    # March 2014 and its mentor support on 30 April.
    """
    month = statistics["year"] * 12 + statistics["month"]
    first = period.first.year * 12 + period.first.month
    last = period.last.year * 12 + period.last.month
    if period.last.month < 12:
        last -= 1
    inside = statistics[month.between(first, last)]
    mean: pd.Series = inside.groupby("municipality_code")["full_time_persons"].mean()
    return mean


def period_cells(used: pd.DataFrame, column: str) -> list[dict[str, Any]]:
    """One column: each municipality, the country, the quartiles.

    Args:
        used: municipality codes as index; full_time, persons, recipients.
    """
    cells = []
    for code, place in used.iterrows():
        cells.append(ratio(f"{PREFIX}{code}", column, place))
    cells.append(ratio(COUNTRY, column, used.sum()))
    values = 100 * used["full_time"] / used["recipients"]
    known, people = values.dropna(), int(used["persons"].sum())
    about = {"column": column, "n": len(known), "status": "ok", "count": people}
    found = {row: float(known.quantile(at)) for row, at in QUARTILES.items()}
    found["kvartilafstand"] = found["oeverste_kvartil"] - found["nederste_kvartil"]
    for row, value in found.items():
        statistic = "median" if row == "median" else "spredning"
        cells.append({**about, "row": row, "statistic": statistic, "value": value})
    return cells


def ratio(row: str, column: str, place: pd.Series) -> dict[str, Any]:
    """Full-time mentor persons per cent of full-time recipients; `count` is the people behind.

    It is a mean over the days of the period, no share of people: none is counted as one in it.
    """
    if not place["recipients"] > 0:
        return missing_cell(row, column, "gennemsnit")
    value = 100 * place["full_time"] / place["recipients"]
    at = {"row": row, "column": column, "statistic": "gennemsnit"}
    return {**at, "value": value, "status": "ok", "n": None, "count": int(place["persons"])}


def tied(cells: pd.DataFrame, years: Sequence[str]) -> pd.DataFrame:
    """Counts such that a municipality never has just one hidden year.

    The whole period is the sum of its years, so one hidden year could be worked out from the
    others. The year with the second fewest people is therefore given the count of the fewest: it
    is hidden together with it. (A year without anyone is shown, and hides nothing.)
    """
    counts = cells["count"].copy()
    own = cells["row"].str.startswith(PREFIX) & cells["column"].isin(years) & (counts > 0)
    for _, held in cells[own].groupby("row"):
        if len(held) > 1:
            fewest, second = held["count"].sort_values(kind="stable").index[:2]
            counts[second] = counts[fewest]
    return cells.assign(count=counts)


def estimate(
    episodes: pd.DataFrame,
    statistics: pd.DataFrame,
    window: tuple[date, date],
    contract: TableContract,
) -> pd.DataFrame:
    """The table's estimates.

    Args:
        episodes: the dataset mentor_episodes.
        statistics: municipality_code, year, month, full_time_persons.
        window: first and last day of the study.
    """
    rows = [row.id for row in contract.rows if row.id.startswith(PREFIX)]
    places = pd.Index([int(row.removeprefix(PREFIX)) for row in rows])
    cells = []
    for period in periods(*window):
        used = use(episodes, period).reindex(places, fill_value=0)
        used["recipients"] = recipients_of(statistics, period).reindex(places)
        cells += period_cells(used, period.column)
    years = [period.column for period in periods(*window)][1:]
    return table([tied(pd.DataFrame(cells), years)], contract)


def read_episodes(path: Path) -> pd.DataFrame:
    """The columns of the dataset mentor_episodes that are needed, days as timestamps."""
    names = ["person_id", "municipality_code", "start_date", "end_date", "hours_per_week"]
    episodes = pd.read_parquet(path, columns=names)
    days = episodes[["start_date", "end_date"]].apply(pd.to_datetime)
    return episodes.assign(**{name: days[name] for name in days})


def step(job: Job) -> None:
    """Mentor episodes and Jobindsats' statistics → the table's estimates."""
    days = [date.fromisoformat(job.settings["window"][end]) for end in ("first_day", "last_day")]
    episodes = read_episodes(job.input["mentor_episodes"])
    statistics = pd.read_parquet(job.input["jobindsats"])
    found = estimate(episodes, statistics, (days[0], days[1]), from_yaml(job.input["contract"]))
    write(found, job.output["kommunernes_brug"])
