"""The stand-in's years 2014-16: the note's counts by quota, and dates that agree with them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from evalrapport.contracts.sources.later import LATER
from evalrapport.datasets.whole_months import whole_months
from evalrapport.sources.stand_in import later_cards, later_people, later_records, later_weeks
from evalrapport.sources.stand_in.later_cards import Cards
from evalrapport.sources.stand_in.later_people import Chosen, Pool
from evalrapport.sources.stand_in.later_targets import FLEX, RES, TABLES, Targets, read

ROOT = Path(__file__).parents[2]
PUBLISHED = {name: ROOT / f"data/published/notat/{name}.csv" for name in TABLES}


@pytest.fixture(scope="module")
def targets() -> Targets:
    return read(PUBLISHED, 1.0)


@pytest.fixture(scope="module")
def cards(targets: Targets) -> Cards:
    return later_cards.deal(targets, 7)


@pytest.fixture(scope="module")
def chosen(targets: Targets, cards: Cards) -> Chosen:
    return later_people.slots(np.random.default_rng(1), targets, cards)


def days(values: np.ndarray) -> np.ndarray:
    return values.astype("datetime64[D]")


def test_episodes_by_year_and_group_are_the_printed_ones(cards: Cards) -> None:
    found = {
        (year, group): int(((cards.year == year) & (cards.group == group)).sum())
        for year in (2015, 2016)
        for group in (RES, FLEX)
    }
    assert found == {(2015, RES): 4590, (2015, FLEX): 2086, (2016, RES): 5555, (2016, FLEX): 1829}
    assert (days(cards.start).astype("datetime64[Y]").astype(int) + 1970 == cards.year).all()


def test_every_municipality_has_its_count_and_its_means(targets: Targets, cards: Cards) -> None:
    for place, count in enumerate(targets.started):
        own = (cards.year == 2015) & (cards.place == place)
        assert own.sum() == count
        assert abs(cards.months[own].mean() - targets.months[place]) <= 0.05 + 0.5 / count
        assert abs(cards.hours[own].mean() - targets.hours[place]) <= 0.05 + 0.25 / count


def test_dates_give_the_whole_months_by_the_notes_rule(cards: Cards) -> None:
    found = whole_months(days(cards.start), days(cards.end))
    assert (found == cards.months).all()
    share = np.bincount(found[cards.year == 2015]) / (cards.year == 2015).sum()
    assert share.argmax() == 3
    assert share[:13].sum() == pytest.approx(0.70, abs=0.003)


def test_those_under_way_in_the_week_are_as_many_as_printed(targets: Targets, cards: Cards) -> None:
    inside = (cards.start <= later_cards.WEEK_LAST) & (cards.end >= later_cards.WEEK_FIRST)
    assert (inside == cards.in_week).all()
    for group in (RES, FLEX):
        assert inside[cards.group == group].sum() == targets.with_mentor[group]


def test_two_municipalities_stand_out_and_the_rest_have_at_most_twelve(
    targets: Targets, cards: Cards
) -> None:
    people = later_people.stock(targets, cards)
    assert people.sum(axis=0).tolist() == [16555, 77833]
    mentors = np.bincount(cards.place[cards.in_week], minlength=len(people))
    shares = np.sort(100 * mentors / people.sum(axis=1))
    assert (shares[-2:] > 17).all()
    assert (shares[-2:] < 20.5).all()
    assert shares[-3] <= 12


def test_spells_agree_with_the_cards(targets: Targets, cards: Cards, chosen: Chosen) -> None:
    rng = np.random.default_rng(2)
    before = rng.random(len(chosen)) < 0.5
    spell = later_weeks.spells(rng, chosen, cards, before)
    inside = (spell.first <= later_weeks.WEEK_20) & (spell.last >= later_weeks.WEEK_20)
    assert (inside == chosen.stocked).all()
    for group in (RES, FLEX):
        assert (chosen.stocked & (chosen.group == group)).sum() == targets.stock[group]
    held = chosen.card >= 0
    card = chosen.card[held]
    assert sorted(card) == list(range(len(cards)))
    week = later_weeks.week_of(cards.start[card])
    first, last = spell.first[held], spell.last[held]
    assert ((first <= week) & (week <= last)).all()
    begun = days(later_weeks.MONDAYS[first]).astype("datetime64[Y]").astype(int) + 1970
    new = (begun == cards.year[card]) & (first > 0)
    assert (new == cards.new_spell[card]).all()


def test_people_come_from_those_already_near_the_benefit(chosen: Chosen, targets: Targets) -> None:
    size = 400_000
    rng = np.random.default_rng(3)
    codes = np.array(["771", "810", "730", "890", "", "783"])
    pool = Pool(
        age=rng.integers(16, 90, size),
        code=codes[rng.choice(len(codes), size, p=[0.2, 0.05, 0.1, 0.1, 0.5, 0.05])],
        home=targets.places[rng.integers(0, len(targets.places), size)],
    )
    slots = Chosen(**{name: getattr(chosen, name).copy() for name in chosen.__dataclass_fields__})
    later_people.choose(rng, pool, targets, slots)
    assert len(set(slots.person)) == len(slots)
    assert not np.isin(pool.code[slots.person], ["783"]).any()
    assert pool.age[slots.person].max() <= 62
    there = pool.code[slots.person] == "771"
    assert there[slots.group == FLEX].mean() > 3 * (pool.code == "771").mean() * 0.5
    assert not there[slots.new & (slots.group == FLEX)].all()


def test_parts_lie_less_than_a_week_apart_and_keep_the_mean(cards: Cards) -> None:
    rng = np.random.default_rng(4)
    rows = later_records.of_cards(rng, cards, np.arange(len(cards)))
    order = np.lexsort((rows.start, rows.person))
    person, start, end, hours = (
        getattr(rows, name)[order] for name in ("person", "start", "end", "hours")
    )
    follows = np.r_[False, person[1:] == person[:-1]]
    gap = start[1:] - end[:-1] - 1
    assert (gap[follows[1:]] <= 6).all()
    assert (gap[follows[1:]] > 0).any()
    once = np.r_[True, (person[1:] != person[:-1]) | (start[1:] != start[:-1])]
    person, start, end, hours = person[once], start[once], end[once], hours[once]
    weight = end - start + 1
    mean = np.bincount(person, hours * weight) / np.bincount(person, weight)
    assert np.abs(mean - cards.hours).max() < 0.02


def test_whoever_is_not_chosen_leaves_the_benefit_before_the_week() -> None:
    rng = np.random.default_rng(5)
    code = np.repeat(
        np.array([later_weeks.C["771"], later_weeks.C["810"], later_weeks.C["730"]], np.uint8), 500
    )
    weeks = later_weeks.natural(rng, code, np.full(len(code), 40 * 52))
    assert later_weeks.IN_NOTE[weeks[0, :1000]].mean() > 0.9
    assert not later_weeks.IN_NOTE[weeks[later_weeks.WEEK_20]].any()


def test_the_delivery_declares_only_the_weeks_that_it_can_be_asked_for() -> None:
    names = [column.name for column in LATER["dream_201701"].columns]
    assert names[0] == "PNR"
    assert names[1] == "Y_1427"
    assert "Y_1553" in names
    assert names[-4:] == ["NYKOM2014", "NYKOM2015", "NYKOM2016", "NYKOM2017"]
    assert LATER["mentor_episodes_201701"].files == {"201701": "mentorforloeb201701"}
