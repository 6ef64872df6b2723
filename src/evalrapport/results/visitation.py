"""Figure 3.1 of SFI 15:10: visitation group of those who start in 2014.

The group is that at the end of the quarter in which the episode starts. Intervals: `shares.shares`.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.columns import by_column, values
from evalrapport.results.shares import shares, table, write
from evalrapport.step import Job

READY_FOR_ACTIVITY, NONE = "aktivitetsparat", "ikke_visiteret"


def estimate(
    recipients: pd.DataFrame, contract: TableContract, codes_of: Mapping[str, int]
) -> pd.DataFrame:
    """The table's estimates.

    Args:
        recipients: start_year, visitation.
        codes_of: code of each row; every other code is no group.
    """
    row_of = {code: row for row, code in codes_of.items()}
    codes = values(by_column(contract, recipients), "visitation")
    rows = {column: code.map(row_of).astype(object).fillna(NONE) for column, code in codes.items()}
    kinds = {column: row.str.split(".").str[0] for column, row in rows.items()}
    main = [row.id for row in contract.rows if row.role is None and row.group is None]
    parts = [row.id for row in contract.rows if row.group == READY_FOR_ACTIVITY]
    others = [row for row in main if row != READY_FOR_ACTIVITY]
    return table([shares(kinds, main, "i_alt"), shares(rows, parts, unprinted=others)], contract)


def step(job: Job) -> None:
    """Recipients' visitation groups → the table's estimates."""
    columns = ["start_year", "visitation"]
    recipients = pd.read_parquet(job.input["visitation_groups"], columns=columns)
    contract, codes = from_yaml(job.input["contract"]), job.settings["visitation_codes"]
    write(estimate(recipients, contract, codes), job.output["visitation"])
