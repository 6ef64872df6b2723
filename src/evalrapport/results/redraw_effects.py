"""The effects under one redraw of the pseudo start dates: fit, match, difference; no variance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from evalrapport.contracts.covariates import COVARIATES
from evalrapport.contracts.datasets.effect_months import calendar_column, calendar_months
from evalrapport.contracts.datasets.effect_outcomes import last_month, outcome_column
from evalrapport.dates import add_months
from evalrapport.results.matching.columns import Column
from evalrapport.results.matching.design import Floats, Indices
from evalrapport.results.matching.nearest_neighbour import Matches, nearest
from evalrapport.results.propensity_match import IN_MODEL, People, fitted, whole
from evalrapport.step import Job

START = [c.name for c in COVARIATES if c.at == "start" and c.in_model]
YEAR = [c.name for c in COVARIATES if c.at == "year" and c.in_model]


def read_people(job: Job) -> tuple[People, Indices]:
    """The people of the job's draw with their covariates, and the month of their start (months
    since January 1970)."""
    draw = pc.field("draw") == int(job.wildcards["draw"])
    names = ["person_id", "treated", "start_date", *START]
    drawn = pq.read_table(job.input["effect_redraws"], columns=names, filters=draw)
    year = pq.read_table(job.input["effect_background"], columns=["person_id", *YEAR])
    ids = drawn["person_id"].to_numpy()
    rows = np.searchsorted(year["person_id"].to_numpy(), ids)

    def column(name: str) -> Column:
        return whole(drawn[name]) if name in START else whole(year[name])[rows]

    columns = [column(name) for name in IN_MODEL]
    people = People(ids, drawn["treated"].to_numpy(), columns)
    start = drawn["start_date"].to_numpy().astype("datetime64[M]").astype(np.int64)
    return people, start


def from_start(months: pa.Table, start: Indices, effect: Mapping[str, Any]) -> dict[str, Floats]:
    """Each outcome by month from the own start, (people,), by column name.

    Args:
        months: what the people do by month of the calendar, as `effect_months`.
        start: each person's month, since January 1970. effect: the settings of the analysis.
    """
    found: dict[str, Floats] = {}
    for outcome in calendar_months(months.column_names[1:]):
        for month in range(last_month(effect, outcome) + 1):
            column = np.empty(len(start))
            for first in np.unique(start):
                own = start == first
                name = calendar_column(outcome, add_months((1970, 1), int(first) + month))
                column[own] = months[name].to_numpy()[own]
            found[outcome_column(outcome, month)] = column
    return found


def differences(matches: Matches, treated: int, outcomes: dict[str, Floats]) -> pd.DataFrame:
    """One row per outcome column: name, effect (treated less their controls, on the average).

    Args:
        outcomes: of the matched treated, followed by those of each pair's control, by column.
        treated: how many of them are treated.
    """
    effect = [
        values[:treated].mean() - matches.weight @ values[treated:] / treated
        for values in outcomes.values()
    ]
    return pd.DataFrame({"name": list(outcomes), "effect": effect})


def effects_of(job: Job) -> pd.DataFrame:
    """Fit and match one draw, and compare what the matched do from their starts."""
    people, start = read_people(job)
    score = fitted(people)[2].probability
    matches = nearest(score[people.treated], score[~people.treated])
    matched = np.flatnonzero(people.treated)[matches.matched]
    used = np.concatenate([matched, np.flatnonzero(~people.treated)[matches.control]])
    told = pq.read_table(job.input["effect_months"])
    rows = np.searchsorted(told["person_id"].to_numpy(), people.person_id[used])
    outcomes = from_start(told.take(pa.array(rows)), start[used], job.settings["effect"])
    return differences(matches, len(matched), outcomes)


def step(job: Job) -> None:
    """People of the draws, background and what people do by month → the effects of one draw."""
    effects_of(job).to_parquet(job.output["redraw_effects"], index=False)
