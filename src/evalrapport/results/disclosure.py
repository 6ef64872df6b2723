"""Which numbers of a table are hidden: the small ones, and those that would give them away.

First every count below the threshold is hidden, and every count that leaves fewer than the
threshold in its base. Then, as long as a reader could put a small number within bounds narrower
than the threshold (see `intervals`), one more number is hidden: the one that helps most, of these
the one about fewest people. Last, whatever turns out to be hidden needlessly is shown again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evalrapport.contracts.result_table import TableContract
from evalrapport.errors import PlainError
from evalrapport.results.counts import Counts, Name, build
from evalrapport.results.estimates import Estimate, Key
from evalrapport.results.protection import Protection

if TYPE_CHECKING:
    from evalrapport.results.intervals import Reader

CANDIDATES = 6  # so many of the cheapest numbers are weighed against each other at a time


@dataclass(frozen=True)
class Pattern:
    """The cells of a table that are hidden: for their own sake, and to protect those."""

    primary: frozenset[Key]
    complementary: frozenset[Key]

    @property
    def hidden(self) -> frozenset[Key]:
        return self.primary | self.complementary


def pattern(
    contract: TableContract, cells: Mapping[Key, Estimate], protection: Protection
) -> Pattern:
    """The cells to hide so that no number below the threshold can be read or worked out."""
    if protection.threshold == 0:
        return Pattern(frozenset(), frozenset())
    if protection.small_counts:
        require_counts(contract.id, cells)
    counts = build(contract, cells)
    first = primary(counts, protection)
    hidden = complementary(counts, cells, protection, first)
    alone = small_alone(cells, counts, protection)
    own = alone | _cells(counts, cells, first)
    return Pattern(frozenset(own), frozenset(_cells(counts, cells, hidden) - own))


def require_counts(table: str, cells: Mapping[Key, Estimate]) -> None:
    """Refuse a share of which it is not known how many people it stands for."""
    for key, estimate in cells.items():
        unknown = estimate.n is None or estimate.count is None
        share = key[2] == "andel" and estimate.status == "ok"
        if share and unknown and estimate.cell.row.role is None:
            raise PlainError(
                f"{table}: {key[0]}@{key[1]} has no n or no count, so it can't be known whether it "
                "may be released. Let the computation write both."
            )


def primary(counts: Counts, protection: Protection) -> set[Name]:
    """Counts that are small or leave few others, and bases that are small."""
    hidden = {
        name
        for name, value in counts.value.items()
        if name[0] == "base" and _is_printed(name) and protection.small(value)
    }
    if protection.small_counts:
        for name in counts.cell_of:
            others = counts.value.get(("others", *name[1:]))
            left = protection.small(others) if others is not None else False
            if left or protection.small(counts.value[name]):
                hidden.add(name)
    return hidden


def sensitive(counts: Counts, protection: Protection) -> list[Name]:
    """The numbers that must not be worked out, in a fixed order.

    For a survey these are small bases only; that answers are missing here and there, so that two
    bases differ by a few respondents, is no secret.
    """
    return sorted(
        name
        for name, value in counts.value.items()
        if protection.small(value)
        and (protection.small_counts or (name[0] == "base" and _is_printed(name)))
    )


def _is_printed(name: Name) -> bool:
    """Whether a base stands in the table, and does not only follow from others."""
    return "-" not in name[1] + name[2]


def complementary(
    counts: Counts, cells: Mapping[Key, Estimate], protection: Protection, first: set[Name]
) -> set[Name]:
    """`first`, and what else must be hidden so that every sensitive number is protected."""
    guarded = sensitive(counts, protection)
    hidden = set(first)
    if not guarded:
        return hidden
    from evalrapport.results.intervals import Reader  # the solver is slow to load

    reader = Reader(counts, cells, zero_is_shown=protection.zero_is_shown)
    for name in guarded:
        while reader.width(name, hidden) < protection.threshold:
            hidden.add(_best(name, reader, hidden, protection))
    for name in sorted(hidden - first, key=lambda n: (-counts.value[n], n)):
        without = hidden - {name}
        if all(reader.width(g, without) >= protection.threshold for g in guarded):
            hidden = without
    return hidden


def _best(name: Name, reader: Reader, hidden: Collection[Name], protection: Protection) -> Name:
    """The number to hide next for the sake of `name`: enough if possible, else the most help."""
    candidates = _candidates(name, reader.counts, hidden, protection)
    if not candidates:
        raise PlainError(
            f"{name[1]}@{name[2]}: this number can be worked out whatever is hidden beside it. "
            "Leave out the column or join it with another."
        )
    tried: list[tuple[float, int, Name]] = []
    for candidate in candidates:
        width = reader.width(name, {*hidden, candidate})
        if width >= protection.threshold:
            return candidate
        tried.append((-width, len(tried), candidate))
    return min(tried)[2]


def _candidates(
    name: Name, counts: Counts, hidden: Collection[Name], protection: Protection
) -> list[Name]:
    """The cheapest shown numbers that are tied to `name`, near ones before far ones.

    Bases come last, for with a base all that rests on it goes. A shown nought protects nothing.
    """
    kind = "base" if name[0] == "base" else "count"
    seen: set[Name] = {name}
    edge: set[Name] = {name}
    found: list[Name] = []
    while edge and not found:
        edge = {n for e in counts.equations if edge & e.keys() for n in e} - seen
        seen |= edge
        found = [n for n in edge if n[0] == kind and _can_be_hidden(n, counts, hidden, protection)]
    found = found or _bases(counts, hidden)
    return sorted(found, key=lambda n: (counts.value[n], n))[:CANDIDATES]


def _can_be_hidden(
    name: Name, counts: Counts, hidden: Collection[Name], protection: Protection
) -> bool:
    if name in hidden or counts.base_of.get(name) in hidden:
        return False
    if name[0] == "base":
        return _is_printed(name)
    return name in counts.cell_of and (counts.value[name] > 0 or not protection.zero_is_shown)


def _bases(counts: Counts, hidden: Collection[Name]) -> list[Name]:
    names = [n for n in counts.value if n[0] == "base" and _is_printed(n)]
    return [n for n in names if n not in hidden]


def small_alone(cells: Mapping[Key, Estimate], counts: Counts, protection: Protection) -> set[Key]:
    """Cells that are hidden by themselves, without a count that others could give away.

    A median of a small group is close to one person's value; the threshold is asked on both sides
    of it. (ASSUME: twice the threshold; the guides forbid medians that show one person.) A
    difference or an effect is as small as the smallest group behind it, and a difference between
    two shares goes when one of them does (see `release`).
    """
    hidden = set()
    for key, estimate in cells.items():
        numbers = [x for x in (estimate.n, estimate.count) if x is not None]
        if estimate.status != "ok" or key in counts.cell_of.values():
            continue
        if estimate.cell.row.role == "base":
            numbers = [float(estimate.value)]
        elif key[2] == "median" and estimate.n is not None:
            numbers.append(estimate.n / 2)
        elif key[2] == "andel":
            numbers = numbers[:1]
        if any(protection.small(number) for number in numbers):
            hidden.add(key)
    return hidden


def _cells(counts: Counts, cells: Mapping[Key, Estimate], hidden: Collection[Name]) -> set[Key]:
    """The cells that go with hidden numbers: a count's own, and all that rest on a base."""
    found = {counts.cell_of[name] for name in hidden if name in counts.cell_of}
    found |= {key for key, base in counts.bases_of_cell.items() if base in hidden}
    lost = {(base[2], counts.value[base]) for base in hidden if base[0] == "base"}
    for key, estimate in cells.items():
        if estimate.status != "ok":
            continue
        if estimate.cell.row.role == "base" and (key[1], float(estimate.value)) in lost:
            found.add(key)
    differences = {key for key, e in cells.items() if key[2] == "forskel" and e.status == "ok"}
    rows = {row for row, _, statistic in found if statistic == "andel"}
    return found | {key for key in differences if key[0] in rows}
