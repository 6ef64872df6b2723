"""The numbers behind a figure, one line per mark, as Danish spreadsheets open them."""

from __future__ import annotations

from typing import Any

from evalrapport.danish import MINUS, number, unit_text
from evalrapport.exhibits.figure_contract import Figure
from evalrapport.exhibits.printed import MEANINGS, cell_for_spreadsheet, spreadsheet
from evalrapport.exhibits.released import Cell, Released

HEADINGS = (
    *("Overskrift", "Række", "Gruppe", "Værdi", "Enhed"),
    *("Nedre grænse", "Øvre grænse", "Grundlag", "Bemærkning"),
)


def used_cells(figure: Figure, released: Released) -> list[Cell]:
    """The cells a figure shows: its series' columns, without totals, bases and summaries."""
    columns = [one["column"] for one in all_series(figure)]
    rows = [row.id for row in released.contract.rows if not row.role]
    if drawn := chosen_rows(figure):
        rows = [row for row in rows if row in drawn]
    found = [released.cell(row, column) for row in rows for column in columns]
    return [cell for cell in found if cell is not None]


def chosen_rows(figure: Figure) -> set[str]:
    """The rows a figure picks out by id; empty if it draws all that there are."""
    if figure.levels:
        return {row for level in figure.levels for row in level["rows"].values()}
    return {row for box in figure.x.get("boxes", ()) for row in box.values()}


def all_series(figure: Figure) -> list[dict[str, Any]]:
    """The figure's series, with the difference that some kinds draw beside them."""
    difference = figure.y.get("difference")
    return [*figure.series, *([difference] if difference else [])]


def numbers_csv(figure: Figure, released: Released) -> str:
    """The cells of a figure with labels, unit, interval and base; semicolon and decimal comma."""
    lines = [
        list(HEADINGS),
        *(number_line(cell, released) for cell in used_cells(figure, released)),
    ]
    return spreadsheet(lines)


def number_line(cell: Cell, released: Released) -> list[str]:
    """One line of the numbers file."""
    row, column = released.rows[cell.row], released.columns[cell.column]
    decimals = released.decimals(cell.row, cell.column)
    return [
        released.groups.get(row.group or "", ""),
        row.label,
        column.label,
        cell_for_spreadsheet(cell, decimals) if cell.ok else "",
        unit_text(cell.unit),
        *(plain(bound, decimals) for bound in (cell.lower, cell.upper)),
        cell.n,
        MEANINGS.get(cell.status, ""),
    ]


def plain(value: str, decimals: int) -> str:
    """A number for a spreadsheet, or nothing."""
    return number(value, decimals, grouped=False).replace(MINUS, "-") if value else ""
