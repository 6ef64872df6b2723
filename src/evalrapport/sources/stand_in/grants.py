"""What an episode is granted: mentor type, weekly hours and length, by start year.

The printed shares of SFI 15:10, tables 3.10-3.13, dealt like cards so that all blocks together have
them; what a band leaves open is solved from the printed means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from evalrapport.sources.stand_in.streams import stream

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
UNREAL = {2012: 0.001, 2013: 0.001, 2014: 0.0}  # unreal plans among first episodes
UNREAL_DAYS = 365 * 5 + 1


@dataclass(frozen=True)
class Cards:
    """What all described starters of a year are dealt: kind 0 individual, 1 pladsmentor; weekly
    hours; band of length; and the place among those of the longest, between 0 and 1."""

    kind: np.ndarray
    hours: np.ndarray
    band: np.ndarray
    level: np.ndarray

    def worth(self, year: int, days_left: float) -> tuple[np.ndarray, np.ndarray]:
        """About what each card adds to a municipality's use of mentors in its year (days times
        hours, of which as many days count as are left of the year), and that times the share of
        the card's days that are left: of two equals the shorter comes last."""
        longest = 361 + beyond_a_year(year)
        days = np.array([*((low + high) / 2 for low, high in LENGTHS), longest])[self.band]
        worth = np.nan_to_num(self.hours) * np.minimum(days, days_left)
        return worth, worth * np.minimum(days_left / days, 1)


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


def deck(seed: int, name: str, shares: Sequence[float], total: int) -> np.ndarray:
    """`total` categories with the given shares, to the nearest whole, shuffled for all blocks."""
    edges = np.rint(np.cumsum(shares) / sum(shares) * total).astype(np.int64)
    pack = np.repeat(np.arange(len(shares)), np.diff(edges, prepend=0))
    return stream(seed, name).permutation(pack)


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
