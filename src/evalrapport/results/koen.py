"""Table 3.4 of SFI 15:10: recipients by sex. Intervals are explained in `shares.shares`."""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.divided import divided, read
from evalrapport.results.shares import write
from evalrapport.step import Job

ROWS = {1: "maend", 2: "kvinder"}  # BEF's KOEN


def estimate(
    recipients: pd.DataFrame, comparison: pd.DataFrame, contract: TableContract
) -> pd.DataFrame:
    """The table's estimates, from start_year or group membership, and sex."""
    return divided(recipients, comparison, "sex", ROWS, contract)


def step(job: Job) -> None:
    """Recipients and comparison groups → the table's estimates."""
    write(estimate(*read(job, ["sex"]), from_yaml(job.input["contract"])), job.output["koen"])
