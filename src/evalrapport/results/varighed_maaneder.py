"""Figure 3 of STAR's note: episodes of 2015 by duration in whole months."""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.benefit_groups import of_note
from evalrapport.results.shares import bands, shares, summaries, table, write
from evalrapport.step import Job

YEAR = 2015


def estimate(episodes: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """The table's estimates.

    Args:
        episodes: the dataset episode_benefits.
    """
    months = of_note(episodes, YEAR)["months"]
    rows = [row.id for row in contract.rows if row.role is None]
    lows = {row: low for low, row in enumerate(rows)}
    found = shares({"andel": bands(months, lows)}, rows)
    means = summaries({"andel": months}, {"gennemsnit": "gennemsnit", "median": "median"})
    return table([found, means], contract)


def step(job: Job) -> None:
    """The dataset episode_benefits → the table's estimates."""
    rows = pd.read_parquet(job.input["episode_benefits"])
    write(estimate(rows, from_yaml(job.input["contract"])), job.output["varighed_maaneder"])
