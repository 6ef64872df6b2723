"""Figure 1 of STAR's note: who has a mentor in the reference week, by benefit."""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.benefit_groups import count_cell
from evalrapport.results.shares import share_cell, table, write
from evalrapport.step import Job


def estimate(people: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """The table's estimates.

    Args:
        people: the dataset benefit_week.
    """
    cells = []
    for row in (row.id for row in contract.rows):
        own = people[people["benefit_group"] == row]
        cells.append(share_cell(row, "andel", int(own["mentor"].sum()), len(own)))
        cells.append(count_cell(row, "personer", len(own)))
    return table([pd.DataFrame(cells)], contract)


def step(job: Job) -> None:
    """The dataset benefit_week → the table's estimates."""
    rows = pd.read_parquet(job.input["benefit_week"])
    write(estimate(rows, from_yaml(job.input["contract"])), job.output["mentor_i_uge"])
