"""Episodes as municipalities report them: in parts, with duplicates, overlaps and open ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from evalrapport.sources.stand_in.grants import LENGTHS, UNREAL_DAYS
from evalrapport.sources.stand_in.population import EPOCH
from evalrapport.sources.stand_in.streams import poisson_evenly

YEARS = (2011, 2012, 2013, 2014)
NEW_YEAR_2012 = (date(2012, 1, 1) - EPOCH).days
REGISTERED = 0.9
WINDOW_END = (date(2014, 4, 27) - EPOCH).days
LAST_DAY = (date(2014, 7, 1) - EPOCH).days  # when the records were drawn
PART_DAYS = {2011: 400.0, 2012: 258.0, 2013: 401.0, 2014: 425.0}  # mean between changes of hours
# Records by start year, the last to 1 July 2014: 80,477 in all (SFI 15:10, chapter 4, footnote 12).
RECORDS = {2012: 24_838, 2013: 36_260, 2014: 80_477 - 24_838 - 36_260}
DUPLICATE, OVERLAP, OPEN_END, UNREAL_AGAIN = 0.004, 0.006, 0.012, 0.002
OPEN_FIRST = 0.05  # of first episodes whose band an open end leaves as it is


@dataclass
class Records:
    """Rows as reported. person: index in block; days since 1970-01-01, end -1 for none; hours NaN
    for missing; kind 1 individual, 2 pladsmentor."""

    person: np.ndarray
    start: np.ndarray
    end: np.ndarray
    hours: np.ndarray
    kind: np.ndarray

    def take(self, index: np.ndarray) -> Records:
        """The rows at `index`."""
        return Records(*(getattr(self, name)[index] for name in self.__dataclass_fields__))


def stack(parts: list[Records]) -> Records:
    """All rows of several sets."""
    names = list(Records.__dataclass_fields__)
    return Records(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def year_of(day: np.ndarray) -> np.ndarray:
    """The calendar year of days since 1970-01-01, within 2011-2014."""
    edges = [(date(year, 1, 1) - EPOCH).days for year in YEARS[1:]]
    return 2011 + np.digitize(day, edges)


@dataclass
class Reported:
    """Records by start year: how many there should be of all blocks, and are of those so far.

    Chance alone would miss the printed numbers by half a per cent now and then; so each block has
    its episodes cut a little more or less often, as those before it had too few records or too
    many.
    """

    wanted: dict[int, float]
    blocks: int
    done: int = 0
    found: dict[int, int] = field(default_factory=lambda: dict.fromkeys(RECORDS, 0))

    def oftener(self, expected: dict[int, float]) -> dict[int, float]:
        """How many times as often this block's episodes are cut; `expected`: cuts as usual."""
        owed = {y: self.wanted[y] * self.done / self.blocks - self.found[y] for y in RECORDS}
        factor = {y: 1 + owed[y] / max(expected[y], 1.0) for y in RECORDS}
        return {y: min(max(by, 0.5), 1.5) for y, by in factor.items()}

    def add(self, rows: Records) -> None:
        """Count a block's records."""
        year = year_of(rows.start[rows.start < LAST_DAY])
        self.found = {y: count + int((year == y).sum()) for y, count in self.found.items()}
        self.done += 1


def known_days(whole: Records) -> np.ndarray:
    """Days of each episode until the records were drawn: no part starts after that."""
    days: np.ndarray = np.minimum(
        whole.end - whole.start + 1, np.maximum(LAST_DAY - whole.start, 1)
    )
    return days


def cut_rate(whole: Records) -> np.ndarray:
    """How often each episode's hours change, on average, until the records were drawn."""
    year = year_of(whole.start)
    rate: np.ndarray = known_days(whole) / np.select(
        [year == y for y in PART_DAYS], list(PART_DAYS.values())
    )
    return rate


def in_parts(rng: np.random.Generator, whole: Records, oftener: dict[int, float]) -> Records:
    """Cut episodes where hours change: a part ends, the next starts the day after (fn 8, 25).

    `oftener`: by start year, how many times as often as usual."""
    known = known_days(whole)
    year = year_of(whole.start)
    by = np.select([year == y for y in oftener], list(oftener.values()), 1.0)
    cuts = np.minimum(poisson_evenly(rng, cut_rate(whole) * by), known // 8)
    index = np.repeat(np.arange(len(known)), cuts + 1)
    parts_each = cuts + 1
    turn = np.arange(len(index)) - np.repeat(parts_each.cumsum() - parts_each, parts_each)
    step = known[index] / (cuts[index] + 1)
    start = whole.start[index] + np.floor(turn * step).astype(np.int64)
    end = np.where(
        turn == cuts[index],
        whole.end[index],
        whole.start[index] + np.floor((turn + 1) * step).astype(np.int64) - 1,
    )
    changed = turn > 0
    hours = whole.hours[index]
    other = np.maximum(0.5, hours + rng.choice([-1, -0.5, 0.5, 1], len(index)))
    parts = Records(
        whole.person[index], start, end, np.where(changed, other, hours), whole.kind[index]
    )
    return new_year_parts(rng, parts)


def new_year_parts(rng: np.random.Generator, parts: Records) -> Records:
    """Support from 2011 into 2012 is registered anew early in 2012 for most: so more start a
    record in 2012 than have a first episode in it."""
    turn = NEW_YEAR_2012 + rng.integers(0, 60, len(parts.person))
    cut = (parts.start < NEW_YEAR_2012) & (parts.end > turn) & (rng.random(len(turn)) < REGISTERED)
    rest = parts.take(np.flatnonzero(cut))
    rest.start = turn[cut]
    parts.end = np.where(cut, turn - 1, parts.end)
    return stack([parts, rest])


def dirty(
    rng: np.random.Generator,
    rows: Records,
    whole: Records | None = None,
    counted: np.ndarray | None = None,
) -> Records:
    """Duplicates, overlaps, open ends and unreal plans, at small rates.

    In first episodes (`whole`) only such as leave the printed lengths as they are: overlaps inside
    the longest, and open ends where the window's end lies in the same band as the planned one.
    Those `counted` day by day (of the municipality that uses mentors most) keep their planned end.
    """
    luck = rng.random(len(rows.person))
    last_in_row = np.ones(len(luck), dtype=bool)
    last_in_row[:-1] = rows.person[1:] != rows.person[:-1]
    copies = rows.take(np.flatnonzero(rng.random(len(luck)) < DUPLICATE))
    overlap = rows.take(
        np.flatnonzero((rng.random(len(luck)) < OVERLAP) & (rows.end > rows.start + 20))
    )
    overlap.start = overlap.start + 10
    if whole is None:
        unreal = (luck > 1 - UNREAL_AGAIN) & last_in_row
        rows.end = np.where(unreal, rows.start + UNREAL_DAYS, rows.end)
        rows.end = np.where((luck < OPEN_END) & last_in_row, -1, rows.end)
        overlap.end = overlap.end + 14
    else:
        alike = ends_alike(whole)
        alike = alike if counted is None else alike & ~counted
        open_end = (luck < OPEN_FIRST) & last_in_row & alike[rows_of(whole, rows)]
        rows.end = np.where(open_end, -1, rows.end)
    return stack([rows, copies, overlap])


def rows_of(whole: Records, rows: Records) -> np.ndarray:
    """Place of each row's first episode; every person has one, ascending by person."""
    return np.searchsorted(whole.person, rows.person)


def ends_alike(whole: Records) -> np.ndarray:
    """First episodes whose length to the window's end is in the same band as the planned one."""
    edges = [high for _, high in LENGTHS]
    planned, to_end = whole.end - whole.start, WINDOW_END - whole.start
    return (to_end > 0) & (
        np.searchsorted(edges, planned + 1) == np.searchsorted(edges, to_end + 1)
    )
