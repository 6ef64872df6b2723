"""Figure 5 of STAR's note: episodes of 2015 with another active measure beside them."""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.benefit_groups import of_note
from evalrapport.results.shares import bases, share_cell, table, write
from evalrapport.step import Job

YEAR = 2015


def estimate(episodes: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """The table's estimates.

    Args:
        episodes: the dataset episode_benefits.
    """
    own = of_note(episodes, YEAR)
    cells, number = [], {}
    for column in (column.id for column in contract.columns):
        other = own.loc[own["benefit_group"] == column, "other_measure"]
        number[column] = len(other)
        held = int(other.sum())
        cells.append(share_cell("med_anden_indsats", column, held, len(other)))
        cells.append(share_cell("uden_anden_indsats", column, len(other) - held, len(other)))
    return table([pd.DataFrame(cells), bases("beregningsgrundlag", number)], contract)


def step(job: Job) -> None:
    """The dataset episode_benefits → the table's estimates."""
    rows = pd.read_parquet(job.input["episode_benefits"])
    write(estimate(rows, from_yaml(job.input["contract"])), job.output["anden_indsats"])
