"""From first starts to the records that municipalities report: parts, hours, second episodes, dirt.

Length, hours and mentor type by start year follow SFI 15:10, tables 3.10-3.13.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from evalrapport.sources.stand_in import most_use, places
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
LONGEST = len(LENGTHS)  # the band beyond
# Weekly hours: shares of the bands of tables 3.11 and 3.12 (0 or missing, to 1, … to 5, to 10,
# more) and means by year.
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
HALF_HOURS = 0.03  # share of those up to 5 hours who have half an hour less
MANY = np.array([12.0, 15.0, 20.0, 25.0, 30.0, 37.0])
NEW_YEAR_2012 = (date(2012, 1, 1) - EPOCH).days
REGISTERED = 0.9
WINDOW_END = (date(2014, 4, 27) - EPOCH).days
LAST_DAY = (date(2014, 7, 1) - EPOCH).days  # when the records were drawn
# Dirt. ASSUME: rates are ours where the report only says that the thing occurs.
SECOND = {2012: 0.36, 2013: 0.398, 2014: 0.43}  # a later episode after a break
PART_DAYS = {2011: 400.0, 2012: 258.0, 2013: 390.0, 2014: 425.0}  # mean between changes of hours
DUPLICATE, OVERLAP, OPEN_END, UNREAL_AGAIN = 0.004, 0.006, 0.012, 0.002
OPEN_FIRST = 0.05  # of first episodes whose band an open end leaves as it is
UNREAL = {2012: 0.001, 2013: 0.001, 2014: 0.0}  # unreal plans among first episodes
UNREAL_DAYS = 365 * 5 + 1


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


def report(
    people: People, starts: Starts, seed: int, share: Share, use: most_use.MostUse
) -> Records:
    """All records of a block's first and later episodes."""
    rng = stream(seed, "episodes", people.block)
    first = first_episodes(rng, people, starts, seed, share, use)
    again = second_episodes(rng, first)
    own = people.municipality[again.person] == places.MOST_USE
    use.add(again.start[own], again.end[own], again.hours[own])
    again = dirty(rng, in_parts(rng, again))
    return stack([dirty(rng, in_parts(rng, first), whole=first), again])


@dataclass(frozen=True)
class Share:
    """A block's share of the described starters: all of each year, the block, and the blocks."""

    starters: dict[int, tuple[int, int]]  # in DREAM and not, each of which is dealt to the blocks
    block: int
    blocks: int

    def total(self, year: int) -> int:
        """All described starters of a year."""
        return sum(self.starters[year])

    def ranks(self, year: int, count: int) -> np.ndarray:
        """Places of the block's starters of a year among all of them."""
        first = sum(part * self.block // self.blocks for part in self.starters[year])
        return (first + np.arange(count)) % max(self.total(year), 1)


@dataclass(frozen=True)
class Cards:
    """What all described starters of a year are dealt: kind 0 individual, 1 pladsmentor; weekly
    hours; band of length; and the place among those of the longest, between 0 and 1."""

    kind: np.ndarray
    hours: np.ndarray
    band: np.ndarray
    level: np.ndarray

    def worth(self, year: int, days_left: float) -> np.ndarray:
        """About what each card adds to a municipality's use of mentors in its year: days times
        hours, of which as many days count as are left of the year."""
        longest = 361 + beyond_a_year(year)
        days = np.array([*((low + high) / 2 for low, high in LENGTHS), longest])[self.band]
        return np.nan_to_num(self.hours) * np.minimum(days, days_left)


@lru_cache(maxsize=8)
def cards(seed: int, year: int, total: int) -> Cards:
    """The pack of a year, shuffled, with the printed shares to the nearest whole."""
    kind = deck(seed, f"kind{year}", (100 - PLADS[year], PLADS[year]), total)
    hours = np.zeros(total)
    for value in (0, 1):
        values, shares = hour_choices(year, value + 1)
        own = np.flatnonzero(kind == value)
        hours[own] = values[deck(seed, f"hours{year}{value}", shares, len(own))]
    band = deck(seed, f"length{year}", BY_LENGTH[year], total)
    longest = np.flatnonzero(band == LONGEST)
    level = np.zeros(total)
    level[longest] = (stream(seed, f"level{year}").permutation(len(longest)) + 0.5) / len(longest)
    return Cards(kind, hours, band, level)


def first_episodes(
    rng: np.random.Generator,
    people: People,
    starts: Starts,
    seed: int,
    share: Share,
    use: most_use.MostUse,
) -> Records:
    """The described's first episodes, dealt so that all blocks together have the printed shares;
    others' are drawn from the same shares."""
    years = year_of(starts.day)
    whole = spells(rng, starts.person, starts.day)
    place = people.municipality[starts.person]
    left = np.flatnonzero((place == places.MOST_USE) & ~starts.described)
    use.add(whole.start[left], whole.end[left], whole.hours[left])
    for year in YEARS[1:]:
        chosen = np.flatnonzero((years == year) & starts.described)
        pack = cards(seed, year, share.total(year))
        hand = share.ranks(year, len(chosen))
        most = place[chosen] == places.MOST_USE
        if most.any():
            worth = pack.worth(year, most_use.PERIODS[year][1] - starts.day[chosen].mean())[hand]
            hand = hand[most_use.dealt(worth, most, use.lacking(year))]
        whole.kind[chosen] = 1 + pack.kind[hand]
        whole.hours[chosen] = pack.hours[hand]
        days = lengths(rng, pack.band[hand], year, pack.level[hand])
        whole.end[chosen] = starts.day[chosen] + days - 1
        own = chosen[most]
        use.add(whole.start[own], whole.end[own], whole.hours[own])
    return whole


def deck(seed: int, name: str, shares: Sequence[float], total: int) -> np.ndarray:
    """`total` categories with the given shares, to the nearest whole, shuffled for all blocks."""
    edges = np.rint(np.cumsum(shares) / sum(shares) * total).astype(np.int64)
    pack = np.repeat(np.arange(len(shares)), np.diff(edges, prepend=0))
    return stream(seed, name).permutation(pack)


def spells(rng: np.random.Generator, person: np.ndarray, day: np.ndarray) -> Records:
    """One whole episode per start: length, hours, type by start year."""
    years = year_of(day)
    length, hours = np.zeros(len(day), dtype=np.int64), np.zeros(len(day))
    kind = np.ones(len(day), dtype=np.uint8)
    for year in YEARS:
        chosen, like = np.flatnonzero(years == year), max(year, 2012)
        count = len(chosen)
        kind[chosen] = 1 + pick_evenly(rng, np.array([100 - PLADS[like], PLADS[like]]), count)
        band = pick_evenly(rng, np.array(BY_LENGTH[like]), count)
        length[chosen] = lengths(rng, band, like, rng.random(count))
        for value in (1, 2):
            some = chosen[kind[chosen] == value]
            values, shares = hour_choices(like, value)
            hours[some] = values[pick_evenly(rng, np.array(shares), len(some))]
    return Records(person, day, (day + length - 1).astype(np.int64), hours, kind)


def lengths(rng: np.random.Generator, band: np.ndarray, year: int, level: np.ndarray) -> np.ndarray:
    """Days of whole episodes by band of table 3.13, clumped at the usual lengths of a grant.

    `level` is the place among the longest; the last few of them have unreal plans (fn 11)."""
    count = len(band)
    low = np.array([low for low, _ in LENGTHS] + [361])[band]
    high = np.array([high for _, high in LENGTHS] + [361])[band]
    days = low + np.floor(rng.random(count) * (high - low + 1)).astype(np.int64)
    usual = np.array([*USUAL[year], 365])[band]
    days = np.where((rng.random(count) < AS_USUAL) & (band < LONGEST), usual, days)
    unreal = unreal_share(year)
    beyond = -np.log1p(-np.minimum(level / (1 - unreal), 1 - 1e-9)) * beyond_a_year(year)
    long = np.where(level > 1 - unreal, UNREAL_DAYS, 361 + np.floor(beyond).astype(np.int64))
    return np.where(band == LONGEST, long, days)


def unreal_share(year: int) -> float:
    """Unreal plans among a year's longest episodes."""
    return UNREAL[year] / (BY_LENGTH[year][LONGEST] / sum(BY_LENGTH[year]))


def beyond_a_year(year: int) -> float:
    """Mean days beyond 361 of the longest, such that the year's mean is the printed one."""
    shares = np.array(BY_LENGTH[year]) / sum(BY_LENGTH[year])
    middles = np.array([(low + high) / 2 for low, high in LENGTHS])
    means = (1 - AS_USUAL) * middles + AS_USUAL * np.array(USUAL[year])
    rest = MEAN_DAYS[year] - (shares[:-1] * means).sum() - UNREAL[year] * UNREAL_DAYS
    return float(max(rest / (shares[-1] - UNREAL[year]) - 360.5, 5.0))


def hour_choices(year: int, kind: int) -> tuple[np.ndarray, list[float]]:
    """Hours a week and their shares by the bands of table 3.11 or 3.12; the first is missing.

    Some have half an hour less than a whole; those over 10 have the mean that is still lacking."""
    table = (INDIVIDUAL if kind == 1 else PLADSMENTOR)[year]
    values, shares = [np.nan, 0.0], [table[0] / 2, table[0] / 2]
    for hours in range(1, 6):
        values += [hours - 0.5, float(hours)]
        shares += [table[hours] * HALF_HOURS, table[hours] * (1 - HALF_HOURS)]
    values += [float(hours) for hours in SIX_TO_TEN[0]] + MANY.tolist()
    shares += [table[6] * share for share in SIX_TO_TEN[1]]
    shares += (table[7] * many_hours(mean_of_many(year, kind))).tolist()
    return np.array(values), shares


def mean_of_many(year: int, kind: int) -> float:
    """Mean hours of those over 10, such that the mean of all above 0 is the printed one."""
    shares = np.array((INDIVIDUAL if kind == 1 else PLADSMENTOR)[year])
    usual = np.array([1, 2, 3, 4, 5]) - HALF_HOURS / 2
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
    result: np.ndarray = weight / weight.sum()
    return result


def second_episodes(rng: np.random.Generator, first: Records) -> Records:
    """A later episode for some, after a break of days to months; until the summer of 2014."""
    year = year_of(first.start)
    chance = np.select([year == key for key in SECOND], list(SECOND.values()), 0.0)
    again = np.flatnonzero(even_counts(rng, chance))
    level = (rng.permutation(len(again)) + rng.random(len(again))) / max(len(again), 1)
    gap = 2 + np.floor(-np.log1p(-level) * 70).astype(np.int64)
    gap[rng.random(len(again)) < 0.15] = rng.integers(2, 8)
    start = first.end[again] + gap
    inside = start < LAST_DAY
    return spells(rng, first.person[again][inside], start[inside])


def even_counts(rng: np.random.Generator, rate: np.ndarray) -> np.ndarray:
    """0 or 1 for each with the given mean, such that their sum is that of the means."""
    edges = np.cumsum(rate) + rng.random()
    return (np.floor(edges) - np.floor(edges - rate)).astype(np.int64)


def poisson_evenly(rng: np.random.Generator, rate: np.ndarray) -> np.ndarray:
    """Poisson numbers with the given means, from evenly spread levels: their sum varies less."""
    level = (rng.permutation(len(rate)) + rng.random(len(rate))) / max(len(rate), 1)
    chance = np.exp(-rate)
    reached, number = chance.copy(), np.zeros(len(rate), dtype=np.int64)
    for count in range(1, 60):
        more = level > reached
        if not more.any():
            break
        number += more
        chance = chance * rate / count
        reached += chance
    return number


def in_parts(rng: np.random.Generator, whole: Records) -> Records:
    """Cut episodes where hours change: a part ends, the next starts the day after (fn 8, 25)."""
    length = whole.end - whole.start + 1
    known = np.minimum(length, np.maximum(LAST_DAY - whole.start, 1))  # no part starts after that
    year = year_of(whole.start)
    between = np.select([year == key for key in PART_DAYS], list(PART_DAYS.values()))
    cuts = np.minimum(poisson_evenly(rng, known / between), known // 8)
    index = np.repeat(np.arange(len(length)), cuts + 1)
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


def dirty(rng: np.random.Generator, rows: Records, whole: Records | None = None) -> Records:
    """Duplicates, overlaps, open ends and unreal plans, at small rates.

    In first episodes (`whole`) only such as leave the printed lengths as they are: overlaps inside
    the longest, and open ends where the window's end lies in the same band as the planned one."""
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
        open_end = (luck < OPEN_FIRST) & last_in_row & ends_alike(whole)[rows_of(whole, rows)]
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
