"""What effect could have been found: the power of the analysis with the people that there are.

And which months differ significantly, said in words, so that the text never names them by hand.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from evalrapport.contracts.datasets.effect_outcomes import ENROLLED, OUTCOMES
from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.danish import runs
from evalrapport.results.beskaeftigelse_uden_ydelse import OUTCOME
from evalrapport.results.effect_curve import Curve, curve
from evalrapport.results.matching.effects import accumulated, interval
from evalrapport.results.shares import found_cell, table, text_cell, write
from evalrapport.results.undergrupper import POWER
from evalrapport.step import Job

MONTHS = (1, 3, 6, 9, 12, 15, 18, 21)
ROWS = {
    "employed_without_benefit": "beskaeftigelse_uden_ydelse",
    "employed": "beskaeftigelse_i_alt",
    "su": "su",
    ENROLLED: "under_uddannelse",
}
TABLES = ("styrke", "signifikante_maaneder")
NONE = "ingen af månederne"


def power_cells(found: Curve) -> list[dict[str, Any]]:
    """Standard error and smallest effect found with 80 per cent probability."""
    errors = 100 * np.sqrt(np.diag(found.covariance))
    months = {int(month): place for place, month in enumerate(found.rows["month"])}
    rows = {
        f"maaned_{month}": (errors[months[month]], int(found.fewest[months[month]]))
        for month in MONTHS
        if month in months
    }
    total = float(accumulated(found.effect, found.covariance)[1][-1, -1] ** 0.5)
    rows["akkumuleret"] = (total, int(found.fewest.min()))
    out = []
    for row, (error, count) in rows.items():
        for column, value in (("standardfejl", error), ("mindste", POWER * error)):
            out.append(found_cell(row, column, "spredning", value, count, n=found.n))
    return out


def month_cells(found: Curve, row: str) -> list[dict[str, Any]]:
    """How many months lie surely below and above nought, and which.

    Told as numbers of months and in words; both follow from the intervals that the figures print.
    """
    lower, upper = interval(found.effect, found.covariance)
    months = found.rows["month"].to_numpy()
    out = []
    for side, inside in (("under", upper < 0), ("over", lower > 0)):
        which = [int(month) for month in months[inside]]
        words = f"måned {runs(which)}" if which else NONE
        n = found.n
        out.append(found_cell(row, f"antal_{side}", "spredning", len(which), n, n=n))
        out.append(text_cell(row, side, words, n, n=n))
    return out


def estimates(
    effects: pd.DataFrame, contracts: dict[str, TableContract]
) -> dict[str, pd.DataFrame]:
    """Both tables from the matched effects, of the outcomes that the contract has a row for."""
    known = {row.id for row in contracts["signifikante_maaneder"].rows}
    named = [
        one
        for one in (*OUTCOMES, ENROLLED)
        if ROWS.get(one) in known and (effects["outcome"] == one).any()
    ]
    months = [cell for one in named for cell in month_cells(curve(effects, one), ROWS[one])]
    frames = {"styrke": power_cells(curve(effects, OUTCOME)), "signifikante_maaneder": months}
    return {name: table([pd.DataFrame(cells)], contracts[name]) for name, cells in frames.items()}


def step(job: Job) -> None:
    """Matched effects → the estimates of both tables."""
    effects = pd.read_parquet(job.input["redrawn_effects"])
    contracts = {name: from_yaml(job.input[f"contract_{name}"]) for name in TABLES}
    for name, frame in estimates(effects, contracts).items():
        write(frame, job.output[name])
