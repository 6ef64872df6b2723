"""Table 1 of STAR's note: all episodes of a year by benefit at their start."""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.benefit_groups import divided
from evalrapport.results.shares import table, write
from evalrapport.step import Job


def years_of(contract: TableContract) -> list[int]:
    """The years that the contract has columns for."""
    names = [column.id for column in contract.columns]
    return [int(name.removeprefix("antal_")) for name in names if name.startswith("antal_")]


def estimate(episodes: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """The table's estimates.

    Args:
        episodes: the dataset episode_benefits.
    """
    # ASSUME: førtidspensionister with a mentor are among the other benefits; the note leaves them
    # out of its analysis, but the table's total is all episodes.
    rows = [row.id for row in contract.rows if row.role is None]
    cells = []
    for year in years_of(contract):
        groups = episodes.loc[episodes["start_year"] == year, "benefit_group"]
        cells += divided(groups, rows, year)
    return table([pd.DataFrame(cells)], contract)


def step(job: Job) -> None:
    """The dataset episode_benefits → the table's estimates."""
    rows = pd.read_parquet(job.input["episode_benefits"])
    write(estimate(rows, from_yaml(job.input["contract"])), job.output["ydelse_ved_start"])
