"""Footnote 10 of SFI 15:10: episodes with 37 or more hours a week, which may be errors."""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.columns import by_column, values
from evalrapport.results.mentortype import ROWS
from evalrapport.results.shares import shares, table, write
from evalrapport.step import Job

FULL_TIME = 37
ALL, FEWER = "alle_forloeb", "faerre"


def estimate(recipients: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """The table's estimates.

    Missing hours are fewer than 37. Episodes without a registered kind are left out.

    Args:
        recipients: start_year, mentor_type, hours_per_week.
    """
    known = recipients[recipients["mentor_type"].isin(list(ROWS))]
    kinds = {ALL: known} | {row: known[known["mentor_type"] == kind] for kind, row in ROWS.items()}
    cells = []
    for row, own in kinds.items():
        hours = values(by_column(contract, own), "hours_per_week")
        long = {column: (number >= FULL_TIME) for column, number in hours.items()}
        named = {column: flag.map({True: row, False: FEWER}) for column, flag in long.items()}
        cells.append(shares(named, [row], unprinted=[FEWER]))
    return table(cells, contract)


def step(job: Job) -> None:
    """Recipients → the table's estimates."""
    columns = ["start_year", "mentor_type", "hours_per_week"]
    recipients = pd.read_parquet(job.input["recipients"], columns=columns)
    write(estimate(recipients, from_yaml(job.input["contract"])), job.output["timer_37"])
