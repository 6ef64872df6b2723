"""How one cell of a released table is printed, also when it has nothing to show."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from evalrapport.danish import MINUS, RANGE_DASH, number
from evalrapport.exhibits.released import Cell

# No cell is left empty: a reader can't know what an empty one means.
SIGNS = {"suppressed": "·", "not_published": "..", "not_applicable": RANGE_DASH}
MEANINGS = {
    "suppressed": "skjult af hensyn til diskretion",
    "not_published": "ikke offentliggjort",
    "not_applicable": "ikke relevant",
}


def cell_text(cell: Cell, decimals: int, hidden: str | None = None) -> str:
    """The cell's value, words or sign, without unit: `43,2`, `6.487`, `·` (or `hidden`)."""
    if cell.status == "suppressed" and hidden:
        return hidden
    if cell.status != "ok":
        return SIGNS[cell.status]
    return number(cell.value, decimals) if cell.value else cell.text


def cell_for_spreadsheet(cell: Cell, decimals: int, hidden: str | None = None) -> str:
    """As `cell_text`, but numbers as a Danish spreadsheet reads them: `43485`, `-1,3`."""
    if cell.ok and cell.value:
        return number(cell.value, decimals, grouped=False).replace(MINUS, "-")
    return cell_text(cell, decimals, hidden)


def spreadsheet(lines: Iterable[Sequence[str]]) -> str:
    """Lines of fields as Danish spreadsheets open them: semicolons, quotes only where needed."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(lines)
    return out.getvalue()
