"""Figure B1.3: the accumulated difference in months enrolled in education."""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.effect_curve import accumulated_cells, curve
from evalrapport.results.shares import table, write
from evalrapport.step import Job

OUTCOME = "enrolled"


def estimate(matched_effects: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """The table's estimates from the dataset of matched effects."""
    return table([accumulated_cells(curve(matched_effects, OUTCOME))], contract)


def step(job: Job) -> None:
    """Matched effects → the figure's estimates."""
    effects = pd.read_parquet(job.input["matched_effects"])
    estimates = estimate(effects, from_yaml(job.input["contract"]))
    write(estimates, job.output["akkumuleret_under_uddannelse"])
