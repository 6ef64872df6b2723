"""From first starts to the records that municipalities report: parts, hours, second episodes, dirt.

Length, hours and mentor type by start year follow SFI 15:10, tables 3.10-3.13.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from evalrapport.sources.stand_in.population import EPOCH, People
from evalrapport.sources.stand_in.selection import Starts
from evalrapport.sources.stand_in.streams import pick_evenly, stream

YEARS = (2011, 2012, 2013, 2014)
PLADS = {2011: 0.048, 2012: 0.048, 2013: 0.046, 2014: 0.023}
# Lengths in days: bands of table 3.13 and the share of each in the start year.
LENGTHS = ((1, 30), (31, 60), (61, 90), (91, 120), (121, 150), (151, 180), (181, 210), (211, 360))
BY_LENGTH = {
    2012: (17.6, 14.7, 14.9, 16.0, 5.2, 4.6, 6.5, 10.0, 10.6),
    2013: (13.2, 13.8, 17.9, 17.0, 5.7, 5.9, 9.4, 10.7, 6.5),
    2014: (8.5, 7.5, 17.1, 18.0, 3.9, 10.9, 31.5, 1.8, 0.9),
}
USUAL = (28, 56, 90, 91, 122, 175, 182, 273)  # a common length in each band
TAIL = {2011: 230.0, 2012: 215.0, 2013: 110.0, 2014: 90.0}  # mean days beyond 360
# Weekly hours: upper ends of the bands of tables 3.11 and 3.12, and shares by year.
HOURS = (0, 1, 2, 3, 4, 5, 10, 37)
INDIVIDUAL = {
    2012: (0.3, 18.0, 26.5, 16.6, 6.8, 19.1, 9.0, 3.9),
    2013: (1.0, 18.4, 33.3, 18.0, 6.2, 15.2, 5.4, 2.6),
    2014: (3.9, 41.7, 26.9, 12.3, 3.6, 8.1, 2.2, 1.3),
}
PLADSMENTOR = {
    2012: (0.6, 6.6, 26.9, 12.4, 4.9, 29.7, 7.1, 12.0),
    2013: (0.5, 15.4, 28.7, 12.4, 5.2, 16.3, 6.6, 14.9),
    2014: (0.5, 13.4, 29.6, 18.5, 5.6, 17.1, 9.3, 6.0),
}
LAST_DAY = (date(2014, 7, 1) - EPOCH).days  # when the records were drawn
# Dirt. ASSUME: rates are ours where the report only says that the thing occurs.
SECOND = 0.42  # a later episode after a break: 24,838 records by 16,046 starters in 2012
PART_DAYS = 400.0  # mean days between changes of hours
DUPLICATE, OVERLAP, OPEN_END, UNREAL = 0.004, 0.006, 0.012, 0.002


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


def report(people: People, starts: Starts, seed: int) -> Records:
    """All records of a block's first and later episodes."""
    rng = stream(seed, "episodes", people.block)
    first = spells(rng, starts.person, starts.day)
    again = second_episodes(rng, first)
    whole = stack([first, again])
    return dirty(rng, in_parts(rng, whole))


def spells(rng: np.random.Generator, person: np.ndarray, day: np.ndarray) -> Records:
    """One whole episode per start: length, hours, type by start year."""
    years = year_of(day)
    length, hours = np.zeros(len(day), dtype=np.int32), np.zeros(len(day))
    kind = np.ones(len(day), dtype=np.uint8)
    for year in YEARS:
        chosen = np.flatnonzero(years == year)
        kind[chosen] = 1 + pick_evenly(rng, np.array([1 - PLADS[year], PLADS[year]]), len(chosen))
        length[chosen] = lengths(rng, len(chosen), year)
        for value, table in ((1, INDIVIDUAL), (2, PLADSMENTOR)):
            some = chosen[kind[chosen] == value]
            hours[some] = weekly_hours(rng, len(some), table[max(year, 2012)])
    return Records(person, day, (day + length - 1).astype(np.int64), hours, kind)


def lengths(rng: np.random.Generator, count: int, year: int) -> np.ndarray:
    """Days of whole episodes, clumped at the usual lengths of a grant."""
    band = pick_evenly(rng, np.array(BY_LENGTH[max(year, 2012)]), count)
    low = np.array([low for low, _ in LENGTHS] + [361])[band]
    high = np.array([high for _, high in LENGTHS] + [361])[band]
    days = low + np.floor(rng.random(count) * (high - low + 1)).astype(np.int64)
    usual = np.array([*USUAL, 365])[band]
    days = np.where((rng.random(count) < 0.45) & (band < 8), usual, days)
    beyond = 361 + rng.exponential(TAIL[year] - 4, count).astype(np.int64)
    return np.where(band == 8, beyond, days).astype(np.int32)


def weekly_hours(rng: np.random.Generator, count: int, shares: tuple[float, ...]) -> np.ndarray:
    """Hours a week in halves; the first band is 0 or missing."""
    band = pick_evenly(rng, np.array(shares), count)
    top = np.array(HOURS, dtype=float)[band]
    hours = top - np.where(rng.random(count) < 0.22, 0.5, 0.0) * (band > 0)
    wide = band == 6
    hours[wide] = rng.choice([6, 7, 8, 10], wide.sum(), p=[0.35, 0.15, 0.2, 0.3])
    many = band == 7
    hours[many] = rng.choice(
        [12, 15, 20, 25, 30, 37], many.sum(), p=[0.2, 0.33, 0.2, 0.1, 0.05, 0.12]
    )
    blank = (band == 0) & (rng.random(count) < 0.5)
    return np.where(blank, np.nan, hours)


def second_episodes(rng: np.random.Generator, first: Records) -> Records:
    """A later episode for some, after a break of days to months; until the summer of 2014."""
    chance = np.where(year_of(first.start) == 2011, 0.0, SECOND)
    again = np.flatnonzero(rng.random(len(first.person)) < chance)
    gap = 2 + rng.exponential(70, len(again)).astype(np.int64)
    gap[rng.random(len(again)) < 0.15] = rng.integers(2, 8)
    start = first.end[again] + gap
    inside = start < LAST_DAY
    return spells(rng, first.person[again][inside], start[inside])


def in_parts(rng: np.random.Generator, whole: Records) -> Records:
    """Cut episodes where hours change: a part ends, the next starts the day after (fn 8, 25)."""
    length = whole.end - whole.start + 1
    known = np.minimum(length, np.maximum(LAST_DAY - whole.start, 1))  # no part starts after that
    cuts = np.minimum(rng.poisson(known / PART_DAYS), known // 8)
    index = np.repeat(np.arange(len(length)), cuts + 1)
    turn = np.arange(len(index)) - np.repeat(
        np.concatenate([[0], (cuts + 1).cumsum()[:-1]]), cuts + 1
    )
    step = known[index] / (cuts[index] + 1)
    start = whole.start[index] + np.floor(turn * step).astype(np.int64)
    end = np.where(
        turn == cuts[index],
        whole.end[index],
        whole.start[index] + np.floor((turn + 1) * step).astype(np.int64) - 1,
    )
    hours = whole.hours[index]
    changed = turn > 0
    hours = np.where(
        changed, np.maximum(0.5, hours + rng.choice([-1, -0.5, 0.5, 1], len(index))), hours
    )
    return Records(whole.person[index], start, end, hours, whole.kind[index])


def dirty(rng: np.random.Generator, rows: Records) -> Records:
    """Duplicates, overlaps, open ends and unreal plans, at small rates."""
    luck = rng.random(len(rows.person))
    last_in_row = np.ones(len(luck), dtype=bool)
    last_in_row[:-1] = rows.person[1:] != rows.person[:-1]
    rows.end = np.where((luck < OPEN_END) & last_in_row, -1, rows.end)
    unreal = (luck > 1 - UNREAL) & last_in_row
    rows.end = np.where(unreal, rows.start + 365 * 5 + 1, rows.end)
    copies = rows.take(np.flatnonzero(rng.random(len(luck)) < DUPLICATE))
    overlap = rows.take(
        np.flatnonzero((rng.random(len(luck)) < OVERLAP) & (rows.end > rows.start + 20))
    )
    overlap.start = overlap.start + 10
    overlap.end = overlap.end + 14
    return stack([rows, copies, overlap])
