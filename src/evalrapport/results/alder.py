"""Table 3.3 of SFI 15:10: recipients by age at the start of the episode.

The comparison groups' age is that primo the reference year (note 1). Intervals are explained in
`shares.shares`.
"""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.columns import by_column, values
from evalrapport.results.shares import bands, shares, summaries, table, write
from evalrapport.step import Job

TOTAL = "i_alt"
FIRST_YEAR = {
    "under_16": 0,
    "16_19_aar": 16,
    **{f"{low}_{low + 4}_aar": low for low in range(20, 65, 5)},
    "over_64": 65,
}
SUMMARIES = {"gennemsnit": "gennemsnit", "median": "median"}


def estimate(
    recipients: pd.DataFrame, comparison: pd.DataFrame, contract: TableContract
) -> pd.DataFrame:
    """The table's estimates.

    Args:
        recipients: start_year, age (full years).
        comparison: publicly_supported, kontanthjaelp, age.
    """
    ages = values(by_column(contract, recipients, comparison), "age")
    groups = {column: bands(age, FIRST_YEAR) for column, age in ages.items()}
    return table([shares(groups, list(FIRST_YEAR), TOTAL), summaries(ages, SUMMARIES)], contract)


def step(job: Job) -> None:
    """Recipients and comparison groups → the table's estimates."""
    recipients = pd.read_parquet(job.input["recipients"], columns=["start_year", "age"])
    names = ["publicly_supported", "kontanthjaelp", "age"]
    comparison = pd.read_parquet(job.input["comparison_groups"], columns=names)
    write(estimate(recipients, comparison, from_yaml(job.input["contract"])), job.output["alder"])
