"""Figure 3.3 of SFI 15:10: the share with wage income in the month in which the episode starts.

The income may be from ordinary work or from a paid measure (løntilskud, fleksjob). The base is
those in DREAM, as in table 3.9. Intervals are explained in `shares.shares`.
"""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.columns import by_column, values
from evalrapport.results.history import before_start
from evalrapport.results.shares import bases, shares, table, write
from evalrapport.step import Job

EMPLOYED = "employed_in_month"
ROW, NONE, BASE = "loenindkomst", "ingen", "beregningsgrundlag"


def estimate(recipients: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """The table's estimates, from start_year and employed_in_month (bool)."""
    employed = values(by_column(contract, recipients), EMPLOYED)
    rows = {column: flag.map({True: ROW, False: NONE}) for column, flag in employed.items()}
    people = bases(BASE, {column: len(flag) for column, flag in employed.items()})
    return table([shares(rows, [ROW], unprinted=[NONE]), people], contract)


def step(job: Job) -> None:
    """Recipients and employment months → the table's estimates."""
    recipients = pd.read_parquet(job.input["recipients"], columns=["person_id", "start_year"])
    names = ["person_id", "before", EMPLOYED]
    months = pd.read_parquet(job.input["employment_months"], columns=names)
    found = estimate(before_start(recipients, months), from_yaml(job.input["contract"]))
    write(found, job.output["loenindkomst_ved_start"])
