"""The mentor episodes of 2015-16 in the note's groups: which kind, where, when, how long.

Each card is one episode that somebody will be given. Counts by year, group and municipality, new
benefit spells, mentors in week 20 of 2016 and other measures are set; dates follow from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from evalrapport.sources.stand_in import later_lengths
from evalrapport.sources.stand_in.later_targets import FLEX, RES, Targets, parts
from evalrapport.sources.stand_in.population import EPOCH
from evalrapport.sources.stand_in.streams import stream

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
MONTH = 30.44  # mean days of a month
SPARE = 16  # days that rounding and month lengths can take an end from its place


def day(year: int, month: int, of_month: int) -> int:
    """Days since 1970-01-01."""
    return (date(year, month, of_month) - EPOCH).days


WEEK_FIRST, WEEK_LAST = day(2016, 5, 16), day(2016, 5, 22)  # week 20 of 2016
FIRST = {2015: day(2015, 1, 1), 2016: day(2016, 1, 4)}
LAST = {2015: day(2015, 12, 31), 2016: day(2016, 12, 31)}
# A new spell's first week must begin in the calendar year, and the mentor follows it.
FIRST_NEW = {2015: day(2015, 1, 12), 2016: day(2016, 1, 11)}
NEVER, ALWAYS = 5, 16  # months: started in 2015, never or always under way in the week


@dataclass
class Cards:
    """One entry per episode. place: index of the municipality; start, end: days since 1970."""

    year: Ints
    group: Ints
    place: Ints
    months: Ints
    hours: Floats
    new_spell: Flags
    in_week: Flags
    other_measure: Flags
    start: Ints
    end: Ints

    def __len__(self) -> int:
        return len(self.year)


def deal(targets: Targets, seed: int) -> Cards:
    """All cards of a build."""
    rng = stream(seed, "later_cards")
    started = targets.started
    place_2015 = np.repeat(np.arange(len(started)), started)
    total_2016 = sum(targets.started_2016)
    place_2016 = np.repeat(
        np.arange(len(started)), parts(started.astype(float), total_2016 / max(started.sum(), 1))
    )[:total_2016]
    months = later_lengths.months(rng, targets, place_2015)
    hours = later_lengths.hours(rng, targets, place_2015)
    # ASSUME: episodes of 2016 last as those of 2015, with slightly fewer hours ("en lille smule");
    # what was registered wrongly in 2015 is not in 2016.
    like = rng.permutation(len(place_2015))[: len(place_2016)]
    like = np.resize(like, len(place_2016))
    usual = np.where(hours[like] >= later_lengths.FULL_TIME, 2.0, hours[like])
    year = np.repeat([2015, 2016], [len(place_2015), len(place_2016)])
    cards = Cards(
        year=year,
        group=np.concatenate(
            [
                grouped(rng, targets.groups_2015(), len(place_2015)),
                grouped(rng, targets.started_2016, len(place_2016)),
            ]
        ),
        place=np.concatenate([place_2015, place_2016]),
        months=np.concatenate([months, months[like]]),
        hours=np.concatenate([hours, usual]),
        new_spell=np.zeros(len(year), dtype=bool),
        in_week=np.zeros(len(year), dtype=bool),
        other_measure=np.zeros(len(year), dtype=bool),
        start=np.zeros(len(year), dtype=np.int64),
        end=np.zeros(len(year), dtype=np.int64),
    )
    mark(rng, targets, cards)
    set_dates(rng, cards)
    return cards


def grouped(rng: np.random.Generator, counts: tuple[int, int], total: int) -> Ints:
    """Groups of `total` cards with these counts, in random order."""
    groups = np.repeat([RES, FLEX], [counts[RES], max(total - counts[RES], 0)])[:total]
    return rng.permutation(groups).astype(np.int64)


def mark(rng: np.random.Generator, targets: Targets, cards: Cards) -> None:
    """Which cards go with a new benefit spell, are under way in the week, have another measure."""
    for group in (RES, FLEX):
        for year in (2015, 2016):
            own = np.flatnonzero((cards.group == group) & (cards.year == year))
            new = targets.new_spells[year][group]
            cards.new_spell[rng.permutation(own)[:new]] = True
            other = round(targets.other_measure[group] * len(own))
            cards.other_measure[rng.permutation(own)[:other]] = True
        own = np.flatnonzero(cards.group == group)
        cards.in_week[in_week(rng, cards, own, targets.with_mentor[group])] = True


def in_week(rng: np.random.Generator, cards: Cards, own: Ints, wanted: int) -> Ints:
    """The cards under way in week 20 of 2016: those that must be, then others by their chance."""
    months, early = cards.months[own], cards.year[own] == 2015
    must = early & (months >= ALWAYS)
    never = early & (months <= NEVER) | (months < 2)
    chance = np.where(early, (months - 4.5) / 12, np.minimum(months, 4.6) / 12).clip(0.01, 0.99)
    odds = np.log(chance / (1 - chance)) + rng.gumbel(size=len(own))
    rank = np.argsort(-np.where(must, np.inf, np.where(never, -np.inf, odds)), kind="stable")
    return own[rank[: min(max(wanted, int(must.sum())), int((~never).sum()))]]


def set_dates(rng: np.random.Generator, cards: Cards) -> None:
    """Start days that agree with the marks, and ends that give the whole months."""
    lasting = cards.months * MONTH
    first = np.where(cards.year == 2015, FIRST[2015], FIRST[2016])
    new = np.where(cards.year == 2015, FIRST_NEW[2015], FIRST_NEW[2016])
    low = np.where(cards.new_spell, new, first)
    high = np.where(cards.year == 2015, LAST[2015], LAST[2016])
    before = WEEK_FIRST - 1 - lasting - SPARE  # the last start that ends before the week
    early = cards.year == 2015
    later = ~early & ~cards.in_week & ((before < low) | (rng.random(len(cards)) < 0.75))
    low = np.where(cards.in_week, np.maximum(low, WEEK_FIRST - lasting + SPARE), low)
    high = np.where(cards.in_week & ~early, WEEK_LAST - 2, high)
    low = np.where(later, WEEK_LAST + 1, low)
    high = np.where(~cards.in_week & ~later, np.minimum(high, before), high)
    low, high = np.floor(low).astype(np.int64), np.floor(high).astype(np.int64)
    high = np.maximum(high, low)
    cards.start[:] = low + np.floor(rng.random(len(cards)) * (high - low + 1)).astype(np.int64)
    cards.end[:] = ends(rng, cards.start, cards.months)


def ends(rng: np.random.Generator, start: Ints, months: Ints) -> Ints:
    """Last days such that the whole months, rounded by the note's rule, are `months`.

    Half end exactly on the month; the others up to 12 days before or 13 after it."""
    beside = np.where(rng.random(len(start)) < 0.5, 0, rng.integers(-12, 14, len(start)))
    beside = np.where(months == 0, rng.integers(3, 14, len(start)), beside)
    result: Ints = months_after(start, months) + beside - 1
    return result


def months_after(start: Ints, months: Ints) -> Ints:
    """The same day of the month some months on, or that month's last day where there is none."""
    days = start.astype("datetime64[D]")
    month = days.astype("datetime64[M]")
    of_month = (days - month).astype(np.int64)
    target = month + months
    length = ((target + 1).astype("datetime64[D]") - target.astype("datetime64[D]")).astype(int)
    result: Ints = target.astype("datetime64[D]").astype(np.int64) + np.minimum(
        of_month, length - 1
    )
    return result
