"""A released result table, as it lies in a bundle: the tidy CSV and the JSON beside it."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from evalrapport.contracts.bundle import RESULT_COLUMNS, STATUSES
from evalrapport.contracts.result_table import Column, Row, TableContract, from_dict
from evalrapport.danish import with_range_dash
from evalrapport.errors import PlainError


@dataclass(frozen=True)
class Cell:
    """One cell of a released table; numbers are kept as the text of the file (no float in between).

    `value`, `lower`, `upper` are empty unless `status` is "ok"; `n` is the base; `text` holds the
    words of a text cell, or the mark of a cell that cannot have a number.
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
        """Whether the cell has a value or words to show."""
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
    contract: TableContract
    data_status: str
    cells: tuple[Cell, ...]

    @cached_property
    def by_key(self) -> dict[tuple[str, str, str], Cell]:
        """Cells by (row, column, statistic)."""
        return {(cell.row, cell.column, cell.statistic): cell for cell in self.cells}

    @cached_property
    def rows(self) -> dict[str, Row]:
        """The contract's rows by id, in printed order."""
        return {row.id: row for row in self.contract.rows}

    @cached_property
    def columns(self) -> dict[str, Column]:
        """The contract's columns by id, in printed order."""
        return {column.id: column for column in self.contract.columns}

    @cached_property
    def groups(self) -> dict[str, str]:
        """The labels of the row groups by id."""
        return {group.id: group.label for group in self.contract.row_groups}

    def cell(self, row: str, column: str) -> Cell | None:
        """The cell that is printed where a row meets a column, if the file has it."""
        statistic = self.columns[column].statistic or self.rows[row].statistic
        return self.by_key.get((row, column, statistic))

    def decimals(self, row: str, column: str) -> int:
        """Printed decimals of a cell: the column's own, else the row's."""
        own = self.columns[column].decimals
        return self.rows[row].decimals if own is None else own


def read_released(csv_path: Path, json_path: Path) -> Released:
    """Read a released table; raises PlainError if the files are not one."""
    about = json.loads(json_path.read_text(encoding="utf-8"))
    released = Released(
        table=about["table"],
        study=about["study"],
        contract=from_dict(with_dashes(about["contract"]), json_path.name),
        data_status=about["data_status"],
        cells=read_cells(csv_path),
    )
    for cell in released.cells:
        if cell.row not in released.rows or cell.column not in released.columns:
            raise PlainError(
                f"{csv_path}: the cell “{cell.address}” has no place in the table's contract "
                f"({json_path.name}). The two files do not belong together."
            )
    return released


def with_dashes(contract: dict[str, Any]) -> dict[str, Any]:
    """A contract whose labels print a range with a dash (2012–2014), not with a hyphen."""

    def set_in(part: Any) -> Any:
        if not isinstance(part, dict):
            return part
        words = {name: part[name] for name in ("label", "span") if isinstance(part.get(name), str)}
        return part | {name: with_range_dash(text) for name, text in words.items()}

    parts = {name: contract[name] for name in ("columns", "row_groups", "rows")}
    return contract | {name: [set_in(part) for part in listed] for name, listed in parts.items()}


def read_cells(path: Path) -> tuple[Cell, ...]:
    """Read the cells of a released CSV, in the file's order; their places must be unique."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != RESULT_COLUMNS:
            columns = ", ".join(RESULT_COLUMNS)
            raise PlainError(f"{path}: not a released table; its columns must be {columns}.")
        records = [{k: v for k, v in record.items() if k != "row_group"} for record in reader]
    cells = tuple(Cell(**record) for record in records)
    seen: set[str] = set()
    for line, cell in enumerate(cells, start=2):
        if cell.status not in STATUSES:
            raise PlainError(f"{path}, line {line}: status must be one of {', '.join(STATUSES)}.")
        if cell.address in seen:
            raise PlainError(f"{path}, line {line}: the cell “{cell.address}” stands twice.")
        seen.add(cell.address)
    return cells
