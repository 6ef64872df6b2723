"""Table 3.1 of SFI 15:10: recipients by the benefit of the week in which the episode starts.

The comparison column shows those with a public benefit (SU excluded) in the reference week, by
that benefit. Intervals are explained in `shares.shares`.
"""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.columns import by_column, values
from evalrapport.results.shares import bases, shares, table, write
from evalrapport.step import Job

TOTAL, BASE = "i_alt", "beregningsgrundlag"
# ASSUME: the few with a code outside the groups of the table (folkepension, or moved away or dead
# by the week's end) are counted with the other benefits, since the table's base is everyone.
OUTSIDE, OTHER = "uden_for", "andre"


def estimate(
    recipients: pd.DataFrame, comparison: pd.DataFrame, contract: TableContract
) -> pd.DataFrame:
    """The table's estimates.

    Args:
        recipients: start_year, benefit_group.
        comparison: publicly_supported, benefit_group.
    """
    people = values(by_column(contract, recipients, comparison), "benefit_group")
    groups = {
        column: group.astype(object).replace(OUTSIDE, OTHER) for column, group in people.items()
    }
    rows = [row.id for row in contract.rows if row.role is None]
    base = bases(BASE, {column: len(group) for column, group in groups.items()})
    return table([shares(groups, rows, TOTAL), base], contract)


def step(job: Job) -> None:
    """Recipients and comparison groups → the table's estimates."""
    recipients = pd.read_parquet(job.input["recipients"], columns=["start_year", "benefit_group"])
    names = ["publicly_supported", "benefit_group"]
    comparison = pd.read_parquet(job.input["comparison_groups"], columns=names)
    write(estimate(recipients, comparison, from_yaml(job.input["contract"])), job.output["ydelse"])
