"""The plainest tables of chapter 3: one variable, a row for each of its values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from evalrapport.contracts.result_table import TableContract
from evalrapport.results.columns import by_column, values
from evalrapport.results.shares import shares, table
from evalrapport.step import Job

TOTAL = "i_alt"
GROUPS = ["population", "publicly_supported", "kontanthjaelp"]


def divided(
    recipients: pd.DataFrame,
    comparison: pd.DataFrame | None,
    name: str,
    rows: Mapping[int, str] | None,
    contract: TableContract,
) -> pd.DataFrame:
    """Shares by one variable, with the total.

    Args:
        recipients: start_year and `name`.
        comparison: the groups of `GROUPS` that the contract has columns for, and `name`.
        rows: value → row id; None where the values are row ids. A value without a row is
            missing, and so not in the base.
    """
    people = values(by_column(contract, recipients, comparison), name)
    if rows is not None:
        people = {column: value.map(rows) for column, value in people.items()}
    printed = [row.id for row in contract.rows if row.role is None]
    return table([shares(people, printed, TOTAL)], contract)


def read(job: Job, names: Sequence[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Recipients with start_year and comparison groups with their membership, and `names`."""
    recipients = pd.read_parquet(job.input["recipients"], columns=["start_year", *names])
    others = pd.read_parquet(job.input["comparison_groups"], columns=[*GROUPS, *names])
    return recipients, others
