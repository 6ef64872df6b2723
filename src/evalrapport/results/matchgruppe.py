"""Table 3.7 of SFI 15:10: recipients by match group.

The group is that at the end of the quarter in which the episode starts, for the comparison groups
at the end of the reference day's quarter (note 1); 2014 starters get their last group before 2014
(text), and people not in DREAM have none (note 2). Intervals are explained in `shares.shares`.
"""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.divided import divided, read
from evalrapport.results.shares import write
from evalrapport.step import Job

ROWS = {0: "ingen", 1: "matchgruppe_1", 2: "matchgruppe_2", 3: "matchgruppe_3"}


def estimate(
    recipients: pd.DataFrame, comparison: pd.DataFrame, contract: TableContract
) -> pd.DataFrame:
    """The table's estimates, from start_year or group membership, and match_group."""
    return divided(recipients, comparison, "match_group", ROWS, contract)


def step(job: Job) -> None:
    """Recipients and comparison groups → the table's estimates."""
    people = read(job, ["match_group"])
    write(estimate(*people, from_yaml(job.input["contract"])), job.output["matchgruppe"])
