"""Every number of a study under its address, ready to be bound into prose."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evalrapport.danish import unit_text
from evalrapport.errors import PlainError
from evalrapport.exhibits.printed import cell_text
from evalrapport.exhibits.released import Cell, Released, read_released
from evalrapport.step import Job


def step(job: Job) -> None:
    """Write values.json from all released tables: inputs in pairs `<table>_csv`, `<table>_json`."""
    tables = [read_released(*pair) for pair in pairs(job.input)]
    text = json.dumps(named_values(tables), ensure_ascii=False, indent=0, sort_keys=True)
    job.output["values"].write_text(text + "\n", encoding="utf-8")


def pairs(inputs: dict[str, Path]) -> list[tuple[Path, Path]]:
    """The (csv, json) paths of each table, by name."""
    names = sorted(name.removesuffix("_csv") for name in inputs if name.endswith("_csv"))
    return [(inputs[f"{name}_csv"], inputs[f"{name}_json"]) for name in names]


def named_values(tables: list[Released]) -> dict[str, dict[str, Any]]:
    """Address (`table row@column statistic`) -> what is known of the cell.

    `value`, `lower`, `upper` are numbers as in the bundle or null; `n` the base or null; `text` is
    the printed form without unit (`4,9`), or the cell's own words; `unit_text` the Danish word that
    follows it; `status`, `decimals`, `labels` (row, column and the headings over them),
    `published_as`, `disclosure_class`, `data_status`.
    """
    values: dict[str, dict[str, Any]] = {}
    for table in tables:
        for cell in table.cells:
            values[f"{table.table} {cell.address}"] = described(table, cell)
    if not values:
        raise PlainError("No released tables were found: there is nothing to bind numbers to.")
    return values


def described(table: Released, cell: Cell) -> dict[str, Any]:
    """One cell as the report room sees it."""
    decimals = table.decimals(cell.row, cell.column)
    return {
        "value": as_number(cell.value),
        "text": cell_text(cell, decimals),
        "unit": cell.unit,
        "unit_text": unit_text(cell.unit, as_number(cell.value)),
        "decimals": decimals,
        "n": as_number(cell.n),
        "lower": as_number(cell.lower),
        "upper": as_number(cell.upper),
        "status": cell.status,
        "labels": labels(table, cell),
        "published_as": table.contract.published_as or None,
        "disclosure_class": table.contract.disclosure_class,
        "data_status": table.data_status,
    }


def labels(table: Released, cell: Cell) -> dict[str, str]:
    """The Danish labels of the cell's row and column, with the headings over them."""
    row, column = table.rows[cell.row], table.columns[cell.column]
    found = {
        "group": table.groups.get(row.group or "", ""),
        "row": row.label,
        "span": column.span or "",
        "column": column.label,
    }
    return {name: label for name, label in found.items() if label}


def as_number(text: str) -> int | float | None:
    """A number of a released file; whole ones stay whole."""
    if not text:
        return None
    return int(text) if text.lstrip("-").isdigit() else float(text)
