"""Reads an unreleased table and refuses what is no table: a row per person, ids, loose numbers."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from evalrapport.contracts.bundle import ESTIMATE_COLUMNS
from evalrapport.contracts.result_table import Cell, TableContract
from evalrapport.errors import PlainError

Key = tuple[str, str, str]

TEXTS = ("value", "text", "lower", "upper", "status")
ID_LIKE = re.compile(r"(^|_)(pnr|cpr|id|lobenr|person|respondent|episode)(_|$)", re.IGNORECASE)
# A person number, or another number as long as one; with or without the hyphen.
LONG_NUMBER = re.compile(r"(?<![\d.])(\d{8,14}|\d{6}-\d{4})(?!\d)")


@dataclass(frozen=True)
class Estimate:
    """One computed cell. `n` is its base, `count` the people in it (both None where not given)."""

    cell: Cell
    value: str
    text: str
    lower: str
    upper: str
    status: str
    n: float | None
    count: float | None


def read(path: Path, contract: TableContract) -> dict[Key, Estimate]:
    """The cells of an estimate file in the contract's order.

    Raises PlainError, never with a value from the file, if it is not exactly the table that the
    contract describes or looks like data on persons.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        refuse_columns(list(reader.fieldnames or []), contract.id)
        lines = list(reader)
    refuse_person_level(lines, contract)
    found = {(line["row"], line["column"], line["statistic"]): line for line in lines}
    return {cell.key: _estimate(cell, found[cell.key]) for cell in contract.cells()}


def refuse_columns(columns: list[str], table: str) -> None:
    """Refuse a file whose columns are not those of a result table."""
    if columns == list(ESTIMATE_COLUMNS):
        return
    ids = [name for name in columns if ID_LIKE.search(name) and name not in ESTIMATE_COLUMNS]
    if ids:
        raise PlainError(
            f"{table}: the file has columns that identify persons ({', '.join(ids)}). "
            "Data on persons are never released; write one row per cell of the table."
        )
    raise PlainError(f"{table}: the columns must be {', '.join(ESTIMATE_COLUMNS)}, in that order.")


def refuse_person_level(lines: list[dict[str, str]], contract: TableContract) -> None:
    """Refuse rows that are not the contract's cells, or that look like persons."""
    expected = {cell.key for cell in contract.cells()}
    keys = Counter((line["row"], line["column"], line["statistic"]) for line in lines)
    if len(lines) > len(expected):
        raise PlainError(
            f"{contract.id}: {len(lines)} rows, but the contract has {len(expected)} cells. "
            "More rows than cells may be one row per person; nothing is released."
        )
    unknown, missing = len(set(keys) - expected), expected - set(keys)
    if unknown or max(keys.values(), default=0) > 1:
        raise PlainError(
            f"{contract.id}: {unknown} rows are not cells of the contract, "
            f"{sum(times > 1 for times in keys.values())} cells occur twice. Nothing is released."
        )
    if missing:
        row, column, statistic = min(missing)
        raise PlainError(
            f"{contract.id}: {len(missing)} cells are missing, one is {row}@{column} {statistic}."
        )
    if any(LONG_NUMBER.search(field or "") for line in lines for field in line.values()):
        raise PlainError(
            f"{contract.id}: a field holds a number of 8 to 14 digits, as long as a person number. "
            "Nothing is released."
        )
    bases = [line["n"] for line in lines if line["n"]]
    if bases and sum(float(n) <= 1 for n in bases) > len(bases) / 2:
        raise PlainError(
            f"{contract.id}: most rows are about one person (n = 1). Data on persons are never "
            "released."
        )


def _estimate(cell: Cell, line: dict[str, str]) -> Estimate:
    n, count = (_number(line[name], cell, name) for name in ("n", "count"))
    if cell.statistic == "antal" and cell.row.role is None and count is None:
        count = _number(line["value"], cell, "value")
    value, text, lower, upper, status = (line[name] for name in TEXTS)
    return Estimate(cell, value, text, lower, upper, status, n, count)


def _number(text: str, cell: Cell, name: str) -> float | None:
    if text == "":
        return None
    try:
        return float(text)
    except ValueError:
        where = f"{cell.row.id}@{cell.column.id}"
        raise PlainError(f"{where}: the column “{name}” must hold a number or nothing.") from None
