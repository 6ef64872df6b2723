"""What a figure shows: its contract in `contracts/figures/<figure>.yaml`, and its alt text.

An alt text is written once, with places in braces that are filled from the numbers: an address in
the figure's table (`{kontanthjaelp@2014 andel}`), or a name that the figure's kind offers
(`{største 2012}`). So it can't say anything else than the picture.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

from evalrapport.danish import quantity
from evalrapport.errors import PlainError
from evalrapport.exhibits.printed import MEANINGS
from evalrapport.exhibits.released import Cell, Released

PLACE = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class Figure:
    """A figure's contract. `series` are columns of `table` with label and colour (palette name)."""

    id: str
    table: str
    kind: str
    disclosure_class: str
    title: str
    alt: str
    published_as: str = ""
    x: dict[str, Any] = field(default_factory=dict)
    y: dict[str, Any] = field(default_factory=dict)
    series: list[dict[str, Any]] = field(default_factory=list)
    questions: list[dict[str, Any]] = field(default_factory=list)
    levels: list[dict[str, Any]] = field(default_factory=list)


def read_figure(path: Path) -> Figure:
    """Read a figure's contract; raises PlainError naming unknown and missing fields."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise PlainError(f"{path.name}: this is not valid YAML: {error}") from error
    known = {item.name: item for item in fields(Figure)}
    required = {
        name
        for name, item in known.items()
        if item.default is MISSING and item.default_factory is MISSING
    }
    unknown, missing = sorted(set(raw) - set(known)), sorted(required - set(raw))
    if unknown or missing:
        faults = [f"unknown: {', '.join(unknown)}"] * bool(unknown)
        faults += [f"missing: {', '.join(missing)}"] * bool(missing)
        raise PlainError(f"{path.name}: {'; '.join(faults)}. Allowed: {', '.join(known)}.")
    return Figure(**raw)


def alt_text(figure: Figure, released: Released, named: Mapping[str, str]) -> str:
    """The figure's alt text with its places filled from the cells and the kind's named texts."""
    cells = {cell.address: cell for cell in released.cells}

    def fill(match: re.Match[str]) -> str:
        place = match.group(1)
        if place in named:
            return named[place]
        if place in cells:
            return shown(cells[place], released)
        offered = ", ".join(named) or "none"
        raise PlainError(
            f"{figure.id}.yaml, alt: “{place}” is neither a cell of the table {released.table} nor "
            f"a name this kind of figure offers ({offered})."
        )

    # A sentence that ends with an abbreviation has one full stop, not two.
    return PLACE.sub(fill, figure.alt).replace("pct..", "pct.")


def shown(cell: Cell, released: Released) -> str:
    """A cell in running text, with its unit; what is not shown is said in words."""
    if not cell.ok:
        return f"({MEANINGS.get(cell.status, 'ikke oplyst')})"
    return quantity(cell.value, cell.unit, released.decimals(cell.row, cell.column))
