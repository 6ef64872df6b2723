"""Figure 3.1 of SFI 15:10: visitation group of those who start in 2014.

The group is that at the end of the quarter in which the episode starts. Intervals: `shares.shares`.
"""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.columns import by_column, values
from evalrapport.results.shares import shares, table, write
from evalrapport.step import Job

READY_FOR_ACTIVITY, NONE = "aktivitetsparat", "ikke_visiteret"
# ASSUME: the codes of contracts/codes/visitation.csv; no public list of DREAM's own was found.
ROWS = {
    1: "jobparat",
    2: "aktivitetsparat.kontanthjaelp",
    3: "aabenlyst_uddannelsesparat",
    4: "uddannelsesparat",
    5: "aktivitetsparat.uddannelseshjaelp",
}


def estimate(recipients: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """The table's estimates, from start_year and visitation; every other code is no group."""
    codes = values(by_column(contract, recipients), "visitation")
    rows = {column: code.map(ROWS).astype(object).fillna(NONE) for column, code in codes.items()}
    kinds = {column: row.str.split(".").str[0] for column, row in rows.items()}
    main = [row.id for row in contract.rows if row.role is None and row.group is None]
    parts = [row.id for row in contract.rows if row.group == READY_FOR_ACTIVITY]
    others = [row for row in main if row != READY_FOR_ACTIVITY]
    return table([shares(kinds, main, "i_alt"), shares(rows, parts, unprinted=others)], contract)


def step(job: Job) -> None:
    """Recipients' visitation groups → the table's estimates."""
    columns = ["start_year", "visitation"]
    recipients = pd.read_parquet(job.input["visitation_groups"], columns=columns)
    write(estimate(recipients, from_yaml(job.input["contract"])), job.output["visitation"])
