"""Figure 2 of STAR's note: who has a mentor in the reference week, by municipality."""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.benefit_groups import NOTE_GROUPS, count_cell
from evalrapport.results.shares import share_cell, table, write
from evalrapport.step import Job

PREFIX, COUNTRY = "kommune_", "hele_landet"


def estimate(people: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """The table's estimates; both groups of benefits together.

    Args:
        people: the dataset benefit_week.
    """
    people = people[people["benefit_group"].isin(NOTE_GROUPS)]
    by_place = people.groupby("municipality_code")["mentor"].agg(["sum", "size"])
    cells = []
    for row in (row.id for row in contract.rows if row.id.startswith(PREFIX)):
        mentors, number = by_place.reindex([int(row.removeprefix(PREFIX))], fill_value=0).iloc[0]
        cells.append(share_cell(row, "andel", int(mentors), int(number)))
        cells.append(count_cell(row, "personer", int(number)))
    cells.append(share_cell(COUNTRY, "andel", int(people["mentor"].sum()), len(people)))
    cells.append(count_cell(COUNTRY, "personer", len(people)))
    return table([pd.DataFrame(cells)], contract)


def step(job: Job) -> None:
    """The dataset benefit_week → the table's estimates."""
    rows = pd.read_parquet(job.input["benefit_week"])
    write(estimate(rows, from_yaml(job.input["contract"])), job.output["mentor_i_uge_kommuner"])
