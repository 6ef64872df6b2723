"""Table 3.8 of SFI 15:10: recipients by years on public support in the five years before.

Years are weeks with public support, SU excluded, among the 260 weeks before, divided by 52
(note 1). People who are not in DREAM got no support. Intervals: `shares.shares`.
"""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.columns import by_column, values
from evalrapport.results.divided import read
from evalrapport.results.history import before_day, before_start
from evalrapport.results.shares import bands, shares, summaries, table, write
from evalrapport.step import Job

WEEKS = "weeks_on_support_260"
WEEKS_PER_YEAR = 52
# The lowest number of weeks of each row.
# ASSUME: a whole number of years belongs to the row that ends there, as “0,01-1 år” holds one.
FIRST_WEEK = {
    "ingen": 0,
    "op_til_1_aar": 1,
    **{f"{year}_{year + 1}_aar": year * WEEKS_PER_YEAR + 1 for year in (1, 2, 3)},
    "4_til_under_5_aar": 4 * WEEKS_PER_YEAR + 1,
    "5_aar": 5 * WEEKS_PER_YEAR,
}
SUMMARIES = {"gennemsnit": "gennemsnit", "median": "median"}


def estimate(
    recipients: pd.DataFrame, comparison: pd.DataFrame, contract: TableContract
) -> pd.DataFrame:
    """The table's estimates, from start_year or group membership, and weeks_on_support_260."""
    weeks = values(by_column(contract, recipients, comparison), WEEKS)
    rows = {column: bands(number, FIRST_WEEK) for column, number in weeks.items()}
    years = {column: number / WEEKS_PER_YEAR for column, number in weeks.items()}
    return table([shares(rows, list(FIRST_WEEK), "i_alt"), summaries(years, SUMMARIES)], contract)


def step(job: Job) -> None:
    """Recipients, comparison groups and benefit history → the table's estimates."""
    recipients, comparison = read(job, ["person_id"])
    names = ["person_id", "before", WEEKS]
    history = pd.read_parquet(job.input["benefit_history"], columns=names)
    people = before_start(recipients, history), before_day(comparison, history)
    write(estimate(*people, from_yaml(job.input["contract"])), job.output["aar_paa_forsoergelse"])
