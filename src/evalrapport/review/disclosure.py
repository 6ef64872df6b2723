"""Finds people whom two published versions reveal together, though neither does alone.

Whoever holds both versions can subtract one from the other. So over all pairs of tables that are
protected, four things are looked for:

* `base`: the same group counts a few people more or fewer, in one table or in two;
* `antal`: a share stands for so few people more or fewer, as far as its rounding lets one tell;
* `del`: a part in one version differs by a few from its whole in the other (columns that are
  `part_of` or `subset_of` another, rows under a row), which neither version shows by itself;
* `skjult`: what one version hides can be worked out from what the other shows: of numbers that add
  up, one only is hidden in both.

A difference of nought people is no risk. Numbers published before, and two versions about different
people (stand-in and real), are not checked.

Source: the differencing problem, A. Hundepool et al., Statistical Disclosure Control (Wiley 2012),
section 5.2; the threshold is the one the tables were released with (the higher of the two).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from evalrapport.review.people import (
    CHECKED,
    Key,
    column_bases,
    counts,
    few,
    limit,
    population,
    state,
    sums,
)
from evalrapport.review.tables import labels
from evalrapport.review.versions import Table


@dataclass(frozen=True)
class Risk:
    """Two published cells whose difference is fewer people than the threshold."""

    kind: str
    table: str
    cell: str
    other: str
    people: int
    threshold: int
    where: str

    @property
    def text(self) -> str:
        """The risk in Danish; it names cells, never the hidden number."""
        if self.kind == "skjult":
            return f"{self.where}: det skjulte tal kan regnes ud af de to versioner tilsammen"
        return f"{self.where}: de to versioner skiller færre end {self.threshold} personer ud"

    def plain(self) -> dict[str, Any]:
        """As it stands in the JSON. The number of people is left out: it is what is protected."""
        told = {name: value for name, value in asdict(self).items() if name != "people"}
        return {**told, "text": self.text}


def risks(old: Mapping[str, Table], new: Mapping[str, Table]) -> list[Risk]:
    """All risks between two bundles of one study."""
    found: list[Risk] = []
    for name in sorted(old.keys() & new.keys()):
        before, after = old[name], new[name]
        if before.data_status == after.data_status != "published":
            found += table_risks(before, after)
    return [*found, *across_tables(old, new)]


def across_tables(old: Mapping[str, Table], new: Mapping[str, Table]) -> Iterator[Risk]:
    """The same group counted in two tables, one from each version, a few people apart.

    Groups are the same if the contracts describe their populations in the same words (up to the
    first semicolon; what follows are groups to compare with) and the column has the same id. Where
    one version holds both numbers already, the other adds nothing.
    """
    before, after = ({n: column_bases(t) for n, t in side.items()} for side in (old, new))
    for first, second in ((a, b) for a in old for b in new if a != b):
        table, other = old[first], new[second]
        threshold = max(limit(table), limit(other))
        same = population(table) and population(table) == population(other)
        if not same or not threshold or table.data_status != other.data_status:
            continue
        for column in before[first].keys() & after[second].keys():
            was, now = before[first][column], after[second][column]
            told = (
                before.get(second, {}).get(column) == now or after.get(first, {}).get(column) == was
            )
            if not told and 0 < abs(now - was) < threshold:
                here = risk(
                    other, "base", ("n", column, "antal"), ("n", column, "antal"), 1, threshold
                )
                yield replace(here, other=f"{first} n@{column} antal")


def table_risks(old: Table, new: Table) -> list[Risk]:
    """The risks between two versions of one table."""
    threshold = max(limit(old), limit(new))
    if not threshold or new.contract.disclosure_class not in CHECKED:
        return []
    first, second = counts(old), counts(new)
    found = [
        *same_group(new, first, second, threshold),
        *nested(new, first, second, threshold),
        *hidden_alone(old, new),
    ]
    unique = {(risk.kind, *sorted((risk.cell, risk.other))): risk for risk in reversed(found)}
    return sorted(unique.values(), key=lambda risk: (risk.kind, risk.cell))


def same_group(
    table: Table, old: Mapping[Key, Any], new: Mapping[Key, Any], threshold: int
) -> Iterator[Risk]:
    """One group in both versions, and a few people more or fewer."""
    for place in new:
        if place not in old or old[place][2] == new[place][2]:
            continue
        people = few(old[place][1], new[place][1], threshold)
        if people:
            yield risk(table, new[place][0], place, place, people, threshold)


def nested(
    table: Table, old: Mapping[Key, Any], new: Mapping[Key, Any], threshold: int
) -> Iterator[Risk]:
    """A part in one version beside its whole in the other, where no version shows both so."""
    columns = {c.id: c.part_of or c.subset_of or "" for c in table.contract.columns}
    rows = {r.id: r.group or "" for r in table.contract.rows}
    for first, second in ((old, new), (new, old)):
        for place, (_, bounds, mark) in first.items():
            row, column, statistic = place
            over = (row, columns.get(column, ""), statistic), (rows.get(row, ""), column, statistic)
            for whole in over:
                if whole not in second or (place in second and second[place][2] == mark):
                    continue
                if people := few(bounds, second[whole][1], threshold):
                    yield risk(table, "del", place, whole, people, threshold)


def risk(table: Table, kind: str, cell: Key, other: Key, people: int, threshold: int) -> Risk:
    """A risk with the Danish names of its cells."""
    rows, columns = labels(table, "row"), labels(table, "column")
    row = rows.get(cell[0], "grundlaget n")
    named = table.contract.published_as or f"tabellen {table.id}"
    where = f"{named}, {row}, {columns[cell[1]]}"
    if other != cell:
        whole = rows.get(other[0], "grundlaget n") if other[0] != cell[0] else columns[other[1]]
        where += f" over for {whole}"
    places = [f"{table.id} {place[0]}@{place[1]} {place[2]}" for place in (cell, other)]
    return Risk(kind, table.id, places[0], places[1], people, threshold, where)


def hidden_alone(old: Table, new: Table) -> Iterator[Risk]:
    """Sums of which each version hides two numbers or more, but both together only one.

    Only where the numbers that both show are the same: else they are not about the same people.
    """
    before, after = (state(table) for table in (old, new))
    for members in sums(new.contract):
        if any(place not in before or place not in after for place in members):
            continue
        hides = [{p for p in members if side[p] is None} for side in (before, after)]
        both = hides[0] & hides[1]
        shared = [p for p in members if p not in hides[0] | hides[1]]
        if any(before[p] != after[p] for p in shared) or min(map(len, hides)) < 2:
            continue
        if len(both) == 1:
            place = next(iter(both))
            yield risk(new, "skjult", place, place, 0, max(limit(old), limit(new)))
