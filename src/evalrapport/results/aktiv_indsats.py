"""Table 3.2 of SFI 15:10: recipients by the active measure of the week in which the episode starts.

The measure is read from the DREAM code: in most benefits its last digit (3 guidance, 4 ordinary
education, 5 and 6 wage subsidies, 7 and 8 work placement, 9 nytteindsats), as the code list's
column activation_group states code by code. Mentor support is no measure of its own in any year
(footnote 9); voksenuddannelsesstøtte and voksenlærlinge count with self-support (note 2). The
comparison groups are measured in the reference week (note 1). Intervals: `shares.shares`.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.columns import by_column, values
from evalrapport.results.shares import bases, shares, table, write
from evalrapport.step import Job

ACTIVE, PASSIVE, SELF, TOTAL, BASE = (
    *("aktiv", "passiv", "selvforsoergelse_su"),
    *("i_alt", "beregningsgrundlag"),
)
# ASSUME: folkepension, or moved away or dead by the week's end, counts as passive, as table 3.1
# counts those codes among the other benefits: the table's base is everyone.
OUTSIDE = "uden_for"


def read_measures(path: Path) -> pd.Series:
    """DREAM code → row id of table 3.2, from the code list."""
    measures: pd.Series = pd.read_csv(path).set_index("code")["activation_group"]
    return measures.replace(OUTSIDE, PASSIVE)


def estimate(
    recipients: pd.DataFrame,
    comparison: pd.DataFrame,
    measures: pd.Series,
    contract: TableContract,
) -> pd.DataFrame:
    """The table's estimates.

    Args:
        recipients: start_year, benefit_code.
        comparison: publicly_supported, kontanthjaelp, benefit_code.
        measures: from `read_measures`.
    """
    codes = values(by_column(contract, recipients, comparison), "benefit_code")
    rows = {column: code.map(measures).astype(object) for column, code in codes.items()}
    kinds = {column: row.str.split(".").str[0] for column, row in rows.items()}
    active = [row.id for row in contract.rows if row.group == ACTIVE]
    parts = shares(rows, active, unprinted=[PASSIVE, SELF])
    counts = bases(BASE, {column: len(code) for column, code in codes.items()})
    return table([shares(kinds, [ACTIVE, PASSIVE, SELF], TOTAL), parts, counts], contract)


def step(job: Job) -> None:
    """Recipients, comparison groups and code list → the table's estimates."""
    recipients = pd.read_parquet(job.input["recipients"], columns=["start_year", "benefit_code"])
    names = ["publicly_supported", "kontanthjaelp", "benefit_code"]
    comparison = pd.read_parquet(job.input["comparison_groups"], columns=names)
    measures = read_measures(job.input["benefit_codes"])
    found = estimate(recipients, comparison, measures, from_yaml(job.input["contract"]))
    write(found, job.output["aktiv_indsats"])
