"""Compares two released tables by the ids of rows and columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evalrapport.contracts.result_table import Cell
from evalrapport.review.cells import (
    COMPARED,
    Change,
    Line,
    difference,
    differs,
    key,
    kind_of,
    shown,
)
from evalrapport.review.versions import Table


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
            {**base, "kind": "omdoebt", "old": a, "new": b, "id_": b, "by": "id", "label": after[b]}
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
