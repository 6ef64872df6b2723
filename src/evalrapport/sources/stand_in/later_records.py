"""Mentor records and active measures of 2014-16 as the municipalities report them.

Episodes are cut where hours change, some with a few days in between; records are doubled and ends
left open at small rates. Records of the earlier delivery come first, with plans replaced by what
really happened.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evalrapport.sources.stand_in import later_cards as lc
from evalrapport.sources.stand_in.later_cards import Cards

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
OPEN = -1  # a record without an end
HALF_YEAR_2014 = (lc.day(2014, 7, 2), lc.day(2014, 12, 31))
REPLACED_BY = lc.day(2014, 12, 18)  # plans of the earlier delivery have become ends by then
# ASSUME: months of the episodes of others, about as in 2014 (SFI 15:10, table 3.13).
OTHERS_MONTHS = np.array([1, 2, 3, 3, 4, 5, 6, 6, 6, 7, 9, 12])
OTHERS_HOURS = np.array([1, 1, 1, 2, 2, 3, 4, 5, 8])
# Dirt. ASSUME: rates are ours; the note only says that episodes lie closely after one another.
CUT, CUT_PER_HOUR, GAP = 0.15, 0.02, 0.3
DUPLICATE, OPEN_END, OTHER_PLACE, PLADS = 0.004, 0.012, 0.02, 0.02
WITH_MEASURE, MEASURE_WEEKS = 0.6, 13
KINDS = ("1", "2", "3", "4", "5")
KIND_SHARES = (0.45, 0.05, 0.38, 0.06, 0.06)


@dataclass
class Records:
    """Rows of the mentor register; person: place in the pool, -1 for none of it."""

    person: Ints
    start: Ints
    end: Ints
    hours: Floats
    plads: npt.NDArray[np.bool_]

    def take(self, index: Ints) -> Records:
        """The rows at `index`."""
        return Records(*(getattr(self, name)[index] for name in self.__dataclass_fields__))


def stack(parts: list[Records]) -> Records:
    """All rows of several sets."""
    names = Records.__dataclass_fields__
    return Records(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def of_cards(rng: np.random.Generator, cards: Cards, person: Ints) -> Records:
    """The cards' records, each in one or two parts; copies beside some of them."""
    count = len(cards)
    plads = rng.random(count) < PLADS
    whole = Records(person, cards.start, cards.end, cards.hours, plads)
    length = whole.end - whole.start + 1
    # More hours are adjusted more often; both parts are equally long, so that their mean holds.
    chance = CUT + CUT_PER_HOUR * np.minimum(whole.hours, 8)
    cut = (rng.random(count) < chance) & (length >= 45) & (whole.hours >= 1)
    return parts(rng, whole, cut)


def parts(rng: np.random.Generator, whole: Records, cut: npt.NDArray[np.bool_]) -> Records:
    """Records cut in two where `cut`, up to six days apart, with hours half an hour up and down."""
    one, two = whole.take(np.flatnonzero(~cut)), whole.take(np.flatnonzero(cut))
    gap = np.where(rng.random(len(two.start)) < GAP, rng.integers(1, 7, len(two.start)), 0)
    length = two.end - two.start + 1 - gap
    first_end = two.start + length // 2 - 1
    sign = rng.choice([-0.5, 0.5], len(two.start))
    sign = np.where(two.hours <= 1, np.abs(sign) * 0.5, sign)
    first = Records(two.person, two.start, first_end, two.hours + sign, two.plads)
    second = Records(two.person, first_end + 1 + gap, two.end, two.hours - sign, two.plads)
    rows = stack([one, first, second])
    return stack([rows, rows.take(np.flatnonzero(rng.random(len(rows.start)) < DUPLICATE))])


def of_others(rng: np.random.Generator, person: Ints, year: Ints) -> Records:
    """Records of other mentees: one episode each, starting in its year."""
    low = np.select(
        [year == 2014, year == 2015], [HALF_YEAR_2014[0], lc.FIRST[2015]], lc.FIRST[2016]
    )
    high = np.select(
        [year == 2014, year == 2015], [HALF_YEAR_2014[1], lc.LAST[2015]], lc.LAST[2016]
    )
    count = len(person)
    start = low + np.floor(rng.random(count) * (high - low + 1)).astype(np.int64)
    months = OTHERS_MONTHS[rng.integers(0, len(OTHERS_MONTHS), count)]
    end = lc.ends(rng, start, months)
    hours = OTHERS_HOURS[rng.integers(0, len(OTHERS_HOURS), count)].astype(float)
    hours[rng.random(count) < 0.02] = np.nan
    whole = Records(person, start, end, hours, rng.random(count) < PLADS)
    rows = parts(rng, whole, (rng.random(count) < CUT) & (end - start >= 45) & (hours > 1))
    # A part that another follows is never open: its end is known from the next one's start.
    order = np.lexsort((rows.start, rows.person))
    follows = np.zeros(len(order), dtype=bool)
    follows[order[:-1]] = rows.person[order[1:]] == rows.person[order[:-1]]
    open_ = (rng.random(len(rows.end)) < OPEN_END) & ~follows
    rows.end = np.where(open_, OPEN, rows.end)
    return rows


def replaced(rng: np.random.Generator, start: Ints, end: Ints) -> Ints:
    """Ends of the earlier delivery's records as they stand now: open and planned ones are known."""
    lasted = start + rng.integers(30, 150, len(start))
    known = np.where((end == OPEN) | (end > REPLACED_BY), np.minimum(lasted, REPLACED_BY), end)
    result: Ints = np.maximum(known, start)
    return result


@dataclass
class Measures:
    """Rows of the register of active measures."""

    person: Ints
    start: Ints
    end: Ints
    kind: Ints


def measures(
    rng: np.random.Generator, cards: Cards, card_person: Ints, others: Records, idle: Ints
) -> Measures:
    """Measures during the episodes that have one, before those that have none, and of others.

    Args:
        idle: people on the note's benefits without a mentor.
    """
    has = np.flatnonzero(cards.other_measure)
    before = np.flatnonzero(~cards.other_measure & (rng.random(len(cards)) < 0.3))
    lasting = cards.end[has] - cards.start[has] + 1
    known = np.minimum(lasting, lc.LAST[2016] - cards.start[has] + 1)
    during = cards.start[has] + np.floor(rng.random(len(has)) * known * 0.8).astype(np.int64)
    early = rng.random(len(has)) < 0.2  # begun before the mentor and still running
    length = weeks(rng, len(has))
    start = np.where(early, cards.start[has] - length // 2, during)
    end = np.where(early, cards.start[has] + length // 2, during + length)
    past = cards.start[before] - rng.integers(3, 60, len(before))
    with_measure = np.flatnonzero(rng.random(len(others.start)) < WITH_MEASURE)
    begun = others.start[with_measure] + rng.integers(-40, 60, len(with_measure))
    some = idle[rng.random(len(idle)) < 0.2]
    any_time = rng.integers(lc.FIRST[2015], lc.LAST[2016], len(some))
    person = np.concatenate(
        [card_person[has], card_person[before], others.person[with_measure], some]
    )
    starts = np.concatenate([start, past - weeks(rng, len(past)), begun, any_time])
    stops = np.concatenate(
        [end, past, begun + weeks(rng, len(begun)), any_time + weeks(rng, len(some))]
    )
    kind = rng.choice(len(KINDS), len(person), p=KIND_SHARES)
    return Measures(person, starts, np.maximum(stops, starts), kind)


def weeks(rng: np.random.Generator, count: int) -> Ints:
    """Days of a measure: some weeks, whole."""
    result: Ints = 7 * (1 + rng.exponential(MEASURE_WEEKS, count).astype(np.int64))
    return result
