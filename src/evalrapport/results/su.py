"""Students' grants (SU) by month: told in the text of SFI 15:10, chapter 5, without a figure."""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.effect_curve import curve, monthly_cells
from evalrapport.results.shares import table, write
from evalrapport.step import Job

OUTCOME = "su"


def estimate(matched_effects: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """The table's estimates from the dataset of matched effects."""
    return table([monthly_cells(curve(matched_effects, OUTCOME))], contract)


def step(job: Job) -> None:
    """Matched effects → the figure's estimates."""
    effects = pd.read_parquet(job.input["matched_effects"])
    estimates = estimate(effects, from_yaml(job.input["contract"]))
    write(estimates, job.output["su"])
