"""From first starts to episodes: what the first are granted, and who has another one later."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalrapport.sources.stand_in import most_use, places
from evalrapport.sources.stand_in.grants import (
    BY_LENGTH,
    PLADS,
    cards,
    hour_choices,
    lengths,
)
from evalrapport.sources.stand_in.population import People
from evalrapport.sources.stand_in.records import (
    LAST_DAY,
    RECORDS,
    YEARS,
    Records,
    Reported,
    cut_rate,
    dirty,
    in_parts,
    stack,
    year_of,
)
from evalrapport.sources.stand_in.selection import Starts
from evalrapport.sources.stand_in.streams import even_counts, pick_evenly, stream

# Dirt. ASSUME: rates are ours where the report only says that the thing occurs.
SECOND = {2012: 0.36, 2013: 0.398, 2014: 0.43}  # a later episode after a break


def report(
    people: People,
    starts: Starts,
    seed: int,
    share: Share,
    use: most_use.MostUse,
    reported: Reported,
) -> Records:
    """All records of a block's first and later episodes."""
    rng = stream(seed, "episodes", people.block)
    first = first_episodes(rng, people, starts, seed, share, use)
    again = second_episodes(rng, first)
    own = people.municipality[again.person] == places.MOST_USE
    use.add(again.start[own], again.end[own], again.hours[own])
    oftener = reported.oftener(cuts_by_year(stack([first, again])))
    again = dirty(rng, in_parts(rng, again, oftener))
    counted = people.municipality[first.person] == places.MOST_USE
    parts = dirty(rng, in_parts(rng, first, oftener), whole=first, counted=counted)
    rows = stack([parts, again])
    reported.add(rows)
    return rows


def cuts_by_year(whole: Records) -> dict[int, float]:
    """Cuts to be expected of episodes of each start year."""
    rate, year = cut_rate(whole), year_of(whole.start)
    return {y: float(rate[year == y].sum()) for y in RECORDS}


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
            left = most_use.PERIODS[year][1] - starts.day[chosen].mean()
            worth, rank = (value[hand] for value in pack.worth(year, left))
            hand = hand[most_use.dealt(worth, rank, most, use.lacking(year))]
        whole.kind[chosen] = 1 + pack.kind[hand]
        whole.hours[chosen] = pack.hours[hand]
        days = lengths(rng, pack.band[hand], year, pack.level[hand])
        whole.end[chosen] = starts.day[chosen] + days - 1
        own = chosen[most]
        use.add(whole.start[own], whole.end[own], whole.hours[own])
    return whole


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
