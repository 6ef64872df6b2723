"""The effect analysis's population and covariates once more, for each redraw of the start dates.

Whoever starts no episode has a start date that is drawn (Lechner 1999). Another draw gives other
covariates, other matches and another effect; how far these lie apart is part of the uncertainty.
What doesn't depend on the date (`effect_background`, `effect_months`) is not made again, and DREAM
is read once for all draws.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from evalrapport.contracts.datasets.effect_redraws import EFFECT_REDRAWS
from evalrapport.datasets import benefits
from evalrapport.datasets.covariate_functions import of_start
from evalrapport.datasets.dream_columns import chunks_of
from evalrapport.datasets.effect_covariates import (
    BLOCK,
    Codes,
    Span,
    calendar_of,
    read_codes,
    span,
)
from evalrapport.datasets.effect_population import (
    excluded_codes,
    first_starts,
    mentored_before,
    pseudo_starts,
    read_episodes,
    window_of,
)
from evalrapport.datasets.files import arrow_schema, table_of
from evalrapport.datasets.history import Calendar
from evalrapport.datasets.people import days_of
from evalrapport.step import Job
from evalrapport.stripes import in_order

Array = npt.NDArray[Any]
Columns = dict[str, Array]


@dataclass(frozen=True)
class Eligible:
    """Who can be in the population whatever the start dates.

    person_id: ascending; treated: bool; start: datetime64[D], of the treated; `dates`: all starts
    of the treated, from which the others' are drawn.
    """

    person_id: Array
    treated: Array
    start: Array
    dates: Array

    def drawn(self, rows: Array, seed: int) -> Array:
        """The start dates of some people under one draw."""
        own = self.start[rows]
        others = ~self.treated[rows]
        own[others] = pseudo_starts(self.person_id[rows][others], self.dates, seed)
        return own


def eligible(job: Job) -> Eligible:
    """Everyone of the ages without a mentor in the month before; starters only if treated."""
    episodes = read_episodes(job)
    background = pq.read_table(job.input["effect_background"], columns=["person_id"])
    persons = background["person_id"].to_numpy()
    population = pd.read_parquet(job.input["effect_population"])
    own = population[population["treated"]]
    starters = first_starts(episodes, *window_of(job)).index.to_numpy()
    mentored = mentored_before(job, episodes)
    out = np.setdiff1d(np.union1d(starters, mentored), own["person_id"].to_numpy())
    persons = persons[~np.isin(persons, out)]
    start = np.zeros(len(persons), dtype="datetime64[D]")
    place = np.searchsorted(persons, own["person_id"].to_numpy())
    dates = days_of(own["start_date"])
    start[place] = dates
    treated = np.zeros(len(persons), dtype=bool)
    treated[place] = True
    return Eligible(persons, treated, start, dates)


def redrawn(
    people: Eligible,
    rows: Array,
    matrices: list[Array],
    wanted: Span,
    look: Codes,
    excluded: Array,
    seeds: list[int],
) -> list[Columns]:
    """The columns of some people under each draw, less those on an excluded benefit.

    Args:
        rows: places among the eligible. matrices: DREAM's codes, industries and match groups
            (people, periods). excluded: bool by DREAM code.
    """

    def of_block(block: slice) -> list[Columns]:
        codes, industries, match = (matrix[block] for matrix in matrices)
        calendar, who = calendar_of(codes.T, industries.T, look), rows[block]
        return [drawn_columns(calendar, who, codes, match, seed) for seed in seeds]

    def drawn_columns(
        calendar: Calendar, who: Array, codes: Array, match: Array, seed: int
    ) -> Columns:
        starts = people.drawn(who, seed)
        history = wanted.looked_at(calendar, starts, match)
        kept = people.treated[who] | ~excluded[codes[np.arange(len(who)), history.week]]
        told: Columns = {"person_id": people.person_id[who], "treated": people.treated[who]}
        told |= {"start_date": starts, **of_start(history)}
        return {name: values[kept] for name, values in told.items()}

    draws = zip(*in_order(of_block, len(rows), BLOCK), strict=True)
    return [{n: np.concatenate([part[n] for part in own]) for n in own[0]} for own in draws]


def redraws(job: Job) -> Iterator[pa.Table]:
    """The rows of each draw, for each part of DREAM."""
    people = eligible(job)
    wanted = span(*window_of(job))
    look = read_codes(job.input["benefit_codes"], job.settings["benefit_grouping"])
    excluded = np.zeros(benefits.CODES, dtype=bool)
    excluded[excluded_codes(job.input["benefit_codes"])] = True
    effect = job.settings["effect"]
    draws = range(1, int(effect["redraws"]) + 1)
    seeds = [int(effect["pseudo_start_seed"]) + draw for draw in draws]
    for rows, matrices in chunks_of(job.input["dream"], wanted.columns, people.person_id):
        told = redrawn(people, rows, matrices, wanted, look, excluded, seeds)
        for draw, columns in zip(draws, told, strict=True):
            number = np.full(len(columns["person_id"]), draw, dtype=np.int16)
            yield table_of({"draw": number, **columns}, EFFECT_REDRAWS)


def write(tables: Iterator[pa.Table], path: Path) -> None:
    """One row group per table: a reader of one draw skips those of the others by their bounds."""
    with pq.ParquetWriter(path, arrow_schema(EFFECT_REDRAWS), compression="zstd") as file:
        for table in tables:
            file.write_table(table)


def step(job: Job) -> None:
    """Episodes, population, background and DREAM → people and covariates of every redraw."""
    write(redraws(job), job.output["effect_redraws"])
