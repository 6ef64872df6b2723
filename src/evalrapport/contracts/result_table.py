"""The contract of a result table: what may stand in it, how it is labelled, rounded and protected.

The contracts themselves are the YAML files in the folder `tables/` beside this module; a released
table carries its whole contract in the JSON file beside its CSV, so what prints a table rebuilds
the contract from there with `from_dict` and never opens the YAML.

A contract holds, besides labels: `adds_up`, the row groups whose shares are a division of all
people in a column ("" is the rows without a group; a group that has the id of a row adds up to
that row), and per column `part_of` (these columns together make up that column) or `subset_of`
(all people of this column are also in that column). Disclosure control needs to know them: they
are the sums from which a hidden number could be worked out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, asdict, dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from evalrapport.errors import PlainError

STATISTICS = (
    "andel",
    "antal",
    "gennemsnit",
    "median",
    "forskel",
    "effekt",
    "akkumuleret",
    "spredning",
    "kappa",
    "tekst",
)
DISCLOSURE_CLASSES = ("register", "survey", "interview", "public")
ROLES = ("total", "base", "summary")
ID = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")


@dataclass(frozen=True)
class Column:
    """A printed column. Its own statistic, unit and decimals, if given, go before the row's."""

    id: str
    label: str
    span: str | None = None
    part_of: str | None = None
    subset_of: str | None = None
    statistic: str | None = None
    unit: str | None = None
    decimals: int | None = None


@dataclass(frozen=True)
class RowGroup:
    """A heading over some rows."""

    id: str
    label: str


@dataclass(frozen=True)
class Row:
    """A printed row: one measure. `role` is total, base (people behind the column) or summary.

    `without`: the row whose people are left out of this row's base (hours: those without hours).
    """

    id: str
    label: str
    statistic: str
    unit: str = ""
    decimals: int = 0
    group: str | None = None
    indent: int = 0
    role: str | None = None
    without: str | None = None


@dataclass(frozen=True)
class Cell:
    """Where a row meets a column, with the measure that stands there."""

    row: Row
    column: Column
    statistic: str
    unit: str
    decimals: int

    @property
    def key(self) -> tuple[str, str, str]:
        """(row, column, statistic): unique in its table, the last part of a cell's address."""
        return self.row.id, self.column.id, self.statistic


@dataclass(frozen=True)
class TableContract:
    """A result table as it is to be published."""

    id: str
    published_as: str
    disclosure_class: str
    row_header: str
    columns: tuple[Column, ...]
    row_groups: tuple[RowGroup, ...]
    rows: tuple[Row, ...]
    rules: str
    population: str
    adds_up: tuple[str, ...] = ()
    rows_from: str | None = None  # the data file whose lines are the rows; the contract's are open
    rows_apart: bool | None = None  # each row is about people of its own, as places are
    hidden_sign: str | None = None  # printed for a suppressed cell, where not the house's own sign

    def cells(self) -> Iterator[Cell]:
        """Every cell of the table, row by row as printed."""
        for row in self.rows:
            for column in self.columns:
                own = column if column.statistic else row
                unit = row.unit if column.unit is None else column.unit
                decimals = row.decimals if column.decimals is None else column.decimals
                yield Cell(row, column, str(own.statistic), unit, decimals)

    def row(self, row_id: str) -> Row:
        """The row with that id; KeyError if there is none."""
        return {row.id: row for row in self.rows}[row_id]

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON or YAML, without empty optional fields; `from_dict` reads it."""
        return _without_empty(asdict(self))


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_empty(part) for key, part in value.items() if part is not None}
        return {key: part for key, part in kept.items() if not (key == "indent" and part == 0)}
    if isinstance(value, list | tuple):
        return [_without_empty(part) for part in value]
    return value


def from_yaml(path: Path) -> TableContract:
    """Read and check one contract file; its name must be the table's id."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise PlainError(f"{path.name}: this is not valid YAML: {error}") from error
    contract = from_dict(raw, path.name)
    if contract.id != path.stem:
        raise PlainError(f"{path.name}: the id is “{contract.id}”; it must be the file's name.")
    return contract


def from_dict(raw: Any, where: str = "contract") -> TableContract:
    """Build and check a contract from plain data; `where` names it in messages."""
    top = _checked(raw, TableContract, where)
    contract = TableContract(
        **{
            **top,
            "columns": _parts(top["columns"], Column, f"{where}, columns"),
            "row_groups": _parts(top["row_groups"], RowGroup, f"{where}, row_groups"),
            "rows": _parts(top["rows"], Row, f"{where}, rows"),
            "adds_up": tuple(top.get("adds_up", ())),
        }
    )
    problems = list(_faults(contract))
    if problems:
        raise PlainError(f"{where}: " + "; ".join(problems) + ".")
    return contract


def _checked(raw: Any, kind: type, where: str) -> dict[str, Any]:
    """The mapping `raw`, when it has the fields of the dataclass `kind` and no others."""
    if not isinstance(raw, Mapping):
        raise PlainError(f"{where}: a mapping of field to value is expected.")
    known = [f.name for f in fields(kind)]
    unknown = [str(key) for key in raw if key not in known]
    if unknown:
        raise PlainError(f"{where}: unknown {', '.join(unknown)}; allowed: {', '.join(known)}.")
    missing = [f.name for f in fields(kind) if f.name not in raw and f.default is MISSING]
    if missing:
        raise PlainError(f"{where}: {', '.join(missing)} is missing.")
    return dict(raw)


def _parts(raw: Any, kind: type, where: str) -> tuple[Any, ...]:
    if not isinstance(raw, list | tuple):
        raise PlainError(f"{where}: a list is expected.")
    named = enumerate(raw, start=1)
    return tuple(kind(**_checked(part, kind, f"{where}, number {i}")) for i, part in named)


def _faults(contract: TableContract) -> Iterator[str]:
    """What is wrong between the fields of a contract, in plain words."""
    if contract.disclosure_class not in DISCLOSURE_CLASSES:
        yield f"disclosure_class must be one of {', '.join(DISCLOSURE_CLASSES)}"
    columns = [column.id for column in contract.columns]
    groups = [group.id for group in contract.row_groups]
    rows = [row.id for row in contract.rows]
    for name, ids in (("column", columns), ("row group", groups), ("row", rows)):
        yield from (
            f"{name} “{i}” occurs twice" for i in sorted({i for i in ids if ids.count(i) > 1})
        )
        yield from (
            f"{name} id “{i}” may hold only a-z, 0-9, _ and ." for i in ids if not _is_id(i)
        )
    for column in contract.columns:
        for whole in (column.part_of, column.subset_of):
            if whole is not None and (whole not in columns or whole == column.id):
                yield f"column “{column.id}”: “{whole}”, its whole, is no other column"
    for row in contract.rows:
        if row.role is not None and row.role not in ROLES:
            yield f"row “{row.id}”: role must be one of {', '.join(ROLES)}"
        if row.group is not None and row.group not in (*groups, *rows):
            yield f"row “{row.id}”: there is no row group or row “{row.group}”"
        if row.without is not None and (row.without not in rows or row.without == row.id):
            yield f"row “{row.id}”: without “{row.without}”, which is no other row"
    used = {row.group or "" for row in contract.rows}
    yield from (f"adds_up: no row is in the group “{g}”" for g in contract.adds_up if g not in used)
    for cell in contract.cells():
        if cell.statistic not in STATISTICS:
            yield f"row “{cell.row.id}”: statistic must be one of {', '.join(STATISTICS)}"
        if not isinstance(cell.decimals, int) or not 0 <= cell.decimals <= 6:
            yield f"row “{cell.row.id}”: decimals must be a whole number from 0 to 6"


def _is_id(text: Any) -> bool:
    return isinstance(text, str) and ID.fullmatch(text) is not None
