"""Table 3.9 of SFI 15:10: recipients by months with wage income in the four years before.

A few hours make a month count, and so does a paid measure (note 1). The base is those in DREAM,
where the months stand: somewhat fewer than in table 3.1. Intervals: `shares.shares`.
"""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.columns import by_column, values
from evalrapport.results.divided import read
from evalrapport.results.history import before_day, before_start
from evalrapport.results.shares import bands, bases, shares, summaries, table, write
from evalrapport.step import Job

MONTHS = "months_employed_48"
FIRST_MONTH = {
    "ingen": 0,
    "1_12_maaneder": 1,
    "13_24_maaneder": 13,
    "25_36_maaneder": 25,
    "37_47_maaneder": 37,
    "48_maaneder": 48,
}
SUMMARIES = {"gennemsnit": "gennemsnit", "median": "median"}


def estimate(
    recipients: pd.DataFrame, comparison: pd.DataFrame, contract: TableContract
) -> pd.DataFrame:
    """The table's estimates, from start_year or group membership, and months_employed_48."""
    months = values(by_column(contract, recipients, comparison), MONTHS)
    rows = {column: bands(number, FIRST_MONTH) for column, number in months.items()}
    people = bases("beregningsgrundlag", {column: len(held) for column, held in months.items()})
    cells = [shares(rows, list(FIRST_MONTH), "i_alt"), summaries(months, SUMMARIES), people]
    return table(cells, contract)


def step(job: Job) -> None:
    """Recipients, comparison groups and employment months → the table's estimates."""
    recipients, comparison = read(job, ["person_id"])
    names = ["person_id", "before", MONTHS]
    history = pd.read_parquet(job.input["employment_months"], columns=names)
    people = before_start(recipients, history), before_day(comparison, history)
    found = estimate(*people, from_yaml(job.input["contract"]))
    write(found, job.output["maaneder_i_beskaeftigelse"])
