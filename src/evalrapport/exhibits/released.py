"""A released result table, as it lies in a bundle: the tidy CSV and the JSON beside it."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from evalrapport.errors import PlainError

COLUMNS = (
    *("row_group", "row", "column", "statistic", "value", "text"),
    *("unit", "n", "lower", "upper", "status"),
)
STATUSES = ("ok", "suppressed", "not_published", "not_applicable")


@dataclass(frozen=True)
class Cell:
    """One cell of a released table; numbers are kept as the text of the file (no float in between).

    `value`, `text`, `lower`, `upper` are empty unless `status` is "ok"; `n` is the base.
    """

    row: str
    column: str
    statistic: str
    value: str = ""
    text: str = ""
    unit: str = ""
    n: str = ""
    lower: str = ""
    upper: str = ""
    status: str = "ok"

    @property
    def ok(self) -> bool:
        """Whether the cell has a value or a text to show."""
        return self.status == "ok" and bool(self.value or self.text)

    @property
    def address(self) -> str:
        """The cell's place in its table: `row@column statistic`."""
        return f"{self.row}@{self.column} {self.statistic}"


@dataclass(frozen=True)
class Released:
    """A released table: its cells in the file's order, its contract and where it comes from."""

    table: str
    study: str
    contract: dict[str, Any]
    data_status: str
    cells: tuple[Cell, ...]

    @cached_property
    def by_place(self) -> dict[tuple[str, str], dict[str, Cell]]:
        """Cells by (row, column), then by statistic."""
        places: dict[tuple[str, str], dict[str, Cell]] = {}
        for cell in self.cells:
            places.setdefault((cell.row, cell.column), {})[cell.statistic] = cell
        return places

    @cached_property
    def rows(self) -> dict[str, dict[str, Any]]:
        """The contract's rows by id, in printed order."""
        return {row["id"]: row for row in self.contract.get("rows", [])}

    @cached_property
    def columns(self) -> dict[str, dict[str, Any]]:
        """The contract's columns by id, in printed order."""
        return {column["id"]: column for column in self.contract.get("columns", [])}

    def cell(self, row: str, column: str, statistic: str | None = None) -> Cell | None:
        """The cell at a place; without `statistic` the contract's own, else the only one."""
        found = self.by_place.get((row, column), {})
        wanted = statistic or self.columns.get(column, {}).get("statistic")
        wanted = wanted or self.rows.get(row, {}).get("statistic")
        if wanted in found:
            return found[wanted]
        return next(iter(found.values())) if len(found) == 1 and statistic is None else None

    def decimals(self, row: str, column: str) -> int:
        """Printed decimals of a cell: the column's own, else the row's, else none."""
        own = self.columns.get(column, {}).get("decimals")
        return int(own if own is not None else self.rows.get(row, {}).get("decimals", 0))


def read_released(csv_path: Path, json_path: Path) -> Released:
    """Read a released table; raises PlainError if the file is not one."""
    described = json.loads(json_path.read_text(encoding="utf-8"))
    return Released(
        table=described["table"],
        study=described["study"],
        contract=described["contract"],
        data_status=described["data_status"],
        cells=read_cells(csv_path),
    )


def read_cells(path: Path) -> tuple[Cell, ...]:
    """Read the cells of a released CSV, in the file's order; their places must be unique."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise PlainError(
                f"{path}: not a released table. Its columns must be exactly {', '.join(COLUMNS)}."
            )
        cells = []
        for record in reader:
            record.pop("row_group")
            cells.append(Cell(**record))
    seen: set[str] = set()
    for line, cell in enumerate(cells, start=2):
        if cell.status not in STATUSES:
            raise PlainError(f"{path}, line {line}: status must be one of {', '.join(STATUSES)}.")
        if cell.address in seen:
            raise PlainError(f"{path}, line {line}: the cell “{cell.address}” stands twice.")
        seen.add(cell.address)
    return tuple(cells)
