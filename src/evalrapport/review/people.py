"""How many people a published cell can stand for, as far as a reader can work it out."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

from evalrapport.contracts.result_table import TableContract
from evalrapport.review.versions import Table

Key = tuple[str, str, str]
Bounds = tuple[int, int]
# Of surveys, bases alone are protected, and that a few answers more are missing is no secret.
CHECKED = ("register", "interview")


def population(table: Table) -> str:
    """Whom a table is about, in its contract's words."""
    return table.contract.population.split(";")[0].strip()


def limit(table: Table) -> int:
    """The threshold a table was released with; 0 if it needs none."""
    return int(table.manifest.get("disclosure", {}).get("threshold") or 0)


def counts(table: Table) -> dict[Key, tuple[str, Bounds, tuple[str, str]]]:
    """By cell: kind (`base` or `antal`), the least and most people it can stand for, its print.

    A base cell is exact; a share of v per cent (rounded) of n people is some whole number within
    its rounding. Bases behind shares are told under the row `n`.
    """
    found: dict[Key, tuple[str, Bounds, tuple[str, str]]] = {}
    bases: dict[str, set[int]] = {}
    by_key = {cell.key: cell for cell in table.contract.cells()}
    for line in table.cells:
        place = line["row"], line["column"], line["statistic"]
        if line["status"] != "ok":
            continue
        cell, mark = by_key[place], (line["value"], line["n"])
        if cell.statistic == "antal" and cell.unit == "personer" and line["value"]:
            number = int(float(line["value"]))
            found[place] = ("base", (number, number), mark)
        elif cell.statistic == "andel" and line["n"] and cell.row.role is None:
            n, step = float(line["n"]), 0.5 * 10**-cell.decimals
            value = float(line["value"])
            least = ceil((value - step) * n / 100 - 1e-9)
            most = floor((value + step) * n / 100 + 1e-9)
            # No whole number may fit, as with weights: then what lies round it.
            least, most = sorted((max(least, 0), min(most, int(n))))
            found[place] = ("antal", (least, most), mark)
            bases.setdefault(line["column"], set()).add(int(n))
    for column, known in bases.items():
        # A column whose rows rest on several bases (missing answers) has no one base of its own.
        if len(known) == 1:
            number = known.pop()
            found["n", column, "antal"] = ("base", (number, number), (str(number), ""))
    return found


def column_bases(table: Table) -> dict[str, int]:
    """The people behind each column of a register table, where that is one number."""
    if table.contract.disclosure_class not in CHECKED:
        return {}
    found = counts(table)
    return {place[1]: bounds[0] for place, (_, bounds, _) in found.items() if place[0] == "n"}


def few(first: Bounds, second: Bounds, threshold: int) -> int:
    """The most people that two numbers can differ by, if that is below the threshold; else 0."""
    most = max(second[1] - first[0], first[1] - second[0])
    return most if 0 < most < threshold else 0


def state(table: Table) -> dict[Key, str | None]:
    """Every cell's printed value; None if it is hidden."""
    return {
        (line["row"], line["column"], line["statistic"]): (
            None if line["status"] == "suppressed" else line["value"]
        )
        for line in table.cells
    }


def sums(contract: TableContract) -> Iterator[list[Key]]:
    """The cells that add up to a known number: shares down a column, parts along a row."""
    cells = {(cell.row.id, cell.column.id): cell for cell in contract.cells()}
    for group in contract.adds_up:
        own = [r.id for r in contract.rows if (r.group or "") == group and r.role is None]
        total = [group] if any(r.id == group for r in contract.rows) else []
        for column in contract.columns:
            yield [cells[row, column.id].key for row in [*own, *total]]
    wholes = {c.part_of for c in contract.columns if c.part_of}
    for whole in sorted(wholes):
        parts = [c.id for c in contract.columns if c.part_of == whole]
        for row in contract.rows:
            if row.statistic in ("andel", "antal"):
                yield [cells[row.id, column].key for column in [*parts, whole]]
