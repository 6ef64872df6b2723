"""What the kinds of figures share: records behind the marks, axes, and the note on gaps."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import altair as alt

from evalrapport.danish import interval, number, quantity, unit_text
from evalrapport.exhibits.figure_contract import Figure
from evalrapport.exhibits.printed import MEANINGS
from evalrapport.exhibits.released import Cell, Released
from evalrapport.exhibits.theme import Look

Record = dict[str, Any]

HIDDEN_MARKS = "· Ikke vist af hensyn til diskretion."
HIDDEN_POINTS = "Måneder uden punkt er ikke vist af hensyn til diskretion."
HIDDEN_ANSWERS = "Et eller flere svar er ikke vist af hensyn til diskretion."
# field of a record -> its name in the tooltip
TOOLTIP = {
    "Serie": "Gruppe",
    "Række": "Kategori",
    "Værdi": "Værdi",
    "Interval": "95 pct.-interval",
    "Grundlag": "Grundlag",
}


def record(released: Released, cell: Cell, series: str, **more: Any) -> Record:
    """One mark's data: numbers for the scales, Danish texts for the tooltip.

    A cell that is not shown has value null, so that the mark is left out: a gap, never a zero.
    """
    decimals = released.decimals(cell.row, cell.column)
    shown: Record = {
        "value": float(cell.value) if cell.ok else None,
        "lower": float(cell.lower) if cell.ok and cell.lower else None,
        "upper": float(cell.upper) if cell.ok and cell.upper else None,
        "text": number(cell.value, decimals) if cell.ok else "·",
        "Række": released.rows[cell.row].label,
        "Serie": series,
        "Værdi": MEANINGS.get(cell.status, "")
        if not cell.ok
        else quantity(cell.value, cell.unit, decimals),
    }
    if shown["lower"] is not None and shown["upper"] is not None:
        shown["Interval"] = f"{interval(cell.lower, cell.upper, decimals)} {unit_text(cell.unit)}"
    if cell.n:
        shown["Grundlag"] = number(cell.n)
    return shown | more


def records(released: Released, rows: Iterable[str], series: Iterable[Record]) -> list[Record]:
    """Records of some rows and series, each with its `row` id and place in the printed order."""
    found = []
    for position, row in enumerate(rows):
        for one in series:
            cell = released.cell(row, one["column"])
            if cell is not None and cell.status != "not_applicable":
                label = one.get("label") or released.columns[one["column"]].label
                found.append(record(released, cell, label, row=row, position=position))
    return found


def shares(released: Released) -> list[str]:
    """The rows that divide a column: no totals, bases or summaries."""
    return [row.id for row in released.contract.rows if not row.role]


def labels(released: Released, series: Iterable[Record]) -> list[str]:
    """The labels of series, in order."""
    return [one.get("label") or released.columns[one["column"]].label for one in series]


def inline(data: list[Record]) -> alt.InlineData:
    """Data that travels inside the spec; every tooltip field is there, if only empty."""
    return alt.InlineData(values=[dict.fromkeys(TOOLTIP, "") | one for one in data])


def tooltip(data: list[Record]) -> list[alt.Tooltip]:
    """The tooltip fields that some record fills."""
    names = [name for name in TOOLTIP if any(one.get(name) for one in data)]
    return [alt.Tooltip(f"{name}:N", title=TOOLTIP[name]) for name in names]


def level_axis(title: str, left: int = 0, **more: Any) -> alt.Axis:
    """A vertical axis whose title lies flat above it, so that nobody turns the head."""
    return alt.Axis(
        title=title,
        titleAngle=0,
        titleAlign="left",
        titleBaseline="bottom",
        titleX=-left,
        titleY=-8,
        domain=False,
        ticks=False,
        labelPadding=6,
        **more,
    )


def with_note(chart: Any, data: list[Record], look: Look, note: str = HIDDEN_MARKS) -> Any:
    """The chart with a note below it, if anything in it is hidden."""
    if all(one["value"] is not None for one in data):
        return chart
    title = alt.TitleParams(
        note, orient="bottom", anchor="start", offset=12, color=look.colour("muted")
    )
    return chart.properties(title=title)


def extent(values: Iterable[float | None], margin: float = 0.06) -> tuple[float, float]:
    """A scale's domain: from the lowest to the highest value with some air, always with zero."""
    present = [0.0, *(value for value in values if value is not None)]
    air = (max(present) - min(present) or 1.0) * margin
    low = min(present) - air if min(present) < 0 else 0.0
    return low, max(present) + air


def spread(values: list[float], gap: float) -> list[float]:
    """The same values moved apart so that neighbours are at least `gap` away (direct labels)."""
    order = sorted(range(len(values)), key=lambda index: values[index])
    placed = list(values)
    for before, after in pairwise(order):
        missing = gap - (placed[after] - placed[before])
        if missing > 0:
            placed[before] -= missing / 2
            placed[after] += missing / 2
    return placed


def largest(figure: Figure, released: Released) -> dict[str, str]:
    """`{største <column>}`: the row with the largest share in each series, and that share."""
    named = {}
    for one in figure.series:
        cells = [released.cell(row, one["column"]) for row in shares(released)]
        shown = [cell for cell in cells if cell is not None and cell.ok]
        if shown:
            top = max(shown, key=lambda cell: float(cell.value))
            value = quantity(top.value, top.unit, released.decimals(top.row, top.column))
            named[f"største {one['column']}"] = f"{released.rows[top.row].label} ({value})"
        else:
            named[f"største {one['column']}"] = f"({MEANINGS['suppressed']})"
    return named
