"""Table 1 of STAR's note: all episodes of a year by benefit at their start."""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.benefit_groups import by_year
from evalrapport.results.shares import write
from evalrapport.step import Job


def estimate(episodes: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """The table's estimates.

    Args:
        episodes: the dataset episode_benefits.
    """
    # ASSUME: førtidspensionister with a mentor are among the other benefits; the note leaves them
    # out of its analysis, but the table's total is all episodes.
    return by_year(episodes, contract)


def step(job: Job) -> None:
    """The dataset episode_benefits → the table's estimates."""
    rows = pd.read_parquet(job.input["episode_benefits"])
    write(estimate(rows, from_yaml(job.input["contract"])), job.output["ydelse_ved_start"])
