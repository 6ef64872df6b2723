"""Table 3.6 of SFI 15:10: recipients by highest completed education.

Education is that primo October of the year before the start, for the comparison groups primo
October before the reference day (note 1); what immigrants reported themselves is disregarded
(note 2): the datasets have seen to both. Intervals are explained in `shares.shares`.
"""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.divided import divided, read
from evalrapport.results.shares import write
from evalrapport.step import Job


def estimate(
    recipients: pd.DataFrame, comparison: pd.DataFrame, contract: TableContract
) -> pd.DataFrame:
    """The table's estimates, from start_year or group membership, and education_level."""
    return divided(recipients, comparison, "education_level", None, contract)


def step(job: Job) -> None:
    """Recipients and comparison groups → the table's estimates."""
    people = read(job, ["education_level"])
    write(estimate(*people, from_yaml(job.input["contract"])), job.output["uddannelse"])
