"""The weekly benefits from July 2014 to January 2017: everybody's life goes on, week by week.

People go on from their last code in the earlier delivery by states and durations; those chosen for
the note's benefits have a spell of them, from which the mentor and the new spells are counted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evalrapport import dates
from evalrapport.contracts.sources import dream, later
from evalrapport.sources.stand_in import later_cards as lc
from evalrapport.sources.stand_in.later_cards import Cards
from evalrapport.sources.stand_in.later_people import Chosen
from evalrapport.sources.stand_in.later_targets import FLEX, RES
from evalrapport.sources.stand_in.population import EPOCH
from evalrapport.sources.stand_in.states import CODE_LIST, C
from evalrapport.sources.stand_in.streams import pick_rows

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.uint8]
DELIVERY = "201701"
WEEKS = dates.weeks_between(later.FIRST_WEEK[DELIVERY], dream.last_week(DELIVERY))
MONDAYS = np.array([(dates.week_monday(*week) - EPOCH).days for week in WEEKS])
END = len(WEEKS) - 1
WEEK_20 = WEEKS.index((2016, 20))
YEAR_BEGINS = {2015: WEEKS.index((2015, 2)), 2016: WEEKS.index((2016, 1))}
STAY = 0.75  # of those on a benefit in week 20, still on it at the end of the data
SPELLS = 5
# State by the first two digits of a code; how long it lasts in weeks; the code it is entered with;
# where it leads. ASSUME: rounded from the careers before (states.py), without age or class.
STEMS = {"": 0, "73": 1, "72": 1, "13": 1, "14": 1, "11": 2, "12": 2, "21": 2, "23": 2, "89": 3,
         "65": 4, "76": 5, "75": 5, "88": 6}  # fmt: skip
LEAVING, FOREVER = 7, 8
LASTING = np.array([150.0, 60.0, 22.0, 13.0, 100.0, 80.0, 30.0, 60.0, 1e9])
ENTERED = np.array([C[code] for code in ("", "730", "111", "890", "652", "763", "881", "", "783")],
                   dtype=np.uint8)  # fmt: skip
NEXT = np.array([
    [0.30, 0.12, 0.28, 0.22, 0.04, 0.00, 0.04, 0, 0.00],
    [0.60, 0.10, 0.08, 0.08, 0.06, 0.04, 0.02, 0, 0.02],
    [0.70, 0.05, 0.08, 0.10, 0.04, 0.00, 0.03, 0, 0.00],
    [0.84, 0.05, 0.07, 0.00, 0.00, 0.01, 0.02, 0, 0.01],
    [0.90, 0.03, 0.05, 0.02, 0.00, 0.00, 0.00, 0, 0.00],
    [0.60, 0.20, 0.05, 0.05, 0.00, 0.00, 0.00, 0, 0.10],
    [0.90, 0.03, 0.05, 0.02, 0.00, 0.00, 0.00, 0, 0.00],
    [0.40, 0.10, 0.00, 0.10, 0.00, 0.00, 0.00, 0, 0.40],
    [0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0, 1.00],
]).cumsum(axis=1)  # fmt: skip
NOTE_STEMS = ("81", "77", "74")
STATE_OF = np.array(
    [LEAVING if code[:2] in NOTE_STEMS else STEMS.get(code[:2], FOREVER) for code in CODE_LIST]
)
IN_NOTE = STATE_OF == LEAVING
PENSION_WEEKS = 65 * 52.18


@dataclass
class Spells:
    """The spell of each of the chosen: first and last week (index), both included."""

    first: Ints
    last: Ints


def spells(rng: np.random.Generator, chosen: Chosen, cards: Cards, on_before: Flags) -> Spells:
    """When each of the chosen is on the benefit; agrees with the card's marks and dates."""
    size = len(chosen)
    with_card = chosen.card >= 0
    card = np.where(with_card, chosen.card, 0)
    start = np.where(with_card, week_of(cards.start[card]), 0)
    year = np.where(with_card, cards.year[card], 0)
    begins = np.where(year == 2016, YEAR_BEGINS[2016], YEAR_BEGINS[2015])
    after = with_card & (start > WEEK_20)
    # A new spell begins in the calendar year, at the latest with the mentor (or in week 20).
    low = np.where(after & ~chosen.stocked, WEEK_20 + 1, begins)
    high = np.where(chosen.stocked, np.minimum(start, WEEK_20), start)
    entrant = ~with_card & ~chosen.stocked
    low, high = np.where(entrant, WEEK_20 + 1, low), np.where(entrant, END, high)
    # An old one began before the year; of people without a mentor any time before week 20.
    low = np.where(chosen.new, low, 0)
    high = np.where(chosen.new, high, np.where(with_card, begins - 2, WEEK_20))
    first = low + np.floor(rng.random(size) * (np.maximum(high - low, 0) + 1)).astype(np.int64)
    first = np.where(on_before & ~chosen.new, 0, first)
    # The last week: in week 20 or not, and never before the mentor starts.
    least = np.where(chosen.stocked, np.maximum(start, WEEK_20), np.maximum(start, first))
    most = np.where(chosen.stocked | after | entrant, END, WEEK_20 - 1)
    stays = (rng.random(size) < STAY) & (most == END)
    last = least + np.floor(rng.random(size) * (np.maximum(most - least, 0) + 1)).astype(np.int64)
    return Spells(first, np.where(stays, END, np.maximum(last, least)))


def week_of(days: Ints) -> Ints:
    """The index of the week in which each day lies."""
    result: Ints = (days - MONDAYS[0]) // 7
    return result


def natural(rng: np.random.Generator, code: Codes, age_weeks: Ints) -> Codes:
    """Everybody's weeks without the note's benefits: (week, person) code index.

    Args:
        code: index of each one's code in the last week of the earlier delivery.
        age_weeks: age in the first week of this one, in weeks.
    """
    size = len(code)
    weeks = np.empty((len(WEEKS), size), dtype=np.uint8)
    state, shown, begin = STATE_OF[code], code.copy(), np.zeros(size, dtype=np.int64)
    column = np.arange(len(WEEKS))[:, None]
    weeks[:] = shown
    for _ in range(SPELLS):
        length = np.ceil(rng.standard_exponential(size) * LASTING[state]).clip(1, 9_999)
        # Whoever is on a benefit of the note but not chosen leaves it before week 20 of 2016.
        length = np.where(state == LEAVING, rng.integers(1, WEEK_20, size), length)
        begin = begin + length.astype(np.int64)
        moving = np.flatnonzero(begin <= END)
        if not len(moving):
            break
        state[moving] = pick_rows(rng, NEXT[state[moving]])
        shown[moving] = ENTERED[state[moving]]
        later_on = column >= begin[moving]
        weeks[:, moving] = np.where(later_on, shown[moving], weeks[:, moving])
    pensioned = np.flatnonzero(age_weeks + END >= PENSION_WEEKS)
    old = column + age_weeks[pensioned] >= PENSION_WEEKS
    weeks[:, pensioned] = np.where(
        old & (weeks[:, pensioned] != C["999"]), C["998"], weeks[:, pensioned]
    )
    return weeks


def overlay(rng: np.random.Generator, weeks: Codes, rows: Ints, group: Ints, spell: Spells) -> None:
    """Put the chosen's spells into the weeks; outside them they have none of the note's benefits.

    Args:
        rows: the chosen's columns in `weeks`; group and spell likewise.
    """
    column = np.arange(len(WEEKS))[:, None]
    own = weeks[:, rows]
    own[IN_NOTE[own]] = C["730"]
    gone = (own == C["998"]) | (own == C["999"]) | (own == C["997"]) | (own == C["783"])
    own[gone] = C[""]
    inside = (column >= spell.first) & (column <= spell.last)
    own = np.where(inside, note_codes(rng, group, spell.first), own)
    weeks[:, rows] = own


def note_codes(rng: np.random.Generator, group: Ints, first: Ints) -> Codes:
    """Codes of the note's benefits by week: (week, person). Ledighedsydelse comes before fleksjob
    for most; in ressourceforløb the measure changes every few weeks."""
    size = len(group)
    column = np.arange(len(WEEKS))[:, None]
    waiting = np.where(rng.random(size) < 0.5, rng.exponential(35, size), 0).astype(np.int64)
    idle = np.where(rng.random(size) < 0.3, C["743"], C["740"])
    flex = np.where(column < first + waiting, idle, C["771"])
    block = column // 11
    number = int(block.max()) + 1
    kinds = np.array([C["810"], C["813"], C["817"], C["818"]])
    drawn = kinds[rng.choice(4, (number, size), p=[0.6, 0.3, 0.06, 0.04])]
    res = drawn[block[:, 0]]
    result: Codes = np.where(group == RES, res, flex).astype(np.uint8)
    return result


def help_around(rng: np.random.Generator, weeks: Codes, rows: Ints, start: Ints) -> None:
    """Kontanthjælp around the mentor's start for most of the other mentees (table 3.1's share)."""
    column = np.arange(len(WEEKS))[:, None]
    most = np.flatnonzero(rng.random(len(rows)) < 0.8)
    rows, at = rows[most], week_of(start[most])
    own = weeks[:, rows]
    near = (column >= at - rng.integers(2, 40, len(rows))) & (
        column <= at + rng.integers(2, 40, len(rows))
    )
    weeks[:, rows] = np.where(near, C["730"], own)


assert (lc.WEEK_FIRST - MONDAYS[0]) // 7 == WEEK_20
assert FLEX != RES
