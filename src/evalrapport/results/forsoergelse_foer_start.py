"""Figure 3.2 of SFI 15:10: what recipients lived on in the 260 weeks before the start.

The benefit groups are those of table 3.1, small ones put together so that the picture can be read.
Intervals are explained in `shares.shares`.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.columns import ALL
from evalrapport.results.shares import share_cell, table, write
from evalrapport.step import Job

SHOWN = ("kontanthjaelp", "sygedagpenge", "a_dagpenge", "su", "selvforsoergelse")
# ASSUME: weeks outside the groups of table 3.1 (abroad, folkepension) count as other benefits, as
# in table 3.1 itself; the base is everyone.
OTHER = "oevrige"


def weeks_of(contract: TableContract) -> list[int]:
    """The weeks before the start that the contract has rows for (`uge_260` …)."""
    return [int(group.id.removeprefix("uge_")) for group in contract.row_groups]


def estimate(by_week: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """The table's estimates.

    Args:
        by_week: start_year, weeks_before, benefit_group, persons, base.
    """
    base = int(by_week.drop_duplicates("start_year")["base"].sum())
    group = by_week["benefit_group"].astype(object)
    shown = by_week.assign(band=group.where(group.isin(SHOWN), OTHER))
    persons = shown.groupby(["weeks_before", "band"], observed=True)["persons"].sum()
    cells: list[dict[str, Any]] = [
        share_cell(f"uge_{week}.{band}", ALL, int(persons.get((week, band), 0)), base)
        for week in weeks_of(contract)
        for band in (*SHOWN, OTHER)
    ]
    return table([pd.DataFrame(cells)], contract)


def step(job: Job) -> None:
    """Recipients by benefit in each week before the start → the table's estimates."""
    by_week = pd.read_parquet(job.input["benefit_before_start"])
    found = estimate(by_week, from_yaml(job.input["contract"]))
    write(found, job.output["forsoergelse_foer_start"])
