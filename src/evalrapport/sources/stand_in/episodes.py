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
PLADS = {2012: 4.8, 2013: 4.6, 2014: 2.3}  # per cent, table 3.10
# Lengths in days: bands of table 3.13 and the share of each in the start year.
LENGTHS = ((1, 30), (31, 60), (61, 90), (91, 120), (121, 150), (151, 180), (181, 210), (211, 360))
BY_LENGTH = {
    2012: (17.6, 14.7, 14.9, 16.0, 5.2, 4.6, 6.5, 10.0, 10.6),
    2013: (13.2, 13.8, 17.9, 17.0, 5.7, 5.9, 9.4, 10.7, 6.5),
    2014: (8.5, 7.5, 17.1, 18.0, 3.9, 10.9, 31.5, 1.8, 0.9),
}
MEAN_DAYS = {2012: 162.8, 2013: 134.3, 2014: 128.2}
# A common length in each band; three months are 91 days or 92. Share of each band that has it.
USUAL = {2012: (28, 56, 90, 91, 122, 175, 182, 273), 2013: (28, 56, 90, 92, 122, 175, 182, 273),
         2014: (28, 56, 90, 92, 122, 175, 182, 273)}  # fmt: skip
AS_USUAL = 0.45
# Weekly hours: upper ends of the bands of tables 3.11 and 3.12, shares and mean by year.
HOURS = (0, 1, 2, 3, 4, 5, 10)
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
MEAN_HOURS = {1: {2012: 4.0, 2013: 3.4, 2014: 2.4}, 2: {2012: 5.8, 2013: 5.5, 2014: 4.6}}
SIX_TO_TEN = ((6, 7, 8, 10), (0.35, 0.15, 0.2, 0.3))
MANY = np.array([12.0, 15.0, 20.0, 25.0, 30.0, 37.0])
NEW_YEAR_2012 = (date(2012, 1, 1) - EPOCH).days
REGISTERED = 0.9
LAST_DAY = (date(2014, 7, 1) - EPOCH).days  # when the records were drawn
# Dirt. ASSUME: rates are ours where the report only says that the thing occurs.
SECOND = {2012: 0.36, 2013: 0.405, 2014: 0.43}  # a later episode after a break
PART_DAYS = {2011: 400.0, 2012: 262.0, 2013: 420.0, 2014: 420.0}  # mean between changes of hours
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


def report(people: People, starts: Starts, seed: int, share: Share) -> Records:
    """All records of a block's first and later episodes."""
    rng = stream(seed, "episodes", people.block)
    first = first_episodes(rng, starts, seed, share)
    again = second_episodes(rng, first)
    again = dirty(rng, in_parts(rng, again))
    return stack([dirty(rng, in_parts(rng, first), whole=first), again])


@dataclass(frozen=True)
class Share:
    """A block's share of the described starters: all of each year, the block, and the blocks."""

    starters: dict[int, int]
    block: int
    blocks: int

    def ranks(self, year: int, count: int) -> np.ndarray:
        """Places of the block's starters of a year among all of them."""
        total = self.starters[year]
        first = total * self.block // self.blocks
        return (first + np.arange(count)) % max(total, 1)


def first_episodes(rng: np.random.Generator, starts: Starts, seed: int, share: Share) -> Records:
    """The described's first episodes, dealt so that all blocks together have the printed shares;
    others' are drawn from the same shares."""
    years = year_of(starts.day)
    whole = spells(rng, starts.person, starts.day)
    for year in YEARS[1:]:
        chosen = np.flatnonzero((years == year) & starts.described)
        ranks = share.ranks(year, len(chosen))
        total = share.starters[year]
        kinds = deck(seed, f"kind{year}", (100 - PLADS[year], PLADS[year]), total)
        whole.kind[chosen] = 1 + kinds[ranks]
        bands = deck(seed, f"length{year}", BY_LENGTH[year], total)[ranks]
        whole.end[chosen] = starts.day[chosen] + lengths(rng, bands, year) - 1
        for kind, table in ((0, INDIVIDUAL), (1, PLADSMENTOR)):
            here = kinds[ranks] == kind
            order = (np.cumsum(kinds == kind) - 1)[ranks[here]]  # place among those of the kind
            hours = deck(seed, f"hours{year}{kind}", table[year], int((kinds == kind).sum()))
            whole.hours[chosen[here]] = weekly_hours(rng, hours[order], year, kind + 1)
    return whole


def deck(seed: int, name: str, shares: tuple[float, ...], total: int) -> np.ndarray:
    """`total` categories with the given shares, to the nearest whole, shuffled for all blocks."""
    edges = np.rint(np.cumsum(shares) / sum(shares) * total).astype(np.int64)
    cards = np.repeat(np.arange(len(shares)), np.diff(edges, prepend=0))
    return stream(seed, name).permutation(cards)


def spells(rng: np.random.Generator, person: np.ndarray, day: np.ndarray) -> Records:
    """One whole episode per start: length, hours, type by start year."""
    years = year_of(day)
    length, hours = np.zeros(len(day), dtype=np.int64), np.zeros(len(day))
    kind = np.ones(len(day), dtype=np.uint8)
    for year in YEARS:
        chosen, like = np.flatnonzero(years == year), max(year, 2012)
        count = len(chosen)
        kind[chosen] = 1 + pick_evenly(rng, np.array([100 - PLADS[like], PLADS[like]]), count)
        length[chosen] = lengths(rng, pick_evenly(rng, np.array(BY_LENGTH[like]), count), like)
        for value, table in ((1, INDIVIDUAL), (2, PLADSMENTOR)):
            some = chosen[kind[chosen] == value]
            bands = pick_evenly(rng, np.array(table[like]), len(some))
            hours[some] = weekly_hours(rng, bands, like, value)
    return Records(person, day, (day + length - 1).astype(np.int64), hours, kind)


def lengths(rng: np.random.Generator, band: np.ndarray, year: int) -> np.ndarray:
    """Days of whole episodes by band of table 3.13, clumped at the usual lengths of a grant."""
    count = len(band)
    low = np.array([low for low, _ in LENGTHS] + [361])[band]
    high = np.array([high for _, high in LENGTHS] + [361])[band]
    days = low + np.floor(rng.random(count) * (high - low + 1)).astype(np.int64)
    usual = np.array([*USUAL[year], 365])[band]
    days = np.where((rng.random(count) < AS_USUAL) & (band < 8), usual, days)
    last = np.flatnonzero(band == 8)
    level = (rng.permutation(len(last)) + 0.5) / max(len(last), 1)
    days[last] = 361 + np.floor(-np.log1p(-level) * beyond_a_year(year)).astype(np.int64)
    return days


def beyond_a_year(year: int) -> float:
    """Mean days beyond 361 of the longest, such that the year's mean is the printed one."""
    shares = np.array(BY_LENGTH[year]) / sum(BY_LENGTH[year])
    middles = np.array([(low + high) / 2 for low, high in LENGTHS])
    means = (1 - AS_USUAL) * middles + AS_USUAL * np.array(USUAL[year])
    rest = MEAN_DAYS[year] - (shares[:-1] * means).sum()
    return float(max(rest / shares[-1] - 360.5, 5.0))


def weekly_hours(rng: np.random.Generator, band: np.ndarray, year: int, kind: int) -> np.ndarray:
    """Hours a week by band of table 3.11 or 3.12; the first band is 0 or missing."""
    count = len(band)
    hours = np.array([*HOURS, 0.0], dtype=float)[band]
    hours -= np.where((rng.random(count) < 0.03) & (band > 0) & (band < 6), 0.5, 0.0)
    wide, many = np.flatnonzero(band == 6), np.flatnonzero(band == 7)
    hours[wide] = rng.choice(SIX_TO_TEN[0], len(wide), p=SIX_TO_TEN[1])
    shares = many_hours(mean_of_many(year, kind))
    hours[many] = MANY[pick_evenly(rng, shares, len(many))]
    blank = (band == 0) & (rng.random(count) < 0.5)
    return np.where(blank, np.nan, hours)


def mean_of_many(year: int, kind: int) -> float:
    """Mean hours of those over 10, such that the mean of all above 0 is the printed one."""
    shares = np.array((INDIVIDUAL if kind == 1 else PLADSMENTOR)[year])
    usual = np.array([1, 2, 3, 4, 5]) - 0.015
    known = (shares[1:6] * usual).sum() + shares[6] * np.dot(*map(np.array, SIX_TO_TEN))
    return float((MEAN_HOURS[kind][year] * shares[1:].sum() - known) / shares[7])


def many_hours(mean: float) -> np.ndarray:
    """Shares of MANY with that mean: even weights tilted exponentially, by halving an interval."""
    low, high = -1.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        weight = np.exp(middle * (MANY - 20))
        low, high = (middle, high) if (weight * MANY).sum() < mean * weight.sum() else (low, middle)
    weight = np.exp((low + high) / 2 * (MANY - 20))
    return weight / weight.sum()


def second_episodes(rng: np.random.Generator, first: Records) -> Records:
    """A later episode for some, after a break of days to months; until the summer of 2014."""
    year = year_of(first.start)
    chance = np.select([year == key for key in SECOND], list(SECOND.values()), 0.0)
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
    year = year_of(whole.start)
    between = np.select([year == key for key in PART_DAYS], list(PART_DAYS.values()))
    cuts = np.minimum(rng.poisson(known / between), known // 8)
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


def dirty(rng: np.random.Generator, rows: Records, whole: Records | None = None) -> Records:
    """Duplicates, overlaps, open ends and unreal plans, at small rates.

    In first episodes (`whole`) only such as leave the printed lengths as they are: open ends and
    overlaps inside the longest."""
    luck = rng.random(len(rows.person))
    last_in_row = np.ones(len(luck), dtype=bool)
    last_in_row[:-1] = rows.person[1:] != rows.person[:-1]
    copies = rows.take(np.flatnonzero(rng.random(len(luck)) < DUPLICATE))
    overlap = rows.take(
        np.flatnonzero((rng.random(len(luck)) < OVERLAP) & (rows.end > rows.start + 20))
    )
    overlap.start = overlap.start + 10
    if whole is None:
        rows.end = np.where((luck < OPEN_END) & last_in_row, -1, rows.end)
        unreal = (luck > 1 - UNREAL) & last_in_row
        rows.end = np.where(unreal, rows.start + 365 * 5 + 1, rows.end)
        overlap.end = overlap.end + 14
    return stack([rows, copies, overlap])
