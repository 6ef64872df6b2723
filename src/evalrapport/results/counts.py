"""A table as a reader can reckon with it: numbers of people, and the sums that tie them together.

Every share stands for a count of people in a base, and a count leaves a number of others. The sums
are those that the table's contract states: shares that add up (`adds_up`), columns that make up
another (`part_of`) or lie within one (`subset_of`), and a row's base that leaves out another row's
people (`without`). What follows from a sum though it is printed nowhere (the others in a base, the
rest of a column) is a number here too, for a reader can work it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from evalrapport.contracts.result_table import Column, Row, TableContract
from evalrapport.errors import PlainError
from evalrapport.results.estimates import Estimate, Key

# ("count" | "others", row, column) · ("base", number of the base, column) · a column "a-b" is what
# is left of column a outside b.
Name = tuple[str, str, str]

SLACK = 1e-6  # counts of a weighted group are not whole, so sums may be off in the last digits


@dataclass
class Counts:
    """The numbers of people behind a table and the equations (coefficients sum to nought)."""

    value: dict[Name, float] = field(default_factory=dict)
    equations: list[dict[Name, int]] = field(default_factory=list)
    base_of: dict[Name, Name] = field(default_factory=dict)  # count → its base
    cell_of: dict[Name, Key] = field(default_factory=dict)  # count → the cell that prints it
    bases_of_cell: dict[Key, Name] = field(default_factory=dict)

    def tie(self, whole: Name, parts: Iterable[Name], table: str) -> None:
        """State that `whole` is the sum of `parts`; PlainError if the numbers say otherwise."""
        members = list(parts)
        gap = self.value[whole] - sum(self.value[part] for part in members)
        if abs(gap) > SLACK:
            raise PlainError(
                f"{table}: the counts of {_said(members)} do not add up to {_said([whole])}, though"
                " the contract says so. Mend the computation, or the contract."
            )
        self.equations.append({whole: 1} | dict.fromkeys(members, -1))


def _said(names: list[Name]) -> str:
    bases = {f"the base of {column}" for kind, _, column in names if kind == "base"}
    cells = {f"{row}@{column}" for kind, row, column in names if kind != "base"}
    return ", ".join(sorted(bases | cells)[:6])


def build(contract: TableContract, cells: Mapping[Key, Estimate]) -> Counts:
    """All numbers of people behind a table's estimates, and what ties them."""
    counts = Counts()
    _add_bases(counts, contract, cells)
    _add_counts(counts, cells, of_the_base=contract.disclosure_class == "interview")
    _tie_rows(counts, contract)
    _tie_bases(counts, contract)
    _tie_columns(counts, contract)
    return counts


def _add_bases(counts: Counts, contract: TableContract, cells: Mapping[Key, Estimate]) -> None:
    """Rows whose n agree in every column share one base; the others have their own.

    Rows about people of their own (`rows_apart`: municipalities) never share one."""
    bases: list[dict[str, float]] = []
    for row in contract.rows:
        own = {k[1]: e.n for k, e in cells.items() if k[0] == row.id and e.n is not None}
        if row.role == "base" or not own:
            continue
        number = len(bases) if contract.rows_apart else _matching(bases, own)
        if number == len(bases):
            bases.append({})
        bases[number].update(own)
        for key in cells:
            if key[0] == row.id and key[1] in own:
                counts.bases_of_cell[key] = ("base", str(number), key[1])
    for number, base in enumerate(bases):
        counts.value.update({("base", str(number), column): n for column, n in base.items()})


def _matching(bases: list[dict[str, float]], own: Mapping[str, float]) -> int:
    """The number of the base that agrees with `own`, added if there is none."""
    for number, base in enumerate(bases):
        shared = base.keys() & own.keys()
        if shared and all(base[column] == own[column] for column in shared):
            return number
    bases.append({})
    return len(bases) - 1


def _add_counts(
    counts: Counts, cells: Mapping[Key, Estimate], *, of_the_base: bool = False
) -> None:
    """Each share's count and the others in its base; each printed number of people.

    `of_the_base`: printed numbers, too, are of a base and leave others (3 of 18 job centres).
    """
    for key, estimate in cells.items():
        row, column, statistic = key
        role = estimate.cell.row.role
        if estimate.count is None or estimate.status != "ok" or statistic not in ("andel", "antal"):
            continue
        if role == "base" or (statistic == "andel" and role == "total"):
            continue
        name = ("count", row, column)
        counts.value[name] = estimate.count
        counts.cell_of[name] = key
        if (statistic == "andel" or of_the_base) and key in counts.bases_of_cell:
            _add_others(counts, name, counts.bases_of_cell[key], estimate)


def _add_others(counts: Counts, name: Name, base: Name, estimate: Estimate) -> None:
    """Those in the base who are not in the count; for a weighted share, what their weight is."""
    others = ("others", *name[1:])
    if _is_share_of(estimate, counts.value[base]):
        counts.base_of[name] = base
        counts.value[others] = counts.value[base] - counts.value[name]
        counts.tie(base, [name, others], name[1])
    else:
        weight = counts.value[base] * (1 - float(estimate.value) / 100)
        counts.value[others] = max(0.0, weight)


def _is_share_of(estimate: Estimate, base: float) -> bool:
    """Whether a share is its count in its base; a weighted share is not."""
    count = estimate.count or 0.0
    if estimate.cell.statistic == "antal":
        return base > 0
    return base > 0 and abs(100 * count / base - float(estimate.value)) < SLACK


def _tie_rows(counts: Counts, contract: TableContract) -> None:
    """Counts of a group that adds up: to the row the group is named after, a total, or the base."""
    rows = {row.id: row for row in contract.rows}
    for group in contract.adds_up:
        members = [row for row in contract.rows if (row.group or "") == group]
        for column in contract.columns:
            listed = [("count", r.id, column.id) for r in members if r.role is None]
            parts = [part for part in listed if part in counts.value]
            totals = [("count", r.id, column.id) for r in members if r.role == "total"]
            if group in rows:
                totals = [("count", group, column.id)]
            wholes = [name for name in totals if name in counts.value]
            if not contract.rows_apart:
                wholes = wholes or sorted({counts.base_of[p] for p in parts if p in counts.base_of})
            for whole in wholes if parts else []:
                if parts == listed:
                    counts.tie(whole, parts, contract.id)
                else:  # an answer that was not offered here: others may be left in the base
                    rest = ("count", f"{group}-", column.id)
                    _leave(counts, rest, whole, parts, contract.id)


def _tie_bases(counts: Counts, contract: TableContract) -> None:
    """Two bases in a column differ by people of whom a reader can then reckon the number."""
    if contract.rows_apart:
        return
    excluded = {_base_number(counts, row): row.without for row in contract.rows if row.without}
    numbers = sorted({name[1] for name in counts.value if name[0] == "base"}, key=int)
    for one, two in combinations(numbers, 2):
        for column in contract.columns:
            pair = [("base", one, column.id), ("base", two, column.id)]
            if not all(name in counts.value for name in pair):
                continue
            large, small = sorted(pair, key=lambda name: (-counts.value[name], name))
            left_out = ("count", excluded.get(small[1]) or "", column.id)
            if left_out in counts.value and counts.base_of.get(left_out) == large:
                counts.tie(large, [small, left_out], contract.id)
            elif counts.value[large] > counts.value[small]:
                rest = ("base", f"{large[1]}-{small[1]}", column.id)
                _leave(counts, rest, large, [small], contract.id)


def _base_number(counts: Counts, row: Row) -> str:
    return next((name[1] for key, name in counts.bases_of_cell.items() if key[0] == row.id), "")


def _tie_columns(counts: Counts, contract: TableContract) -> None:
    """A column and those that make it up or lie within it, for every number in them."""
    for whole in contract.columns:
        parts = [column for column in contract.columns if column.part_of == whole.id]
        inside = [[c] for c in contract.columns if c.subset_of == whole.id]
        for members in [*([parts] if parts else []), *inside]:
            _tie_column(counts, whole, members, contract.id)


def _tie_column(counts: Counts, whole: Column, members: list[Column], table: str) -> None:
    label = f"{whole.id}-{'-'.join(column.id for column in members)}"
    for kind, row, column in [name for name in counts.value if name[2] == whole.id]:
        parts = [(kind, row, member.id) for member in members]
        if all(part in counts.value for part in parts):
            _leave(counts, (kind, row, label), (kind, row, column), parts, table)


def _leave(counts: Counts, rest: Name, whole: Name, parts: list[Name], table: str) -> None:
    """Tie `whole` to `parts` and what they leave of it, if they leave anything."""
    left = counts.value[whole] - sum(counts.value[part] for part in parts)
    if left < -SLACK:
        raise PlainError(
            f"{table}: {_said(parts)} hold more people than {_said([whole])}, of which they are a"
            " part by the contract. Mend the computation, or the contract."
        )
    if left <= SLACK:
        counts.tie(whole, parts, table)
    else:
        counts.value[rest] = left
        counts.tie(whole, [*parts, rest], table)
