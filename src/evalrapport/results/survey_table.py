"""Tables of survey answers, whatever is asked: the contract says which rows, a map whose answers.

A row's base is those who answered its question. The row “mindste beregningsgrundlag” is the
smallest base among the questions that all in the column were asked, as SFI 15:10 has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from evalrapport.contracts.result_table import Row, TableContract, from_yaml
from evalrapport.results import survey_intervals
from evalrapport.results.shares import bases, missing_cell, table, write
from evalrapport.step import Job

ALL, MENTORS = "i_alt", "mentorer"


@dataclass(frozen=True)
class Questions:
    """Which variable stands behind the rows of a table.

    `groups`: row group → variable; its rows are the answers, by the last part of their ids.
    `rows`: row → variable; a share is of those who said yes, else the mean or median of a number.
    `not_put`: (group or row, column) that were not asked, and the mark printed in their place.
    `branch`: groups and rows that only some were asked or answered; outside the base row.
    `unprinted`: answers that count in the base but have no row.
    """

    groups: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)
    not_put: Mapping[tuple[str, str], str] = field(default_factory=dict)
    branch: tuple[str, ...] = ()
    unprinted: tuple[str, ...] = ()
    by: str = "benefit_group"

    def variable(self, row: Row) -> tuple[str, str] | None:
        """The row's variable and its answer; None where the map has neither row nor group."""
        if row.id in self.rows:
            return self.rows[row.id], "ja"
        if row.group in self.groups:
            return self.groups[str(row.group)], row.id.split(".", 1)[1]
        return None

    def mark(self, row: Row, column: str) -> str | None:
        """What is printed where the question was not put; None where it was."""
        keys = ((row.id, column), (row.group or "", column))
        return next((self.not_put[key] for key in keys if key in self.not_put), None)


People = Mapping[str, pd.DataFrame]
Populations = Mapping[str, float]


def columns(
    contract: TableContract, by: str, asked: pd.DataFrame, mentors: pd.DataFrame | None
) -> dict[str, pd.DataFrame]:
    """The people of each column: a group of those asked, all of them, or the mentors beside."""
    found = {}
    for column in contract.columns:
        if column.id == MENTORS and mentors is not None:
            found[column.id] = mentors
        else:
            found[column.id] = asked if column.id == ALL else asked[asked[by] == column.id]
    return found


def estimate(
    contract: TableContract,
    questions: Questions,
    people: People,
    populations: Populations | None = None,
) -> pd.DataFrame:
    """All cells of a survey table, with 95 per cent intervals.

    Args:
        people: column → one row per respondent, with the variables of `questions`.
        populations: column → how many the respondents were drawn from, where that is known.

    Raises:
        ValueError: an answer that is neither a row of the table nor unprinted.
    """
    sizes = populations or {}
    refuse_unknown(contract, questions, people)
    cells: list[dict[str, Any]] = []
    smallest: dict[str, list[int]] = {column: [] for column in people}
    for row in contract.rows:
        found = questions.variable(row)
        if found is None:
            continue
        for column, frame in people.items():
            mark = questions.mark(row, column)
            if mark is not None:
                cells.append(missing_cell(row.id, column, row.statistic, mark))
                continue
            values = frame[found[0]].dropna()
            cells.append(cell(row, column, values, found[1], sizes.get(column)))
            if not {row.id, row.group} & set(questions.branch):
                smallest[column].append(len(values))
    for row in (row for row in contract.rows if row.role == "base"):
        shown = {c: n for c, n in smallest.items() if n and questions.mark(row, c) is None}
        counted = bases(row.id, {c: min(n) for c, n in shown.items()})
        cells += [
            {str(k): v for k, v in r.items()} for r in counted.assign(text="").to_dict("records")
        ]
    return table([pd.DataFrame(cells)], contract)


def cell(
    row: Row, column: str, values: pd.Series, answer: str, population: float | None
) -> dict[str, Any]:
    """One share, mean or median, with its base and interval."""
    n = len(values)
    if n == 0:
        return missing_cell(row.id, column, row.statistic)
    at = {"row": row.id, "column": column, "statistic": row.statistic, "text": "", "n": n}
    lower = upper = np.nan
    if row.statistic == "andel":
        count = int((values == answer).sum())
        value = 100 * count / n
        lower, upper = survey_intervals.share(count, n, population)
    else:
        count = n
        value = float(values.mean() if row.statistic == "gennemsnit" else values.median())
        if row.statistic == "gennemsnit":
            lower, upper = survey_intervals.mean(values, population)
    found = {"value": value, "lower": lower, "upper": upper, "status": "ok", "count": count}
    return {**at, **found}


def refuse_unknown(contract: TableContract, questions: Questions, people: People) -> None:
    """A ValueError where somebody gave an answer for which the table has no place."""
    for group, variable in questions.groups.items():
        rows = [row for row in contract.rows if row.group == group and row.statistic == "andel"]
        for column, frame in people.items():
            if (group, column) in questions.not_put:
                continue
            offered = {r.id.split(".", 1)[1] for r in rows if questions.mark(r, column) is None}
            unknown = set(frame[variable].dropna()) - offered - set(questions.unprinted)
            if unknown:
                raise ValueError(f"{contract.id}, {column}: no row for {sorted(unknown)}")


def populations_of(frame: pd.DataFrame, by: str) -> dict[str, float]:
    """How many there are in the frame, by group and in all."""
    counts = frame[by].value_counts()
    return {**{str(group): float(n) for group, n in counts.items()}, ALL: float(len(frame))}


def run(questions: Questions, job: Job) -> None:
    """Respondents, contract and, for citizens, the frame → the table's estimates."""
    contract = from_yaml(job.input["contract"])
    given = {name: pd.read_parquet(job.input[name]) for name in job.input if name != "contract"}
    citizens, mentors = given.get("citizens"), given.get("mentors")
    if citizens is None:
        assert mentors is not None
        people = columns(contract, questions.by, mentors, None)
        sizes: dict[str, float] = {}
    else:
        people = columns(contract, questions.by, citizens, mentors)
        sizes = populations_of(given["frame"], questions.by)
    write(estimate(contract, questions, people, sizes), job.output[contract.id])
