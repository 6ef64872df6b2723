"""Hours a week granted at the start of an episode, by kind of mentor (tables 3.11 and 3.12).

Hours are those at the start, though they may change (note 1); mean and median only of episodes
with hours above 0 (note 2). Some registered hours are errors, the very high ones above all
(footnote 10). Intervals are explained in `shares.shares`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.columns import by_column, values
from evalrapport.results.shares import bands, shares, summaries, table, write
from evalrapport.step import Job

NONE = "nul_eller_uoplyst"
# A row begins just above the whole hour on which the row before ends.
ABOVE = {
    **{f"{hour}_01_{hour + 1}_timer": hour for hour in range(5)},
    "5_01_10_timer": 5,
    "over_10_timer": 10,
}
LOWEST = {row: float(np.nextafter(hour, np.inf)) for row, hour in ABOVE.items()}
SUMMARIES = {"gennemsnit": "gennemsnit", "median": "median"}


def estimate(recipients: pd.DataFrame, kind: str, contract: TableContract) -> pd.DataFrame:
    """The estimates of one kind's table.

    Args:
        recipients: start_year, mentor_type, hours_per_week (may be missing).
        kind: `individuel` or `plads`.
    """
    own = recipients[recipients["mentor_type"] == kind]
    hours = values(by_column(contract, own), "hours_per_week")
    rows = {column: band(number) for column, number in hours.items()}
    positive = {column: number[number > 0] for column, number in hours.items()}
    cells = [shares(rows, [NONE, *LOWEST], "i_alt"), summaries(positive, SUMMARIES)]
    return table(cells, contract)


def band(hours: pd.Series) -> pd.Series:
    """Each episode's row: none or unknown, or the band of its hours."""
    return bands(hours, LOWEST).astype(object).fillna(NONE)


def write_table(job: Job, kind: str, name: str) -> None:
    """Recipients → one kind's table."""
    columns = ["start_year", "mentor_type", "hours_per_week"]
    recipients = pd.read_parquet(job.input["recipients"], columns=columns)
    write(estimate(recipients, kind, from_yaml(job.input["contract"])), job.output[name])
