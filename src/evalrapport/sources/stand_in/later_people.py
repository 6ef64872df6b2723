"""Who of the stand-in's people is in ressourceforløb, fleksjob or ledighedsydelse in 2014-16.

The same people as in the earlier delivery, going on from their last week there: those already on
the benefit are likeliest to be on it, then those on sick pay, kontanthjælp and revalidering.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evalrapport.sources.stand_in import later_cards as lc
from evalrapport.sources.stand_in import places
from evalrapport.sources.stand_in.later_cards import Cards
from evalrapport.sources.stand_in.later_targets import FLEX, RES, Targets

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
# ASSUME: odds of being in each group by the last code before (its first two digits), relative to
# a person without benefit; ours, so that most were ill, on kontanthjælp or there already.
ODDS = {
    RES: {"81": 60, "73": 6, "13": 2, "72": 4, "14": 1, "89": 2, "76": 2, "75": 2, "": 0.1},
    FLEX: {"77": 40, "74": 40, "81": 4, "89": 4, "73": 1.5, "76": 6, "75": 3, "11": 0.5, "": 0.12},
}
MENTEES = {"73": 30, "72": 30, "13": 12, "14": 12, "89": 3, "11": 4, "76": 3, "": 0.3}
BARRED = ("78", "62", "99")  # pensions and people who are gone
ON_BENEFIT = {RES: ("81",), FLEX: ("77", "74")}
# ASSUME: two municipalities have up to 20 pct. with a mentor and the rest at most 12 (the note's
# text, which does not name them): those with most mentors for their size.
HIGH, REST = 0.19, 0.115
LARGE = 100  # episodes in 2015, at full scale, below which a high share would be chance
# ASSUME: as many come on the benefits after the week as leave them (a fourth, later_weeks.STAY).
ENTRANTS = 0.25
IN_STOCK = 0.7  # of the cards that leave it open, given to people who are there in the week


@dataclass
class Pool:
    """All people who may be chosen: age at the end of 2015, last code, municipality (code)."""

    age: Ints
    code: npt.NDArray[np.str_]
    home: Ints

    def odds(self, table: dict[str, float], young: int, old: int) -> Floats:
        """Odds by the first two digits of the last code; none outside the ages."""
        stem = self.code.astype("U2")
        result = np.full(len(stem), table[""])
        for key, value in table.items():
            if key:
                result[stem == key] = value
        result[np.isin(stem, BARRED) | (self.age < young) | (self.age > old)] = 0.0
        return result

    def on_benefit(self, group: int) -> Flags:
        """Who is on the group's benefit in the last week before."""
        result: Flags = np.isin(self.code.astype("U2"), ON_BENEFIT[int(group)])
        return result


def stock(targets: Targets, cards: Cards) -> Ints:
    """People in week 20 of 2016 by municipality and group: (municipality, 2)."""
    size = len(targets.places)
    mentors = np.bincount(cards.place[cards.in_week], minlength=size).astype(float)
    residents = np.array([places.RESIDENTS[int(code)] for code in targets.places])
    total = sum(targets.stock)
    people = residents / residents.sum() * total
    large = targets.started >= LARGE * targets.scale
    top = np.argsort(-np.where(large, mentors / people, 0))[:2]
    least = mentors / REST
    fixed = np.zeros(size, dtype=bool)
    for _ in range(20):
        fixed = fixed | (people < least)
        fixed[top] = True
        people = np.where(fixed, least, people)
        people[top] = mentors[top] / HIGH
        free = ~fixed
        people[free] *= max(total - people[fixed].sum(), 0) / max(people[free].sum(), 1e-9)
    own = np.stack(
        [np.bincount(cards.place[cards.group == g], minlength=size) for g in (RES, FLEX)], axis=1
    ).astype(float)
    res = 0.6 * people * targets.stock[RES] / total
    res += 0.4 * own[:, RES] * targets.stock[RES] / max(own[:, RES].sum(), 1)
    res = np.maximum(res, own[:, RES])
    flex = np.maximum(people - res, own[:, FLEX])
    return np.stack(
        [
            exact(res, own[:, RES], targets.stock[RES]),
            exact(flex, own[:, FLEX], targets.stock[FLEX]),
        ],
        axis=1,
    )


def exact(wanted: Floats, least: Floats, total: int) -> Ints:
    """Whole numbers near `wanted`, none below `least`, that add up to the total if they can."""
    above = np.maximum(wanted - least, 0)
    room = max(total - least.sum(), 0)
    edges = np.rint(np.cumsum(above) * room / max(above.sum(), 1e-9)).astype(np.int64)
    result: Ints = least.astype(np.int64) + np.diff(edges, prepend=0)
    return result


def needs_stock(cards: Cards) -> Flags:
    """Cards that only fit a person who is on the benefit in the week."""
    after = cards.start > lc.WEEK_LAST
    return cards.in_week | (after & ~cards.new_spell)


@dataclass
class Chosen:
    """People on a benefit of the note. person: place in the pool; card: -1 without a mentor;
    stocked: there in week 20 of 2016; new: the card goes with a new benefit spell, or the person
    has no card and comes on the benefit after that week."""

    person: Ints
    group: Ints
    place: Ints
    card: Ints
    stocked: Flags
    new: Flags

    def __len__(self) -> int:
        return len(self.person)


def slots(rng: np.random.Generator, targets: Targets, cards: Cards) -> Chosen:
    """Everybody who is needed, without persons yet: the stock with its cards, and the others."""
    counts = stock(targets, cards)
    wish = needs_stock(cards) | (rng.random(len(cards)) < IN_STOCK)
    rows: list[tuple[npt.NDArray[np.generic], ...]] = []
    for at in range(len(counts)):
        for kind in (RES, FLEX):
            own = np.flatnonzero((cards.place == at) & (cards.group == kind))
            held, apart = own[wish[own]], own[~wish[own]]
            rest = max(int(counts[at, kind]) - len(held), 0)
            later = round(ENTRANTS * (len(held) + rest))
            card = np.concatenate([held, np.full(rest, -1), apart, np.full(later, -1)])
            stocked = np.arange(len(card)) < len(held) + rest
            rows.append((np.full(len(card), kind), np.full(len(card), at), card, stocked))
    group, place, card, stocked = (np.concatenate(column) for column in zip(*rows, strict=True))
    new = np.where(card >= 0, cards.new_spell[card], ~stocked.astype(bool))
    return Chosen(np.full(len(group), -1), group, place, card, stocked.astype(bool), new)


def choose(rng: np.random.Generator, pool: Pool, targets: Targets, chosen: Chosen) -> Flags:
    """Give every slot a person, at home in its municipality if there are enough; who is taken."""
    taken = np.zeros(len(pool.age), dtype=bool)
    for group, ages in ((RES, (18, 58)), (FLEX, (20, 62))):
        odds = pool.odds(ODDS[group], *ages)
        for_group = np.flatnonzero(chosen.group == group)
        left = fill(rng, pool, odds, taken, chosen, for_group, targets)
        if len(left):  # not enough at home: people who have moved there
            chosen.person[left] = best(rng, odds, taken, np.arange(len(odds)), len(left))
            taken[chosen.person[left]] = True
    return taken


def fill(
    rng: np.random.Generator,
    pool: Pool,
    odds: Floats,
    taken: Flags,
    chosen: Chosen,
    for_group: Ints,
    targets: Targets,
) -> Ints:
    """Slots filled from each municipality's own people; returns those still empty."""
    order = np.argsort(pool.home, kind="stable")
    edges = np.searchsorted(pool.home[order], np.stack([targets.places, targets.places + 1]))
    already = pool.on_benefit(int(chosen.group[for_group[0]])) if len(for_group) else taken
    for place, (low, high) in enumerate(edges.T):
        empty = for_group[chosen.place[for_group] == place]
        found = best(rng, odds, taken, order[low:high], len(empty))
        # Those on the benefit from before go to the slots that ask no new spell.
        empty = empty[np.argsort(chosen.new[empty], kind="stable")]
        found = found[np.argsort(~already[found], kind="stable")]
        chosen.person[empty[: len(found)]] = found
        taken[found] = True
    return for_group[chosen.person[for_group] < 0]


def best(rng: np.random.Generator, odds: Floats, taken: Flags, among: Ints, count: int) -> Ints:
    """Up to `count` people drawn without replacement by their odds (Gumbel's trick)."""
    free = among[(odds[among] > 0) & ~taken[among]]
    key = np.log(odds[free]) + rng.gumbel(size=len(free))
    result: Ints = free[np.argsort(-key, kind="stable")[:count]]
    return result
