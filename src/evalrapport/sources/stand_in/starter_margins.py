"""The printed tables as margins over those who might be a year's starters, and their means."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from evalrapport.sources.stand_in import almanac, places, traits
from evalrapport.sources.stand_in.margins import EXACT, Margin, Moment
from evalrapport.sources.stand_in.population import EPOCH, People
from evalrapport.sources.stand_in.targets import (
    MONTHS_TABLE,
    ROWS,
    YEARS,
    YEARS_TABLE,
    in_block,
)
from evalrapport.sources.stand_in.timeline import MONDAYS

if TYPE_CHECKING:
    from evalrapport.sources.stand_in.selection import Block

Ints = npt.NDArray[np.int64]
# Persons whose record begins in 2011 (not in any count): some carry on into 2012.
EARLIER = 3_220
TREATED = ((date(2012, 2, 1) - EPOCH).days, (date(2012, 7, 31) - EPOCH).days)
PRIMO_2012 = (date(2011, 12, 31) - EPOCH).days


def asked_of_starters(
    block: Block, pool: Ints, day: Ints, year: int
) -> tuple[list[Margin], list[Moment]]:
    """The margins and means of a year's starters, over those who might start on their `day`."""
    week = (day - MONDAYS[0]) // 7
    # Of the starters of 2011 nothing is asked that reaches back to before 2007.
    support, work = np.zeros((2, len(pool)), dtype=np.int64)
    if year in YEARS:
        support = block.histories.weeks_on_support(week, pool)
        work = block.histories.months_in_work(traits.month_of(day), pool)
    people = block.people
    described = dict(block.histories.described(people, pool, day, week, support, work))
    margins = [*margins_of(block, described, year), most_use(block, pool, year)]
    moments = []
    if year in YEARS:
        margins += median_of_work(block, work, year)
        moments += means_of(block, {MONTHS_TABLE: work, YEARS_TABLE: support / 52}, year)
    if year == 2012:
        margins += treated_margins(block, pool, day)
        moments.append(age_of_treated(people, pool, margins[-1]))
    return margins, moments


def most_use(block: Block, pool: Ints, year: int) -> Margin:
    """The year's starters in the municipality that uses mentors most (figure 3.4)."""
    total = block.quotas.in_dream[year] if year in YEARS else EARLIER * block.settings.scale
    own = total * places.share_of(places.MOST_USE) * places.MOST_USE_FACTOR[year]
    counts = in_block(np.array([total - own, own]), block.people.block, block.blocks)
    there = block.people.municipality[pool] == places.MOST_USE
    return Margin(there.astype(np.int64), counts)


def median_of_work(block: Block, months: Ints, year: int) -> list[Margin]:
    """Half of the year's starters have worked fewer months than the printed median (table 3.9)."""
    median = block.targets.values[MONTHS_TABLE, "median", str(year)]
    if median == 0:
        return []
    total = block.quotas.in_dream[year]
    below = block.targets.below_median(str(year)) * total
    counts = in_block(np.array([below, total - below]), block.people.block, block.blocks)
    return [Margin((months >= median).astype(np.int64), counts)]


def means_of(block: Block, values: Mapping[str, npt.NDArray[Any]], year: int) -> list[Moment]:
    """The printed means of tables 3.8 and 3.9 for the starters of a year.

    Of the means that round to 3.8's one decimal, the low ones go with the shares of its bands."""
    lower = {YEARS_TABLE: 0.04, MONTHS_TABLE: 0.0}
    wanted = {table: block.targets.values[table, "gennemsnit", str(year)] for table in values}
    return [Moment(values[table] - wanted[table] + lower[table]) for table in values]


def age_of_treated(people: People, pool: Ints, treated: Margin) -> Moment:
    """Table 5.1's mean age of the treated, at the start of the year."""
    age = almanac.whole_years(people.birth[pool], PRIMO_2012)
    return Moment(np.where(treated.codes >= 0, age - traits.TREATED_AGE, 0.0), weight=4.0)


def margins_of(block: Block, described: dict[str, Ints], year: int) -> list[Margin]:
    """The tables' totals for the starters of a year, as margins over a pool."""
    targets, column = block.targets, str(max(year, 2012))
    inside = targets.starters_in_dream(int(column))
    margins = []
    for table in ROWS:
        people = targets.starters(int(column))
        if table == MONTHS_TABLE:
            people = inside
        wanted = targets.counts(table, column, people)
        if wanted is None or (year not in YEARS and table in (YEARS_TABLE, MONTHS_TABLE)):
            continue
        wanted = without_those_outside(table, wanted, people - inside)
        total = block.quotas.in_dream[year] if year in YEARS else EARLIER * block.settings.scale
        counts = in_block(wanted / wanted.sum() * total, block.people.block, block.blocks)
        margins.append(Margin(described[table], counts))
    return margins


def without_those_outside(table: str, wanted: np.ndarray, outside: int) -> np.ndarray:
    """Totals less those not in DREAM, who count as self-supporting and without match group."""
    row = {
        "ydelse": "selvforsoergelse",
        "aktiv_indsats": "selvforsoergelse_su",
        "matchgruppe": "ingen",
        "aar_paa_forsoergelse": "ingen",
    }.get(table)
    less = np.zeros(len(wanted))
    if row is not None:
        less[ROWS[table].index(row)] = outside
    elif table != MONTHS_TABLE:
        less = wanted / wanted.sum() * outside
    return (wanted - less).clip(min=0)


def treated_margins(block: Block, pool: Ints, day: Ints) -> list[Margin]:
    """Starters of February to July 2012 who meet footnote 25, and table 5.1's picture of them."""
    people = block.people
    age = almanac.whole_years(people.birth[pool], PRIMO_2012)
    week = (day - MONDAYS[0]) // 7
    excluded = block.histories.codes.excluded[block.lives.weeks[week, pool]]
    treated = (day >= TREATED[0]) & (day <= TREATED[1]) & (age >= 16) & (age <= 64) & ~excluded
    who = np.flatnonzero(treated)
    margins = []
    for shares, codes in traits.before_treatment(
        people, block.histories, pool[who], day[who], week[who]
    ):
        placed = np.full(len(pool), -1)
        placed[who] = codes
        counts = np.array(shares) / 100 * block.quotas.treated
        counts = np.append(block.quotas.treated - counts.sum(), counts)
        margins.append(Margin(placed, in_block(counts, people.block, block.blocks)))
    base = in_block(np.array([float(block.quotas.treated)]), people.block, block.blocks)
    margins.append(Margin(np.where(treated, 0, -1), base, EXACT))
    return margins
