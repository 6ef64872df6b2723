"""Who gets a mentor, and when: drawn month by month from people's states in the start week.

Quotas by start year and benefit (SFI 15:10, table 3.1) and weights by age (table 3.3) make the
described group; within a cell the chance of a mentor depends on activation, match group, class and
origin, and on the resources that no register sees: weight exp(-unobserved_selection x resources).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from evalrapport import dates
from evalrapport.sources.stand_in import match
from evalrapport.sources.stand_in.careers import MONDAYS, MONTHS, Careers
from evalrapport.sources.stand_in.population import EPOCH, People
from evalrapport.sources.stand_in.states import CODE_LIST
from evalrapport.sources.stand_in.streams import share_of_block, stream

# Persons whose first episode in the window starts in the year (SFI 15:10, ch. 3).
STARTERS = {2012: 15_091, 2013: 19_145, 2014: 9_249}
# Persons whose record begins in 2011 (not in any count): some carry on into 2012.
EARLIER = 2_500
BENEFITS = (
    "selvforsoergelse", "su", "a_dagpenge", "kontanthjaelp", "revalidering", "sygedagpenge",
    "ledighedsydelse", "fleksjob", "ressourceforloeb", "foertidspension", "andre",
)  # fmt: skip
BY_BENEFIT = {
    2012: (5.6, 2.2, 6.1, 61.0, 4.3, 11.1, 4.3, 4.5, 0.0, 0.6, 0.3),
    2013: (5.2, 1.9, 1.9, 70.2, 3.1, 10.7, 3.1, 2.6, 0.8, 0.3, 0.4),
    2014: (3.2, 1.8, 0.4, 80.7, 1.7, 6.0, 2.0, 2.1, 1.9, 0.1, 0.2),
}
AGES = (16, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65)
BY_AGE = {
    2012: (0.2, 11.9, 22.4, 14.4, 10.1, 10.1, 9.7, 8.8, 6.7, 4.7, 0.9, 0.0),
    2013: (0.3, 10.2, 19.4, 15.3, 10.1, 10.5, 10.0, 9.9, 7.8, 5.0, 1.4, 0.0),
    2014: (0.0, 6.5, 18.3, 16.8, 9.2, 10.0, 10.5, 11.5, 8.5, 6.1, 2.7, 0.1),
}
# Starters per month: 6,487 (and some dropped by footnote 25) start from February to July 2012.
MONTH_WEIGHTS = {
    2012: (8.6, 7.2, 7.6, 6.9, 7.6, 7.6, 6.6, 9.6, 9.6, 10.2, 10.2, 8.3),
    2013: (9.6, 8.0, 8.0, 8.6, 8.2, 7.6, 6.8, 8.6, 9.0, 9.4, 9.0, 7.2),
    2014: (28.0, 25.0, 25.5, 21.5),
}
# ASSUME: how strongly traits go with a mentor inside a cell; set so that tables 3.2, 3.5, 3.7 and
# 3.8 come out about right.
ACTIVE = {2011: 7.0, 2012: 7.0, 2013: 4.2, 2014: 1.15}
MATCH = {2011: (0.15, 0.7, 1.5, 0.35), 2012: (0.15, 0.7, 1.5, 0.35),
         2013: (0.15, 0.6, 1.5, 0.6), 2014: (0.15, 0.45, 1.3, 1.3)}  # fmt: skip
ORIGIN = {2011: 0.40, 2012: 0.40, 2013: 0.58, 2014: 0.72}  # immigrants from other countries
YEARS_ON_SUPPORT = {2011: 0.1, 2012: 0.15, 2013: 0.25, 2014: 0.4}  # per year of the last five
YEARS_IN_JOB = {2011: 0.0, 2012: 0.0, 2013: 0.15, 2014: 0.3}  # per year of the last four
JOB_NOW = {2011: 0.7, 2012: 0.7, 2013: 0.5, 2014: 0.35}
CLASSES = (0.35, 0.8, 1.2, 1.2)
NOT_IN_DREAM = {2012: 13, 2013: 44, 2014: 19}  # starters without a row in DREAM (table 3.9)


@dataclass(frozen=True)
class Settings:
    """The choices of config.yaml that the stand-in obeys."""

    scale: float
    seed: int
    unobserved_selection: float
    true_effect: float


@dataclass(frozen=True)
class Starts:
    """First episodes: index of the person in the block and day of start, sorted by person."""

    person: np.ndarray
    day: np.ndarray


def quota(year: int, scale: float, block: int, blocks: int) -> np.ndarray:
    """A block's starters of one year: counts by (month, benefit)."""
    total = EARLIER if year == 2011 else STARTERS[year]
    shares = np.array(BY_BENEFIT[max(year, 2012)])
    weights = np.array(MONTH_WEIGHTS.get(year, (0,) * 8 + (1, 1, 1, 1)), dtype=float)
    cells = np.outer(weights / weights.sum(), shares / shares.sum()) * total * scale
    edges = np.round(np.concatenate([[0.0], cells.cumsum()])).astype(int)
    counts = np.diff(edges).reshape(cells.shape)
    # The blocks' parts are cut from one running line, so that small cells are spread over blocks.
    line = np.concatenate([[0], counts.cumsum()])
    order = (np.arange(counts.sum()) * 7_919 + 13) % max(blocks, 1)
    mine = [(order[a:b] == block).sum() for a, b in itertools.pairwise(line)]
    return np.array(mine).reshape(cells.shape)


def choose(
    people: People, lives: Careers, groups: np.ndarray, settings: Settings, blocks: int
) -> Starts:
    """The block's first episodes. `groups`: index into BENEFITS by code index."""
    rng = stream(settings.seed, "selection", people.block)
    taken = ~lives.dream
    persons, days = [], []
    for year in (2011, 2012, 2013, 2014):
        counts = quota(year, settings.scale, people.block, blocks)
        for index in range(len(counts)):
            if not counts[index].any():
                continue
            first, last = month_days(year, index + 1)
            day = start_days(rng, len(people), first, last)
            chosen = draw_month(
                rng, people, lives, groups, day, counts[index], taken, year, settings
            )
            taken[chosen] = True
            persons.append(chosen)
            days.append(day[chosen])
    outside = without_dream(rng, people, lives, settings, blocks)
    persons.append(outside[0])
    days.append(outside[1])
    person, day = np.concatenate(persons), np.concatenate(days)
    order = np.argsort(person, kind="stable")
    return Starts(person[order], day[order])


def month_days(year: int, month: int) -> tuple[int, int]:
    """First and last day of a month inside the window, as days since 1970-01-01."""
    following = dates.add_months((year, month), 1)
    first, last = (date(year, month, 1) - EPOCH).days, (date(*following, 1) - EPOCH).days - 1
    return first, min(last, (date(2014, 4, 27) - EPOCH).days)


def start_days(rng: np.random.Generator, count: int, first: int, last: int) -> np.ndarray:
    """A start day for everybody: mostly Mondays and the first of the month, few on weekends."""
    days = np.arange(first, last + 1)
    weekday = (days + 3) % 7  # 1970-01-01 was a Thursday
    weights = np.array([34, 13, 13, 12, 10, 0.6, 0.6])[weekday]
    weights[0] *= 2.5
    return rng.choice(days, size=count, p=weights / weights.sum())


def draw_month(
    rng: np.random.Generator,
    people: People,
    lives: Careers,
    groups: np.ndarray,
    day: np.ndarray,
    wanted: np.ndarray,
    taken: np.ndarray,
    year: int,
    settings: Settings,
) -> np.ndarray:
    """The people who start in one month: `wanted` by benefit, tilted to the year's ages."""
    week = (day - MONDAYS[0]) // 7
    everyone = np.arange(len(people))
    code = lives.weeks[week, everyone]
    benefit = groups[code].astype(np.int64)
    age = people.age_on(day)
    able = ~taken & (benefit >= 0) & (age >= 14) & (age < 67) & resident(people, day)
    who = np.flatnonzero(able)
    weight = trait_weight(people, lives, who, code[who], day, year, settings)
    band = np.digitize(age[who], AGES)
    tilt = age_tilt(benefit[who], band, weight, wanted, np.array(BY_AGE[max(year, 2012)]))
    key = np.log(weight * tilt[band] + 1e-300) + rng.gumbel(size=len(who))
    chosen = []
    for index in np.flatnonzero(wanted):
        pool = np.flatnonzero(benefit[who] == index)
        count = min(int(wanted[index]), len(pool))
        chosen.append(who[pool[np.argpartition(-key[pool], count - 1)[:count]]] if count else pool)
    return np.concatenate(chosen) if chosen else np.empty(0, dtype=np.int64)


def resident(people: People, day: np.ndarray) -> np.ndarray:
    """Who lives in Denmark on the day; newcomers of the year are not resident at its start."""
    return (people.came <= day) & (people.left > day + 30) & (people.died > day + 30)


def trait_weight(
    people: People,
    lives: Careers,
    who: np.ndarray,
    code: np.ndarray,
    day: np.ndarray,
    year: int,
    settings: Settings,
) -> np.ndarray:
    """The chance of a mentor within a benefit and age, up to a factor."""
    active = np.array([len(code) == 3 and code[2] in "345678" for code in CODE_LIST])
    weight = np.where(active[code], ACTIVE[year], 1.0)
    quarter = match.QUARTERS.index(min(quarter_of(day)[::-1], (2013, 4))[::-1])
    weight = weight * np.array(MATCH[year])[lives.match[quarter, who].clip(max=3)]
    weight *= np.where(people.origin[who] == 4, ORIGIN[year], 1.0)
    weight *= np.array(CLASSES)[people.group[who]]
    weight *= history_weight(lives, who, day, year)
    return weight * np.exp(-settings.unobserved_selection * people.resources[who])


def history_weight(lives: Careers, who: np.ndarray, day: np.ndarray, year: int) -> np.ndarray:
    """Longer on support and less in jobs before the start: likelier a mentor."""
    week = int((day.min() - MONDAYS[0]) // 7)
    supported = np.array([code[:1] not in ("", "6") and code < "99" for code in CODE_LIST])
    sample = lives.weeks[np.ix_(np.arange(week - 260, week, 13), who)]
    years = supported[sample].mean(axis=0) * 5
    month = MONTHS.index((year, (EPOCH + timedelta(days=int(day.min()))).month))
    first = max(month - 48, 0)
    employed = (lives.months[np.ix_(np.arange(first, month, 3), who)] > 0).mean(axis=0) * 4
    now = lives.months[month, who] > 0
    weight = np.exp(YEARS_ON_SUPPORT[year] * years - YEARS_IN_JOB[year] * employed)
    return weight * np.where(now, JOB_NOW[year], 1.0)


def quarter_of(day: np.ndarray) -> tuple[int, int]:
    """The (quarter, year) of days that all lie in one month."""
    return dates.quarter_of(EPOCH + timedelta(days=int(day.min())))


def age_tilt(
    benefit: np.ndarray, band: np.ndarray, weight: np.ndarray, wanted: np.ndarray, ages: np.ndarray
) -> np.ndarray:
    """A factor per age band such that drawing `wanted` by benefit gives the shares of `ages`."""
    cells = np.zeros((len(BENEFITS), len(ages)))
    np.add.at(cells, (benefit, band), weight)
    tilt = np.ones(len(ages))
    for _ in range(30):
        expected = cells * tilt
        rows = expected.sum(axis=1)
        expected *= np.where(rows > 0, wanted / np.maximum(rows, 1e-12), 0)[:, None]
        found = expected.sum(axis=0) / max(wanted.sum(), 1)
        tilt *= np.where(found > 0, (ages / ages.sum()) / np.maximum(found, 1e-9), 1.0)
        tilt = tilt.clip(1e-6, 1e6)
    return tilt


def without_dream(
    rng: np.random.Generator, people: People, lives: Careers, settings: Settings, blocks: int
) -> tuple[np.ndarray, np.ndarray]:
    """The few starters who are not found in DREAM."""
    age = people.age_on(MONDAYS[-1])
    pool = np.flatnonzero(~lives.dream & (age >= 17) & (age < 60) & (people.came <= people.birth))
    persons, days = [], []
    for year, total in NOT_IN_DREAM.items():
        count = share_of_block(round(total * settings.scale), people.block, blocks)
        first, last = month_days(year, 1)[0], month_days(year, 4 if year == 2014 else 12)[1]
        persons.append(pool[:count])
        days.append(start_days(rng, count, first, last))
        pool = pool[count:]
    return np.concatenate(persons), np.concatenate(days)
