"""Annex table 1 of STAR's note: municipalities' episodes of 2015, their months and hours."""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.benefit_groups import count_cell, mean_cell, of_note
from evalrapport.results.shares import table, write
from evalrapport.step import Job

YEAR, PREFIX = 2015, "kommune_"


def estimate(episodes: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """The table's estimates.

    # ASSUME: episodes started in 2015. The printed title says week 20 of 2016, but the numbers add
    # up to 6,674, as many as started in 2015 (4,600 and 2,100), not to the 4,089 of that week.

    Args:
        episodes: the dataset episode_benefits.
    """
    own = of_note(episodes, YEAR)
    by_place = dict(list(own.groupby("municipality_code")))
    cells = []
    for row in (row.id for row in contract.rows):
        place = by_place.get(int(row.removeprefix(PREFIX)), own.iloc[:0])
        people = place["person_id"].nunique()
        cells.append(count_cell(row, "antal", len(place), people))
        cells.append(mean_cell(row, "varighed", place["months"], people))
        cells.append(mean_cell(row, "timer", place["hours_per_week"], people))
    return table([pd.DataFrame(cells)], contract)


def step(job: Job) -> None:
    """The dataset episode_benefits → the table's estimates."""
    rows = pd.read_parquet(job.input["episode_benefits"])
    write(estimate(rows, from_yaml(job.input["contract"])), job.output["mentorforloeb_i_kommuner"])
