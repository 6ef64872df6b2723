"""Figure 4 of STAR's note: mean weekly hours by the registration's start year."""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.benefit_groups import mean_cell, of_note
from evalrapport.results.shares import Z_95, table, write
from evalrapport.step import Job

YEARS = (2015, 2016)


def estimate(registrations: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """The table's estimates; intervals are normal approximations of the mean's error.

    Args:
        registrations: the dataset hour_registrations.
    """
    cells, variance = [], []
    for year in YEARS:
        own = of_note(registrations, year)
        hours = own["hours_per_week"]
        cell = mean_cell("alle", str(year), hours, own["person_id"].nunique())
        variance.append(float(hours.var(ddof=1)) / max(len(hours), 1))
        cells.append(cell | ends(cell["value"], variance[-1]))
    change = cells[1]["value"] - cells[0]["value"]
    people = {"n": min(cell["n"] for cell in cells), "count": min(c["count"] for c in cells)}
    at = {"row": "alle", "column": "forskel", "statistic": "forskel", "status": "ok"}
    cells.append({**at, **people, "value": change, **ends(change, sum(variance))})
    return table([pd.DataFrame(cells)], contract)


def ends(value: float, variance: float) -> dict[str, float]:
    """The ends of the 95 per cent interval."""
    half = Z_95 * variance**0.5
    return {"lower": value - half, "upper": value + half}


def step(job: Job) -> None:
    """The dataset hour_registrations → the table's estimates."""
    rows = pd.read_parquet(job.input["hour_registrations"])
    write(estimate(rows, from_yaml(job.input["contract"])), job.output["timer_efter_startaar"])
