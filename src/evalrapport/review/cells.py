"""One cell of a table in two versions: how it differs, and how that is told."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import Any

from evalrapport import danish
from evalrapport.contracts.result_table import Cell

Line = Mapping[str, str]
Change = dict[str, Any]
COMPARED = ("value", "text", "n", "lower", "upper", "status")
POINT_UNITS = ("pct", "pctpoint")
HIDDEN = {
    "suppressed": "skjult",
    "not_published": "ikke offentliggjort",
    "not_applicable": "ikke relevant",
}
# What a difference is told in where the numbers are shares already.
POINTS = "procentpoint"


def key(line: Line) -> tuple[str, str, str]:
    """(row, column, statistic) of a line of a result CSV."""
    return line["row"], line["column"], line["statistic"]


def differs(old: Line, new: Line) -> bool:
    """Whether anything but the place of a cell is another."""
    return any(old[name] != new[name] for name in COMPARED)


def kind_of(old: Line, new: Line) -> str:
    """The kind of a cell's change, the weightiest first."""
    if old["status"] != new["status"]:
        if new["status"] == "suppressed":
            return "skjult_nu"
        if old["status"] == "suppressed":
            return "vist_nu"
        return "status"
    if old["value"] != new["value"]:
        return "vaerdi"
    if old["text"] != new["text"]:
        return "ord" if new["status"] == "ok" else "bemaerkning"
    return "grundlag" if old["n"] != new["n"] else "interval"


def shown(line: Line, cell: Cell) -> str:
    """A cell as a reader sees it."""
    if line["status"] != "ok":
        return HIDDEN[line["status"]]
    if line["value"] == "":
        return line["text"]
    if cell.unit in danish.UNITS:
        return danish.quantity(line["value"], cell.unit, cell.decimals)
    return danish.number(line["value"], cell.decimals)


def difference(old: Line, new: Line, cell: Cell) -> dict[str, Any]:
    """`difference` (new less old), `difference_text`, and `significance` where it can be told.

    Shares differ in percentage points, all else relatively (per cent of the old number). A
    difference is `uden_for` the uncertainty if it is wider than the half widths of both 95 per cent
    intervals together (root of the sum of squares), or of the one that is known.

    # ASSUME: the two versions are held against each other as if their people were different ones;
    # versions of the same people vary less, so the rule calls too few differences large, never
    # too many.
    """
    if not old["value"] or not new["value"]:
        return {"difference": None, "difference_text": "", "significance": "ukendt", "weight": None}
    was, now = float(old["value"]), float(new["value"])
    change = now - was
    widths = [half_width(line) for line in (old, new)]
    known = [width for width in widths if width is not None]
    # An interval of 0,0 to 0,0 is as wide as the rounding that made it so.
    least = 0.5 * 10**-cell.decimals
    reach = max(sqrt(sum(width**2 for width in known)), least) if known else None
    outside = None if reach is None or change == 0 else abs(change) > reach
    return {
        "difference": round(change, 6),
        "difference_text": difference_text(was, change, cell),
        "significance": {None: "ukendt", True: "uden_for", False: "inden_for"}[outside],
        "weight": round(abs(change) / reach, 3) if reach else None,
    }


def half_width(line: Line) -> float | None:
    """Half the width of a cell's interval, or None if it has none."""
    if not line["lower"] or not line["upper"]:
        return None
    return (float(line["upper"]) - float(line["lower"])) / 2


def difference_text(was: float, change: float, cell: Cell) -> str:
    """A difference as it is printed: `+2,1 procentpoint`, `−12,5 pct.`"""
    if change == 0:
        return ""
    if cell.unit in POINT_UNITS:
        text = danish.number(round(change, 6), max(cell.decimals, 0), sign=True)
        return f"{text}{danish.NO_BREAK_SPACE}{POINTS}"
    if was == 0:
        return danish.number(round(change, 6), cell.decimals, sign=True)
    return f"{danish.number(100 * change / abs(was), 1, sign=True)}{danish.NO_BREAK_SPACE}pct."
