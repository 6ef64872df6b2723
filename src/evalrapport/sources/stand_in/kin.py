"""Who is whose child: mothers, fathers, children in the family, and the day an immigrant came.

A child's mother is drawn among the women of the block who were of an age to have it, its father is
mostly her partner. Children and mothers are paired along a noisy order of attachment to work, so
that schooling and support run in families, but far from wholly.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from evalrapport.sources.stand_in.population import EPOCH, People
from evalrapport.sources.stand_in.streams import stream

Array = npt.NDArray[Any]
YEAR = 365.25
# ASSUME: parents are known in the person register of those born from 1968 on (CPR's first years).
FIRST_BIRTH = (date(1968, 4, 1) - EPOCH).days
ABROAD = (3, 4)  # origins of immigrants
# ASSUME: the ages at which women have children, and how strongly families are alike, are ours.
MOTHER_AGES = (17.0, 28.0, 43.0)
LIKENESS_NOISE = 1.3
FATHER_IS_PARTNER, FATHER_UNKNOWN, PARENT_NOT_HERE = 0.86, 0.05, 0.06
PARENTS_OF_IMMIGRANTS = 0.25  # immigrants whose parents are in the Danish register
CAME_BEFORE = (date(2006, 12, 31) - EPOCH).days  # the careers of those here from the start
LAST_DAY = (date(2011, 11, 30) - EPOCH).days


@dataclass(frozen=True)
class Kin:
    """Places in the block, -1 for none: partner, mother, father; day of first immigration, -1."""

    partner: Array
    mother: Array
    father: Array
    immigrated: Array

    def take_people(self, people: People, places: Array) -> Array:
        """Person numbers of relatives, -1 for none."""
        return np.where(places >= 0, people.person_id[places], -1)


def make(people: People, partner: Array, seed: int) -> Kin:
    """The family links of a block."""
    rng = stream(seed, "kin", people.block)
    mother = mothers(rng, people)
    father = fathers(rng, people, partner, mother)
    return Kin(partner, mother, father, immigration(rng, people))


def standing(rng: np.random.Generator, people: People) -> Array:
    """A noisy order of attachment to work: the lower, the closer to it."""
    noise = rng.normal(0, LIKENESS_NOISE, len(people))
    return people.group + noise


def mothers(rng: np.random.Generator, people: People) -> Array:
    """Each child's mother, -1 where she is unknown or not in the register."""
    found = np.full(len(people), -1, dtype=np.int64)
    known = people.birth >= FIRST_BIRTH
    foreign = np.isin(people.origin, ABROAD)
    known &= rng.random(len(people)) < np.where(foreign, PARENTS_OF_IMMIGRANTS, 1 - PARENT_NOT_HERE)
    age = rng.triangular(*MOTHER_AGES, size=len(people))
    wanted = np.floor((people.birth - age * YEAR) / YEAR).astype(np.int64)
    born = np.floor(people.birth / YEAR).astype(np.int64)
    order = standing(rng, people)
    women = by_year(born, (people.sex == 2), order)
    for year, children in by_year(wanted, known, order).items():
        if (able := women.get(year)) is not None:
            place = np.sort(rng.random(len(children))) * len(able)
            found[children] = able[place.astype(np.int64)]
    return found


def by_year(year: Array, among: Array, order: Array) -> dict[int, Array]:
    """Places of the people of each year, in the given order within it."""
    places = np.flatnonzero(among)
    places = places[np.lexsort((order[places], year[places]))]
    years, first = np.unique(year[places], return_index=True)
    return dict(zip(years.tolist(), np.split(places, first[1:]), strict=True))


def fathers(rng: np.random.Generator, people: People, partner: Array, mother: Array) -> Array:
    """Mostly the mother's partner, if he is old enough; else the partner of someone her age."""
    luck = rng.random(len(people))
    hers = np.where(mother >= 0, partner[mother], -1)
    others = np.flatnonzero(people.sex == 1)
    others = others[np.argsort(people.birth[others], kind="stable")]
    near = np.searchsorted(people.birth[others], people.birth[mother] - 2 * YEAR)
    near = near + rng.integers(-200, 201, len(people))
    other = others[near.clip(0, len(others) - 1)]
    found = np.where((hers >= 0) & (luck < FATHER_IS_PARTNER), hers, other)
    old_enough = people.birth[found] < people.birth - 16 * YEAR
    return np.where((mother >= 0) & old_enough & (luck < 1 - FATHER_UNKNOWN), found, -1)


def immigration(rng: np.random.Generator, people: People) -> Array:
    """The day an immigrant first came, -1 for those born here."""
    last = np.where(people.birth < CAME_BEFORE - 365, CAME_BEFORE, LAST_DAY)
    early = people.birth + rng.beta(2.2, 1.6, len(people)) * (last - people.birth)
    day = np.where(people.came > people.birth, people.came, np.maximum(early, people.birth + 1))
    return np.where(np.isin(people.origin, ABROAD), day, -1).astype(np.int64)


def children(people: People, kin: Kin, here: Array, day: int) -> Array:
    """Children under 18 in each person's family on a day, int8; siblings for a child.

    Args:
        here: bool (people,), resident on the day. A child lives with its mother, else its father.
    """
    young = here & (people.birth > day - 18 * YEAR)
    home = np.where(kin.mother >= 0, kin.mother, kin.father)
    counted = np.bincount(home[young & (home >= 0)], minlength=len(people))
    # A couple is one family: the children of either live with both.
    both = counted + np.where(kin.partner >= 0, counted[kin.partner], 0)
    of_child = np.where(home >= 0, both[home], 1)
    return np.where(young, of_child, both).clip(0, 25).astype(np.int8)
