"""Key numbers of figure 3 of STAR's note: episodes of 2015 by whole months."""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.benefit_groups import of_note
from evalrapport.results.shares import share_cell, table, write
from evalrapport.step import Job

YEAR, UP_TO = 2015, 12


def estimate(episodes: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """The table's estimates.

    Args:
        episodes: the dataset episode_benefits.
    """
    months = of_note(episodes, YEAR)["months"]
    counts = {
        row.id: int((months == int(row.id.removeprefix("maaneder_"))).sum())
        for row in contract.rows
        if row.id.startswith("maaneder_")
    }
    counts[f"hoejst_{UP_TO}"] = int((months <= UP_TO).sum())
    cells = [share_cell(row, "andel", count, len(months)) for row, count in counts.items()]
    return table([pd.DataFrame(cells)], contract)


def step(job: Job) -> None:
    """The dataset episode_benefits → the table's estimates."""
    rows = pd.read_parquet(job.input["episode_benefits"])
    write(estimate(rows, from_yaml(job.input["contract"])), job.output["varighed_noegletal"])
