"""Text at figure 4 of STAR's note: mean weekly hours over all registrations."""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.benefit_groups import mean_cell, of_note
from evalrapport.results.shares import table, write
from evalrapport.step import Job


def estimate(registrations: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """The table's estimates.

    Args:
        registrations: the dataset hour_registrations.
    """
    own = of_note(registrations)
    cell = mean_cell("alle", "gennemsnit", own["hours_per_week"], own["person_id"].nunique())
    return table([pd.DataFrame([cell])], contract)


def step(job: Job) -> None:
    """The dataset hour_registrations → the table's estimates."""
    rows = pd.read_parquet(job.input["hour_registrations"])
    write(estimate(rows, from_yaml(job.input["contract"])), job.output["timer_pr_uge"])
