"""Families of the stand-in: parents of an age to be it, children counted where they live."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from evalrapport.sources.stand_in import kin, population
from evalrapport.sources.stand_in.streams import stream

DAY = (date(2011, 12, 31) - population.EPOCH).days
Family = tuple[population.People, kin.Kin]


@pytest.fixture(scope="module")
def family() -> Family:
    people = population.make(7, 0, 30_000)
    partner = population.partners(stream(7, "families", 0), people)
    return people, kin.make(people, partner, 7)


def test_mothers_are_women_and_parents_are_old_enough(family: Family) -> None:
    people, links = family
    for parent, youngest, sex in ((links.mother, 16, 2), (links.father, 16, 1)):
        child = np.flatnonzero(parent >= 0)
        assert len(child) > 5_000
        assert (people.sex[parent[child]] == sex).all()
        years = (people.birth[child] - people.birth[parent[child]]) / 365.25
        assert years.min() >= youngest - 1
        assert 24 < np.median(years) < 36


def test_parents_and_children_are_alike_but_not_the_same(family: Family) -> None:
    people, links = family
    child = np.flatnonzero(links.mother >= 0)
    likeness = np.corrcoef(people.group[child], people.group[links.mother[child]])[0, 1]
    assert 0.2 < likeness < 0.6


def test_a_child_is_counted_in_the_family_of_its_mother_and_her_partner(family: Family) -> None:
    people, links = family
    here = (people.birth <= DAY) & (people.came <= DAY) & (people.left > DAY) & (people.died > DAY)
    counts = kin.children(people, links, here, DAY)
    young = here & (people.birth > DAY - 18 * kin.YEAR)
    child = int(np.flatnonzero(young & (links.mother >= 0) & (links.partner[links.mother] >= 0))[0])
    mother = links.mother[child]
    brood = np.flatnonzero(young & np.isin(links.mother, [mother, links.partner[mother]]))
    fathers = np.flatnonzero(young & (links.mother < 0) & (links.father == links.partner[mother]))
    size = len(brood) + len(fathers)
    assert counts[mother] == counts[links.partner[mother]] == counts[child] == size
    grown = here & (people.age_on(DAY) > 64)
    assert counts[grown].mean() < 0.01


def test_only_immigrants_have_a_day_of_immigration_after_birth_and_before_their_careers(
    family: Family,
) -> None:
    people, links = family
    foreign = np.isin(people.origin, kin.ABROAD)
    assert (links.immigrated[~foreign] < 0).all()
    assert (links.immigrated[foreign] >= people.birth[foreign]).all()
    settled = foreign & (people.came <= people.birth) & (people.birth < kin.CAME_BEFORE - 365)
    assert links.immigrated[settled].max() <= kin.CAME_BEFORE
