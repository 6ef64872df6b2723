"""Who of the made-up people live in this Denmark: chosen so that primo 2013 is as published.

More people of working age are made than needed. Of those aged 18-64 primo 2013, three groups are
chosen by themselves: on kontanthjælp primo March 2013, on another public benefit, and the rest;
each to its published total and, as nearly as its people allow, to the shares of tables 3.1-3.9.
Everybody else is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import numpy.typing as npt

from evalrapport.sources.stand_in import almanac, places, traits
from evalrapport.sources.stand_in.careers import Careers
from evalrapport.sources.stand_in.edge_quotas import Quotas
from evalrapport.sources.stand_in.fitting import Ledger
from evalrapport.sources.stand_in.margins import EXACT, Margin, Moment
from evalrapport.sources.stand_in.population import EPOCH, People
from evalrapport.sources.stand_in.streams import stream
from evalrapport.sources.stand_in.targets import (
    HELP,
    MONTHS_TABLE,
    PEOPLE,
    POPULATION,
    ROWS,
    SUPPORTED,
    Targets,
    in_block,
)
from evalrapport.sources.stand_in.timeline import MONTHS, WEEKS

Ints = npt.NDArray[np.int64]
LAST_DAY = (date(2012, 12, 31) - EPOCH).days
WEEK = WEEKS.index((2013, 10))  # "primo marts 2013", as config.yaml's reference_week
HISTORY_END = WEEKS.index((2013, 9))  # the week of 1 March 2013
MONTH = MONTHS.index((2013, 3))
LOW, HIGH = 18, 64
OTHERS = "others"
GROUPS = (HELP, SUPPORTED, OTHERS)


def totals(targets: Targets, table: str) -> Mapping[str, npt.NDArray[np.float64]]:
    """People by row of a table in each of the three groups, which together are all."""
    bases = {
        HELP: targets.base("aktiv_indsats", HELP),
        SUPPORTED: targets.base("aktiv_indsats", SUPPORTED),
    }
    bases[POPULATION] = PEOPLE
    if table == MONTHS_TABLE:
        bases[POPULATION] = targets.base(table, POPULATION)
    whole = {column: targets.counts(table, column, base) for column, base in bases.items()}
    if table == "ydelse" and whole[SUPPORTED] is not None:
        only = np.zeros(len(ROWS[table]))
        only[ROWS[table].index("kontanthjaelp")] = bases[HELP]
        whole[HELP] = only
    found = {}
    for group, inner in ((HELP, None), (SUPPORTED, HELP), (OTHERS, SUPPORTED)):
        outer = whole[POPULATION if group == OTHERS else group]
        if outer is None or (inner and whole[inner] is None):
            continue
        less = whole[inner] if inner else None
        found[group] = outer if less is None else (outer - less).clip(min=0)
    return found


def sizes(targets: Targets) -> Mapping[str, int]:
    """People in each of the three groups at scale 1."""
    help_, supported = (targets.base("aktiv_indsats", column) for column in (HELP, SUPPORTED))
    return {HELP: help_, SUPPORTED: supported - help_, OTHERS: PEOPLE - supported}


def keep(
    people: People,
    lives: Careers,
    histories: traits.Histories,
    targets: Targets,
    quotas: Quotas,
    seed: int,
    blocks: int,
    ledger: Ledger,
) -> Ints:
    """Ascending places of those who live in this Denmark; also settles who is in DREAM."""
    rng = stream(seed, "reference", people.block)
    everyone = np.arange(len(people))
    age = almanac.whole_years(people.birth, LAST_DAY)
    inside = traits.resident(people, 2013) & (age >= LOW) & (age <= HIGH)
    codes = histories.codes
    now = lives.weeks[WEEK]
    on_help = codes.benefit[now] == ROWS["ydelse"].index("kontanthjaelp")
    support, work = histories.everybody_at(HISTORY_END, MONTH)
    kept, known = [everyone[~inside]], np.empty(0, dtype=np.int64)
    members = {
        HELP: inside & on_help,
        SUPPORTED: inside & codes.supported[now] & ~on_help,
        OTHERS: inside & ~codes.supported[now],
    }
    for group in GROUPS:
        pool = np.flatnonzero(members[group])
        if not len(pool):
            continue
        size = int(in_block(np.array([quotas.group(group)]), people.block, blocks)[0])
        described = traits_of(people, histories, pool, support[pool], work[pool])
        margins = margins_of(group, described, targets, quotas, people.block, blocks)
        if group == HELP:
            margins.append(most_use(people, pool, quotas, blocks))
        if group == OTHERS:
            margins.append(absent(lives.dream[pool], people.block, quotas, blocks))
        months = np.where(lives.dream[pool], work[pool], -1)
        median = median_margin(group, months, known, targets, quotas, people.block, blocks)
        moments = [mean_moment(group, months, targets)]
        found = ledger.choose(group, rng, [*margins, median], size, np.ones(len(pool)), moments)
        chosen = pool[found]
        kept.append(chosen)
        known = np.append(known, work[chosen[lives.dream[chosen]]])
    return np.sort(np.concatenate(kept))


def median_margin(
    group: str,
    months: Ints,
    known: Ints,
    targets: Targets,
    quotas: Quotas,
    block: int,
    blocks: int,
) -> Margin:
    """A printed median of months in work lies inside a row of table 3.9: half of the column's
    people have fewer.

    Args:
        group: the group to be chosen, last of those that make up the column.
        months: by person in the pool, -1 outside DREAM.
        known: months of those of the column who are chosen already.
    """
    column = POPULATION if group == OTHERS else group
    median = targets.values[MONTHS_TABLE, "median", column]
    below = targets.below_median(column)
    whole = targets.base(MONTHS_TABLE, column) * quotas.scale * np.array([below, 1 - below])
    counted = np.bincount(known >= median, minlength=2)
    counts = (in_block(whole, block, blocks) - counted).clip(min=0)
    return Margin(np.where(months < 0, -1, months >= median).astype(np.int64), counts)


def mean_moment(group: str, months: Ints, targets: Targets) -> Moment:
    """Table 3.9's mean for a group, those in it of the column within taken out."""
    column = POPULATION if group == OTHERS else group
    inner = {HELP: None, SUPPORTED: HELP, OTHERS: SUPPORTED}[group]
    people = targets.base(MONTHS_TABLE, column)
    total = people * targets.values[MONTHS_TABLE, "gennemsnit", column]
    if inner is not None:
        less = targets.base(MONTHS_TABLE, inner)
        people, total = (
            people - less,
            total - less * targets.values[MONTHS_TABLE, "gennemsnit", inner],
        )
    return Moment(np.where(months < 0, 0.0, months - total / people))


def traits_of(
    people: People, histories: traits.Histories, pool: Ints, support: Ints, work: Ints
) -> dict[str, Ints]:
    """Each one's row of every table primo 2013; -1 in table 3.9 for those not in DREAM.

    Args:
        support, work: each one's weeks on support and months in work before, (pool,).
    """
    day, week = np.full(len(pool), LAST_DAY), np.full(len(pool), WEEK)
    described = dict(histories.described(people, pool, day, week, support, work))
    described["uddannelse"] = traits.education(people, pool, day + 1)
    described["matchgruppe"] = traits.match_group(histories.lives, pool, day + 60)
    described[MONTHS_TABLE][~histories.lives.dream[pool]] = -1
    return described


def margins_of(
    group: str,
    described: Mapping[str, Ints],
    targets: Targets,
    quotas: Quotas,
    block: int,
    blocks: int,
) -> list[Margin]:
    """The margins of one group's pool, by all tables that print its column."""
    margins = []
    for table in ROWS:
        wanted = totals(targets, table).get(group)
        if wanted is not None:
            size = quotas.group(group)
            if group == OTHERS and table == MONTHS_TABLE:
                size -= quotas.absent
            counts = in_block(wanted / wanted.sum() * size, block, blocks)
            margins.append(Margin(described[table], counts))
    return margins


def most_use(people: People, pool: Ints, quotas: Quotas, blocks: int) -> Margin:
    """Hedensted's share of those on kontanthjælp is its share of the residents (figure 3.4)."""
    own = quotas.group(HELP) * places.share_of(places.MOST_USE)
    counts = in_block(np.array([quotas.group(HELP) - own, own]), people.block, blocks)
    return Margin((people.municipality[pool] == places.MOST_USE).astype(np.int64), counts)


def absent(in_dream: npt.NDArray[np.bool_], block: int, quotas: Quotas, blocks: int) -> Margin:
    """Those not in DREAM, to the last person (tables 3.6 and 3.9)."""
    part = in_block(np.array([float(quotas.absent)]), block, blocks)
    return Margin(np.where(in_dream, -1, 0), part, EXACT)
