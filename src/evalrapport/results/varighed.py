"""Table 3.13 of SFI 15:10: recipients' episodes by duration in days.

An episode is what is left when adjoining parts are joined, and its end may be a planned one: some
are unrealistically long, some too short because parts stayed apart (footnote 11). Intervals are
explained in `shares.shares`.
"""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.columns import by_column, values
from evalrapport.results.shares import bands, shares, summaries, table, write
from evalrapport.step import Job

TOTAL = "i_alt"
FIRST_DAY = {
    **{f"{low}_{low + 29}_dage": low for low in range(1, 210, 30)},
    "211_360_dage": 211,
    "over_360_dage": 361,
}
SUMMARIES = {"gennemsnit": "gennemsnit", "median": "median"}


def estimate(recipients: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """The table's estimates.

    Args:
        recipients: start_year, duration_days (start and end day both counted).
    """
    days = values(by_column(contract, recipients), "duration_days")
    groups = {column: bands(duration, FIRST_DAY) for column, duration in days.items()}
    return table([shares(groups, list(FIRST_DAY), TOTAL), summaries(days, SUMMARIES)], contract)


def step(job: Job) -> None:
    """Recipients → the table's estimates."""
    recipients = pd.read_parquet(job.input["recipients"], columns=["start_year", "duration_days"])
    write(estimate(recipients, from_yaml(job.input["contract"])), job.output["varighed"])
