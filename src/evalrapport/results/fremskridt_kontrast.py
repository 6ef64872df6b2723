"""The central contrast: how many mentors and how many citizens see progress, and the difference.

Mentors and citizens are not pairs, so the samples count as independent; and the mentors are no
probability sample, so the interval says how sure the figures are, not how typical the mentors are.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.shares import share_cell, table, write
from evalrapport.results.survey_intervals import difference
from evalrapport.step import Job

BETTER = {"klare": ("meget_bedre", "noget_bedre"), "ansvar": ("meget_mere", "lidt_mere")}


def counted(values: pd.Series, answers: tuple[str, ...]) -> tuple[int, int]:
    """Those who give one of the answers, of those who answered."""
    known = values.dropna()
    return int(known.isin(answers).sum()), len(known)


def estimate(
    citizens: pd.DataFrame, mentors: pd.DataFrame, contract: TableContract
) -> pd.DataFrame:
    """All cells; both frames have the columns klare and ansvar."""
    cells: list[dict[str, Any]] = []
    for row, answers in BETTER.items():
        theirs = {
            "mentorer": counted(mentors[row], answers),
            "borgere": counted(citizens[row], answers),
        }
        cells += [share_cell(row, column, *both) for column, both in theirs.items()]
        gap, low, high = difference(theirs["mentorer"], theirs["borgere"])
        smallest = min(n for _, n in theirs.values())
        at = {"row": row, "column": "forskel", "statistic": "forskel", "status": "ok"}
        numbers = {"value": gap, "lower": low, "upper": high, "n": smallest, "count": smallest}
        cells.append({**at, **numbers})
    return table([pd.DataFrame(cells).assign(text="")], contract)


def step(job: Job) -> None:
    """Respondents of both surveys → the table's estimates."""
    citizens, mentors = (pd.read_parquet(job.input[name]) for name in ("citizens", "mentors"))
    estimates = estimate(citizens, mentors, from_yaml(job.input["contract"]))
    write(estimates, job.output["fremskridt_kontrast"])
