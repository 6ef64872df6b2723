"""Table 2 of STAR's note: new benefit spells with a mentor in the same calendar year."""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.benefit_groups import by_year
from evalrapport.results.shares import write
from evalrapport.step import Job


def estimate(spells: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """The table's estimates.

    Args:
        spells: the dataset benefit_spells.
    """
    return by_year(spells, contract)


def step(job: Job) -> None:
    """The dataset benefit_spells → the table's estimates."""
    rows = pd.read_parquet(job.input["benefit_spells"])
    write(estimate(rows, from_yaml(job.input["contract"])), job.output["nye_ydelsesforloeb"])
