"""Table 3.10 of SFI 15:10: episodes by the kind of mentor at the start.

An individuel mentor supports one citizen; a pladsmentor may support several in one company or
school. Episodes whose kind is not registered are not in the base. Intervals: `shares.shares`.
"""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.columns import by_column, values
from evalrapport.results.shares import shares, table, write
from evalrapport.step import Job

ROWS = {"individuel": "individuel_mentor", "plads": "pladsmentor"}


def estimate(recipients: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """The table's estimates, from start_year and mentor_type."""
    types = values(by_column(contract, recipients), "mentor_type")
    rows = {column: kind.astype(object).map(ROWS) for column, kind in types.items()}
    return table([shares(rows, list(ROWS.values()), "i_alt")], contract)


def step(job: Job) -> None:
    """Recipients → the table's estimates."""
    recipients = pd.read_parquet(job.input["recipients"], columns=["start_year", "mentor_type"])
    write(estimate(recipients, from_yaml(job.input["contract"])), job.output["mentortype"])
