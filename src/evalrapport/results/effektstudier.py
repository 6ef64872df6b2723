"""The literature tables: the effect studies of chapter 6, and how their findings point.

Nothing here is about persons: the studies are public, so both tables are of disclosure class
`public`. A study is one line of data/literature/studies.csv; what its source does not state says
`ikke oplyst` there. The report mentions seven of the 158 articles that the search found
(SFI 15:10, chapter 6).
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.errors import PlainError
from evalrapport.results.shares import table, write
from evalrapport.step import Job

TOTAL = "i_alt"
NOT_STATED = "ikke oplyst"

Study = Mapping[str, str]


def read_studies(path: Path) -> list[dict[str, str]]:
    """The studies, one mapping of column to text each; PlainError with line if a field is empty."""
    with path.open(encoding="utf-8", newline="") as file:
        studies = list(csv.DictReader(file))
    for line, study in enumerate(studies, start=2):
        empty = [str(name) for name, text in study.items() if not str(text or "").strip()]
        if empty:
            raise PlainError(
                f"{path.name}, line {line}: {', '.join(empty)} is empty. Write what the study "
                f"says, or “{NOT_STATED}” if it doesn't say."
            )
    return studies


def overview(
    studies: Sequence[Study], contract: TableContract, directions: TableContract
) -> pd.DataFrame:
    """One row per study, one text per column; the direction in the words of `directions`."""
    ids = {study["id"] for study in studies}
    rows = {row.id for row in contract.rows}
    if ids != rows or len(studies) != len(rows):
        raise PlainError(
            "The studies in data/literature/studies.csv and the rows of the contract "
            f"{contract.id}.yaml differ: {', '.join(sorted(ids ^ rows)) or 'an id occurs twice'}."
        )
    words = {row.id: row.label for row in directions.rows}
    cells = [
        {
            **{"row": study["id"], "column": column.id, "statistic": "tekst", "status": "ok"},
            "text": words[study["retning"]] if column.id == "retning" else study[column.id],
        }
        for study in studies
        for column in contract.columns
    ]
    return table([pd.DataFrame(cells, columns=CELL)], contract)


CELL = ("row", "column", "statistic", "value", "text", "n", "lower", "upper", "status", "count")


def counted(studies: Sequence[Study], contract: TableContract) -> pd.DataFrame:
    """How many studies point each way, by design, with totals both ways."""
    rows = {row.id for row in contract.rows} - {TOTAL}
    columns = {column.id for column in contract.columns} - {TOTAL}
    found: Counter[tuple[str, str]] = Counter()
    for study in studies:
        way, design = study["retning"], study["design_gruppe"]
        if way not in rows or design not in columns:
            raise PlainError(
                f"data/literature/studies.csv, study {study['id']}: retning “{way}” must be one of "
                f"{', '.join(sorted(rows))}, design_gruppe “{design}” one of "
                f"{', '.join(sorted(columns))}."
            )
        found.update([(way, design), (way, TOTAL), (TOTAL, design), (TOTAL, TOTAL)])
    cells = [
        {
            **{"row": cell.row.id, "column": cell.column.id, "statistic": "antal"},
            **{"value": found[cell.row.id, cell.column.id], "text": "", "status": "ok"},
        }
        for cell in contract.cells()
    ]
    return table([pd.DataFrame(cells, columns=CELL)], contract)


def step(job: Job) -> None:
    """The studies → both literature tables."""
    overview_contract = from_yaml(job.input["contract_effektstudier"])
    directions = from_yaml(job.input["contract_effektstudier_retning"])
    studies = read_studies(job.input["studies"])
    by_direction = counted(studies, directions)
    write(overview(studies, overview_contract, directions), job.output["effektstudier"])
    write(by_direction, job.output["effektstudier_retning"])
