"""Choosing people so that totals come out."""

import numpy as np
import pytest

from evalrapport.sources.stand_in import (
    episodes,
    fitting,
    grants,
    most_use,
    raking,
    records,
    streams,
    traits,
)
from evalrapport.sources.stand_in.margins import EXACT, Margin, Moment

POOL = 4_000


def two_margins(rng: np.random.Generator) -> list[Margin]:
    first = rng.choice(3, POOL, p=[0.6, 0.3, 0.1])
    second = np.where(rng.random(POOL) < 0.5, first % 2, rng.integers(0, 2, POOL))
    return [Margin(first, np.array([300, 300, 200])), Margin(second, np.array([500, 300]))]


def test_margins_that_can_be_met_are_met_to_a_person() -> None:
    rng = np.random.default_rng(5)
    margins = two_margins(rng)
    chosen = fitting.choose(rng, margins, 800, np.ones(POOL))
    assert len(set(chosen.tolist())) == 800
    for margin in margins:
        assert np.abs(np.bincount(margin.codes[chosen]) - margin.targets).max() <= 1


def test_people_outside_a_margin_are_not_counted_in_it() -> None:
    rng = np.random.default_rng(6)
    codes = np.where(np.arange(POOL) % 4 == 0, 0, -1)
    margins = [*two_margins(rng), Margin(codes, np.array([120]), EXACT)]
    chosen = fitting.choose(rng, margins, 800, np.ones(POOL))
    assert (codes[chosen] == 0).sum() == 120


def test_cells_are_summed_as_counting_one_by_one_would() -> None:
    rng = np.random.default_rng(4)
    codes = rng.choice([-1, 0, 2, 3, 5], POOL)  # cells 1, 4 and 6 are empty
    chance = rng.random(POOL)
    found = raking.cells_of(Margin(codes, np.zeros(7, dtype=np.int64))).sums(chance)
    inside = codes >= 0
    assert found == pytest.approx(np.bincount(codes[inside], chance[inside], 7))
    nobody = raking.cells_of(Margin(np.full(POOL, -1), np.zeros(2, dtype=np.int64)))
    assert nobody.sums(chance).tolist() == [0, 0]


def test_a_margin_of_great_weight_is_met_where_another_then_cannot() -> None:
    codes = np.arange(40) % 2
    margins = [
        Margin(codes, np.array([0, 3])),
        Margin(codes, np.array([3, 0]), EXACT),
    ]
    chosen = fitting.choose(np.random.default_rng(2), margins, 3, np.ones(40))
    assert codes[chosen].sum() == 0


def test_a_mean_is_met_besides_the_margins() -> None:
    rng = np.random.default_rng(9)
    age = rng.normal(40, 10, POOL)
    wanted = Moment(age - 36.0, weight=4.0)
    chosen = fitting.choose(rng, two_margins(rng), 800, np.ones(POOL), [wanted])
    assert age[chosen].mean() == pytest.approx(36, abs=0.1)


def test_later_blocks_make_good_what_earlier_ones_missed() -> None:
    """Neither pool alone can give what is wanted; both together can."""
    few = Margin(np.repeat([0, 1], [5, 95]), np.array([8, 12]))
    many = Margin(np.repeat([0, 1], [50, 50]), np.array([8, 12]))
    ledger, rng = fitting.Ledger(), np.random.default_rng(3)
    found = np.zeros(2, dtype=np.int64)
    for margin in (few, many, many):
        chosen = ledger.choose("a", rng, [margin], 20, np.ones(100))
        found += np.bincount(margin.codes[chosen], minlength=2)
    assert np.abs(found - [24, 36]).max() <= 1


def test_weights_decide_where_margins_leave_a_choice() -> None:
    rng = np.random.default_rng(7)
    trait = rng.standard_normal(POOL)
    chosen = [
        trait[fitting.choose(rng, two_margins(rng), 800, np.exp(-strength * trait))].mean()
        for strength in (0.0, 0.5)
    ]
    assert chosen[0] - chosen[1] > 0.2


@pytest.mark.parametrize(("size", "found"), [(0, 0), (10, 6)])
def test_a_pool_too_small_is_taken_whole(size: int, found: int) -> None:
    margins = [Margin(np.zeros(6, dtype=np.int64), np.array([size]))]
    assert len(fitting.choose(np.random.default_rng(1), margins, size, np.ones(6))) == found


def test_bands_of_years_and_months() -> None:
    assert traits.years_band(np.array([0, 1, 52, 53, 208, 209, 259, 260])).tolist() == [
        *(0, 1, 1, 2, 4, 5, 5, 6),
    ]
    assert traits.months_band(np.array([0, 1, 12, 13, 36, 37, 47, 48])).tolist() == [
        *(0, 1, 1, 2, 3, 4, 4, 5),
    ]


def test_a_deck_has_the_shares_and_is_the_same_for_all_blocks() -> None:
    deck = grants.deck(3, "x", (1.0, 2.0, 0.5), 700)
    assert np.bincount(deck).tolist() == [200, 400, 100]
    assert np.array_equal(deck, grants.deck(3, "x", (1.0, 2.0, 0.5), 700))
    shares = [episodes.Share({2012: (690, 10)}, block, 4) for block in range(4)]
    sizes = [172 + 2, 173 + 3, 172 + 2, 173 + 3]
    ranks = [share.ranks(2012, size) for share, size in zip(shares, sizes, strict=True)]
    assert sorted(np.concatenate(ranks).tolist()) == list(range(700))


def test_hours_and_lengths_have_the_printed_means() -> None:
    for kind in (1, 2):
        for year, mean in grants.MEAN_HOURS[kind].items():
            values, shares = grants.hour_choices(year, kind)
            hours = values[grants.deck(1, "h", shares, 20_000)]
            assert hours[hours > 0].mean() == pytest.approx(mean, rel=0.01)
    for year, mean in grants.MEAN_DAYS.items():
        pack = grants.cards(1, year, 20_000)
        days = grants.lengths(np.random.default_rng(3), pack.band, year, pack.level)
        assert days.mean() == pytest.approx(mean, rel=0.01)
        assert (days == grants.UNREAL_DAYS).mean() == pytest.approx(grants.UNREAL[year], abs=2e-4)


def test_the_municipality_that_uses_mentors_most_gets_the_cards_that_it_lacks() -> None:
    worth = np.arange(100.0)
    most = np.arange(100) % 20 == 0
    for lacking, expected in ((1e9, 97.0), (250.0, 50.0), (-5.0, 2.0)):
        dealt = most_use.dealt(worth, worth, most, lacking)
        assert sorted(dealt.tolist()) == list(range(100))
        assert worth[dealt[most]].mean() == expected


def test_what_the_municipality_lacks_is_seen_by_year() -> None:
    use = most_use.MostUse(dict.fromkeys(most_use.USE, 100.0))
    before = use.lacking(2012)
    assert before == pytest.approx(0.052 * 100 * 366 * 37)
    day = most_use.PERIODS[2012][1]
    use.add(np.array([day - 9]), np.array([day + 10]), np.array([4.0]))
    assert use.lacking(2012) == pytest.approx(before - 40)
    assert use.support[2013] == 40


def test_even_numbers_have_their_means_and_less_spread() -> None:
    rate = np.tile([0.2, 0.5, 0.7], 1_000)
    found = streams.even_counts(np.random.default_rng(4), rate)
    assert abs(found.sum() - rate.sum()) <= 1
    assert set(found.tolist()) == {0, 1}
    sums = [
        streams.poisson_evenly(np.random.default_rng(seed), rate * 2).sum() for seed in range(40)
    ]
    assert np.mean(sums) == pytest.approx(2 * rate.sum(), rel=0.01)
    assert np.std(sums) < 0.7 * np.sqrt(2 * rate.sum())


def test_records_that_lack_are_made_good_by_the_next_block() -> None:
    reported = records.Reported({2012: 100.0, 2013: 200.0, 2014: 40.0}, blocks=4)
    expected = {2012: 10.0, 2013: 10.0, 2014: 10.0}
    assert reported.oftener(expected) == {2012: 1.0, 2013: 1.0, 2014: 1.0}
    day = np.array([most_use.PERIODS[2012][0]] * 23 + [most_use.PERIODS[2013][0]] * 51)
    nothing = np.zeros(len(day), dtype=np.int64)
    reported.add(records.Records(nothing, day, day, nothing.astype(float), nothing))
    found = reported.oftener(expected)
    assert found[2012] == pytest.approx(1.2)  # 2 of 25 are lacking
    assert found[2013] == pytest.approx(0.9)  # one too many
    assert found[2014] == 1.5  # all 10 are lacking; no more than half as often again
