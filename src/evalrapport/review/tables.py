"""Compares two released tables by the ids of rows and columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from evalrapport import danish
from evalrapport.contracts.result_table import Cell
from evalrapport.review.versions import Table

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


@dataclass(frozen=True)
class Lines:
    """How the rows (or columns) of two tables belong together: old id → new id, and the rest."""

    pairs: Mapping[str, str]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    relabelled: tuple[tuple[str, str, str], ...]  # (id, old label, new label)


def compare(old: Table, new: Table) -> tuple[list[Change], list[Change]]:
    """(changed cells, changed structure) of a table that both versions have."""
    rows = matched(old, new, "row")
    columns = matched(old, new, "column")
    before = {key(line): line for line in old.cells}
    after = {key(line): line for line in new.cells}
    cells = {cell.key: cell for cell in new.contract.cells()}
    found = []
    for (row, column, statistic), line in before.items():
        if row not in rows.pairs or column not in columns.pairs:
            continue
        place = (rows.pairs[row], columns.pairs[column], statistic)
        if place in after and differs(line, after[place]):
            was = f"{old.id} {row}@{column} {statistic}"
            found.append(cell_change(new, cells[place], line, after[place], was))
    order = {place: number for number, place in enumerate(after)}
    found.sort(key=lambda change: order[change["place"]])
    for change in found:
        del change["place"]
    return found, [*line_changes(old, new, "row", rows), *line_changes(old, new, "column", columns)]


def key(line: Line) -> tuple[str, str, str]:
    """(row, column, statistic) of a line of a result CSV."""
    return line["row"], line["column"], line["statistic"]


def differs(old: Line, new: Line) -> bool:
    """Whether anything but the place of a cell is another."""
    return any(old[name] != new[name] for name in COMPARED)


def matched(old: Table, new: Table, axis: str) -> Lines:
    """Rows (or columns) of both tables: by id; else as renamed if label or all numbers agree."""
    before, after = labels(old, axis), labels(new, axis)
    pairs = {name: name for name in before if name in after}
    gone = [name for name in before if name not in after]
    come = [name for name in after if name not in before]
    renamed = []
    for name in gone:
        same = [c for c in come if is_same_line(old, new, axis, name, c)]
        if len(same) == 1:
            renamed.append((name, same[0]))
            pairs[name] = same[0]
            come.remove(same[0])
    return Lines(
        pairs,
        tuple(come),
        tuple(name for name in gone if name not in pairs),
        tuple(renamed),
        tuple((n, before[n], after[n]) for n in before if n in after and before[n] != after[n]),
    )


def labels(table: Table, axis: str) -> dict[str, str]:
    """Printed labels by id; with the heading over them, since “Mand” may stand under two."""
    contract = table.contract
    if axis == "column":
        return {c.id: " · ".join(filter(None, (c.span, c.label))) for c in contract.columns}
    groups = {g.id: g.label for g in contract.row_groups} | {r.id: r.label for r in contract.rows}
    over = {r.id: groups.get(r.group or "", "") for r in contract.rows}
    return {r.id: " · ".join(filter(None, (over[r.id], r.label))) for r in contract.rows}


def is_same_line(old: Table, new: Table, axis: str, was: str, now: str) -> bool:
    """Whether a line only got another id: same label, or same numbers (two or more) throughout."""
    if labels(old, axis)[was] == labels(new, axis)[now]:
        return True
    first, second = numbers(old, axis, was), numbers(new, axis, now)
    return len(first) > 1 and first == second


def numbers(table: Table, axis: str, name: str) -> list[tuple[str, ...]]:
    """What stands in a line of a table, cell by cell."""
    shown = [line for line in table.cells if line[axis] == name and line["status"] == "ok"]
    return [tuple(line[part] for part in (*COMPARED, "statistic")) for line in shown]


def line_changes(old: Table, new: Table, axis: str, lines: Lines) -> list[Change]:
    """Rows or columns that came, went, or are called something else."""
    before, after = labels(old, axis), labels(new, axis)
    kind = {"row": "raekke", "column": "kolonne"}[axis]
    base = {"type": "struktur", "table": new.id, "what": kind}
    return [
        *({**base, "kind": "tilfoejet", "old": "", "new": after[n], "id_": n} for n in lines.added),
        *(
            {**base, "kind": "fjernet", "old": before[n], "new": "", "id_": n}
            for n in lines.removed
        ),
        *(
            {**base, "kind": "omdoebt", "old": a, "new": b, "id_": b, "by": "id"}
            for a, b in lines.renamed
        ),
        *(
            {**base, "kind": "omdoebt", "old": a, "new": b, "id_": n, "by": "label"}
            for n, a, b in lines.relabelled
        ),
    ]


def cell_change(table: Table, cell: Cell, old: Line, new: Line, was: str) -> Change:
    """What is told of one changed cell."""
    row, column, statistic = cell.key
    return {
        "type": "tal",
        "kind": kind_of(old, new),
        "table": table.id,
        "address": f"{table.id} {row}@{column} {statistic}",
        "old_address": was,
        "row": labels(table, "row")[row],
        "column": labels(table, "column")[column],
        "unit": cell.unit,
        "old": {name: old[name] for name in COMPARED},
        "new": {name: new[name] for name in COMPARED},
        "old_text": shown(old, cell),
        "new_text": shown(new, cell),
        **difference(old, new, cell),
        "place": cell.key,
    }


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
        return "ord"
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


def compare_all(
    old: Mapping[str, Table], new: Mapping[str, Table]
) -> tuple[list[Change], list[Change]]:
    """(changed cells, changed structure) over all tables of two bundles."""
    cells: list[Change] = []
    structure: list[Change] = []
    for name in order_of(list(old), list(new)):
        if name in old and name in new:
            changed, lines = compare(old[name], new[name])
            cells += changed
            structure += lines
        else:
            there = old.get(name) or new[name]
            kind = "fjernet" if name in old else "tilfoejet"
            label = there.contract.published_as or name
            text = {"old": label if name in old else "", "new": label if name in new else ""}
            line = {"type": "struktur", "what": "tabel", "kind": kind, "table": name, "id_": name}
            structure.append({**line, **text})
    return cells, structure


def order_of(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The names of both, in the new order, those that went last."""
    return [*new, *(name for name in old if name not in new)]
