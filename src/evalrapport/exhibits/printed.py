"""How one cell of a released table is printed, also when it has nothing to show."""

from __future__ import annotations

from evalrapport.danish import number
from evalrapport.exhibits.released import Cell

# status -> (sign that is printed, what a screen reader says)
SIGNS: dict[str, tuple[str, str]] = {
    "suppressed": ("·", "skjult af hensyn til diskretion"),
    "not_published": ("..", "ikke offentliggjort"),
    "not_applicable": ("–", "ikke relevant"),
}


def cell_text(cell: Cell, decimals: int) -> str:
    """The cell's value, text or sign, without unit: `43,2`, `6.487`, `·`."""
    if cell.status != "ok":
        return SIGNS[cell.status][0]
    return number(cell.value, decimals) if cell.value else cell.text


def cell_for_spreadsheet(cell: Cell, decimals: int) -> str:
    """As `cell_text`, but numbers as a Danish spreadsheet reads them: `43485`, `-1,3`."""
    if cell.ok and cell.value:
        return number(cell.value, decimals, grouped=False).replace("\u2212", "-")
    return cell_text(cell, decimals)
