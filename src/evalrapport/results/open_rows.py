"""Text tables whose rows stand in a small public data file, one line each.

The contract of such a table names the file (`rows_from`) and leaves its rows open. The rows are
read from the data, and the contract made complete travels beside the table: so a new line in the
file is a new row of the table, with no other edit.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import yaml

from evalrapport.contracts.result_table import Row, TableContract, from_dict
from evalrapport.errors import PlainError
from evalrapport.results.shares import table

NOT_STATED = "ikke oplyst"
CELL = ("row", "column", "statistic", "value", "text", "n", "lower", "upper", "status", "count")

Record = Mapping[str, str]


def read_records(path: Path, fields: Sequence[str]) -> list[dict[str, str]]:
    """The lines of a data file, each a mapping of column to text.

    Raises:
        PlainError: columns other than `fields`, an empty field, or an id that occurs twice; the
            message names file and line.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        found = list(reader)
    if tuple(reader.fieldnames or ()) != tuple(fields):
        raise PlainError(f"{path.name}: the columns must be {', '.join(fields)}.")
    seen: set[str] = set()
    for line, record in enumerate(found, start=2):
        empty = [str(name) for name, text in record.items() if not str(text or "").strip()]
        if empty:
            raise PlainError(
                f"{path.name}, line {line}: {', '.join(empty)} is empty. Write what the source "
                f"says, or “{NOT_STATED}” if it doesn't say."
            )
        if record["id"] in seen:
            raise PlainError(f"{path.name}, line {line}: the id {record['id']} occurs twice.")
        seen.add(record["id"])
    return found


def completed(
    contract: TableContract, labels: Mapping[str, str], *, statistic: str = "tekst"
) -> TableContract:
    """The contract with one row per id in `labels`, in their order."""
    rows = tuple(Row(name, label, statistic) for name, label in labels.items())
    return from_dict(replace(contract, rows=rows).to_dict(), contract.id)


def write_contract(contract: TableContract, path: Path) -> None:
    """Write a completed contract as YAML; the same contract gives the same bytes."""
    text = yaml.safe_dump(contract.to_dict(), allow_unicode=True, sort_keys=False, width=100)
    path.write_text(text, encoding="utf-8")


def text_table(texts: Mapping[str, Mapping[str, str]], contract: TableContract) -> pd.DataFrame:
    """Estimates of a text table: `texts` is row id → column id → words."""
    cells = [
        {
            **{"row": row, "column": column.id, "statistic": "tekst", "status": "ok"},
            "text": words[column.id],
        }
        for row, words in texts.items()
        for column in contract.columns
    ]
    return table([pd.DataFrame(cells, columns=CELL)], contract)
