"""Figure 5.3: enrolment in education by month, of the treated and their matched controls."""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.effect_curve import curve, monthly_cells
from evalrapport.results.shares import table, write
from evalrapport.step import Job

OUTCOME = "enrolled"


def estimate(matched_effects: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """The table's estimates from the dataset of matched effects."""
    return table([monthly_cells(curve(matched_effects, OUTCOME))], contract)


def step(job: Job) -> None:
    """Matched effects → the figure's estimates."""
    effects = pd.read_parquet(job.input["matched_effects"])
    estimates = estimate(effects, from_yaml(job.input["contract"]))
    write(estimates, job.output["under_uddannelse"])
