"""Who gets a mentor, and when: everybody has a day in each year on which an episode might start.

Those who do are chosen so that the described group comes out as printed: by start year to the
totals of tables 3.1-3.9, and in 2012 also to the treated of table 5.1. Apart from that a mentor is
likelier the fewer resources a person has, which no register sees: odds times
exp(-unobserved_selection x resources).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from evalrapport import dates
from evalrapport.sources.stand_in import places, traits
from evalrapport.sources.stand_in.careers import Careers
from evalrapport.sources.stand_in.edge_quotas import Quotas
from evalrapport.sources.stand_in.fitting import Ledger
from evalrapport.sources.stand_in.population import EPOCH, People
from evalrapport.sources.stand_in.starter_margins import EARLIER, asked_of_starters
from evalrapport.sources.stand_in.streams import share_of_block, stream
from evalrapport.sources.stand_in.targets import (
    ROWS,
    YEARS,
    Targets,
)
from evalrapport.sources.stand_in.timeline import MONDAYS

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
# ASSUME: starters who came in the course of the year, so were not resident at its start and are not
# described; our own number. Only 2013 has arrivals in the model. Most of the 955 who make up the
# difference between 16,046 starters and 15,091 described in 2012 are registered anew from 2011.
NEWCOMERS = {2013: 60}
# Starters after the window: to 1 July 2014, when the records were drawn.
LATER = 620
AFTER_WINDOW, RECORDS_DRAWN = (date(2014, 4, 28) - EPOCH).days, (date(2014, 7, 1) - EPOCH).days
# ASSUME: starters by month, of our own but for the 6,487 treated from February to July 2012.
MONTH_WEIGHTS = {
    2011: (8.6, 7.2, 7.6, 6.9, 7.6, 7.6, 6.6, 9.6, 9.6, 10.2, 10.2, 8.3),
    2012: (8.6, 7.2, 7.6, 6.9, 7.6, 7.6, 6.6, 9.6, 9.6, 10.2, 10.2, 8.3),
    2013: (9.6, 8.0, 8.0, 8.6, 8.2, 7.6, 6.8, 8.6, 9.0, 9.4, 9.0, 7.2),
    2014: (28.0, 25.0, 25.5, 21.5),
}
JOB_NOW = {2011: 0.7, 2012: 0.7, 2013: 0.5, 2014: 0.35}  # odds with wages in the month of the start
LAST_DAY = (date(2014, 4, 27) - EPOCH).days


@dataclass(frozen=True)
class Settings:
    """The choices of config.yaml that the stand-in obeys."""

    scale: float
    seed: int
    unobserved_selection: float
    true_effect: float


@dataclass(frozen=True)
class Starts:
    """First episodes: index of the person in the block and day of start, sorted by person.

    described: whether the person is among the recipients of chapter 3 (from 2012, resident)."""

    person: np.ndarray
    day: np.ndarray
    described: np.ndarray


@dataclass(frozen=True)
class Block:
    """What the choice among a block's people is made from."""

    people: People
    lives: Careers
    histories: traits.Histories
    targets: Targets
    quotas: Quotas
    settings: Settings
    blocks: int
    ledger: Ledger = field(default_factory=Ledger)


def choose_starts(block: Block) -> Starts:
    """The block's first episodes."""
    people, number = block.people, block.people.block
    rng = stream(block.settings.seed, "selection", number)
    taken = ~block.lives.dream
    parts: list[tuple[Ints, Ints, bool]] = []
    for year in (2011, *YEARS):
        day = start_days(rng, len(people), year)
        chosen = of_year(rng, block, day, taken, year)
        taken[chosen] = True
        parts.append((chosen, day[chosen], year in YEARS))
        if year in NEWCOMERS:
            chosen = newcomers(rng, block, day, taken, year)
            taken[chosen] = True
            parts.append((chosen, day[chosen], False))
    for year, outside in without_dream(block).items():
        parts.append((outside, start_days(rng, len(outside), year), True))
    parts.append((*after_window(rng, block, taken), False))
    person, day = (np.concatenate([part[at] for part in parts]) for at in (0, 1))
    described = np.concatenate([np.full(len(part[0]), part[2]) for part in parts])
    order = np.argsort(person, kind="stable")
    return Starts(person[order], day[order], described[order])


def month_days(year: int, month: int) -> tuple[int, int]:
    """First and last day of a month inside the window, as days since 1970-01-01."""
    following = dates.add_months((year, month), 1)
    first, last = (date(year, month, 1) - EPOCH).days, (date(*following, 1) - EPOCH).days - 1
    return first, min(last, LAST_DAY)


def start_days(rng: np.random.Generator, count: int, year: int) -> Ints:
    """A start day of the year for everybody: mostly Mondays and the first of the month."""
    days, weights = [], []
    for month, share in enumerate(MONTH_WEIGHTS[year], start=1):
        first, last = month_days(year, month)
        of_month = np.arange(first, last + 1)
        weekday = (of_month + 3) % 7  # 1970-01-01 was a Thursday
        weight = np.array([34, 13, 13, 12, 10, 0.6, 0.6])[weekday]
        weight[0] *= 2.5
        days.append(of_month)
        weights.append(share * weight / weight.sum())
    edges = np.cumsum(np.concatenate(weights))
    drawn = np.searchsorted(edges, rng.random(count) * edges[-1], side="right")
    result: Ints = np.concatenate(days)[drawn.clip(max=len(edges) - 1)]
    return result


def of_year(rng: np.random.Generator, block: Block, day: Ints, taken: Flags, year: int) -> Ints:
    """Places of the people whose first episode starts in the year, on their `day`."""
    people = block.people
    able = ~taken & traits.resident(people, max(year, 2012)) & stays(people, day)
    pool = np.flatnonzero(able & eligible(block, day))
    start = day[pool]
    margins, moments = asked_of_starters(block, pool, start, year)
    weight = np.exp(-block.settings.unobserved_selection * people.resources[pool].astype(float))
    working = block.lives.months[traits.month_of(start), pool] > 0
    weight *= np.where(working, JOB_NOW[year], 1.0)
    weight *= places.mentor_use()[people.municipality[pool]]
    total = block.quotas.in_dream.get(year, round(EARLIER * block.settings.scale))
    size = share_of_block(total, people.block, block.blocks)
    return pool[block.ledger.choose(str(year), rng, margins, size, weight, moments)]


def eligible(block: Block, day: Ints) -> Flags:
    """Who might have a mentor on the day: of age, and with a benefit (or none) of table 3.1."""
    people = block.people
    code = block.lives.weeks[(day - MONDAYS[0]) // 7, np.arange(len(people))]
    age = (day - people.birth) / 365.25
    used = people.municipality != places.LEAST_USE
    return (block.histories.codes.benefit[code] >= 0) & (age >= 14) & (age < 67) & used


def stays(people: People, day: Ints) -> Flags:
    """Who is in Denmark on the day and a month after it."""
    return (people.came <= day) & (people.left > day + 30) & (people.died > day + 30)


def newcomers(rng: np.random.Generator, block: Block, day: Ints, taken: Flags, year: int) -> Ints:
    """A few starters who did not live in Denmark at the start of the year."""
    people = block.people
    here = stays(people, day) & ~traits.resident(people, year) & ~taken & eligible(block, day)
    pool = np.flatnonzero(here)
    total = round(NEWCOMERS[year] * block.settings.scale)
    count = min(len(pool), share_of_block(total, people.block, block.blocks))
    return rng.permutation(pool)[:count]


def after_window(rng: np.random.Generator, block: Block, taken: Flags) -> tuple[Ints, Ints]:
    """Starters after the window, on kontanthjælp in DREAM's last week: people and days."""
    people, codes = block.people, block.histories.codes
    day = rng.integers(AFTER_WINDOW, RECORDS_DRAWN, len(people))
    on_help = codes.benefit[block.lives.weeks[-1]] == ROWS["ydelse"].index("kontanthjaelp")
    used = people.municipality != places.LEAST_USE
    pool = np.flatnonzero(on_help & ~taken & used & stays(people, day))
    total = round(LATER * block.settings.scale)
    chosen = rng.permutation(pool)[: share_of_block(total, people.block, block.blocks)]
    return chosen, day[chosen]


def without_dream(block: Block) -> dict[int, Ints]:
    """The few starters who are not found in DREAM (table 3.9's bases), by year."""
    people = block.people
    age = (LAST_DAY - people.birth) / 365.25
    here = (people.came <= people.birth) & (people.left > LAST_DAY) & (people.died > LAST_DAY)
    here &= people.municipality != places.LEAST_USE
    pool = np.flatnonzero(~block.lives.dream & (age >= 17) & (age < 60) & here)
    found = {}
    for year, total in block.quotas.outside_dream.items():
        count = share_of_block(total, people.block, block.blocks)
        found[year], pool = pool[:count], pool[count:]
    return found
