"""Choosing people so that totals come out."""

import numpy as np
import pytest

from evalrapport.sources.stand_in import episodes, fitting, traits
from evalrapport.sources.stand_in.fitting import Margin

POOL = 4_000


def two_margins(rng: np.random.Generator) -> list[Margin]:
    first = rng.choice(3, POOL, p=[0.6, 0.3, 0.1])
    second = np.where(rng.random(POOL) < 0.5, first % 2, rng.integers(0, 2, POOL))
    return [Margin(first, np.array([300, 300, 200])), Margin(second, np.array([500, 300]))]


def test_margins_that_can_be_met_are_met_exactly() -> None:
    rng = np.random.default_rng(5)
    margins = two_margins(rng)
    chosen = fitting.choose(rng, margins, 800, np.ones(POOL))
    assert len(set(chosen.tolist())) == 800
    for margin in margins:
        assert np.bincount(margin.codes[chosen]).tolist() == margin.targets.tolist()


def test_people_outside_a_margin_are_not_counted_in_it() -> None:
    rng = np.random.default_rng(6)
    codes = np.where(np.arange(POOL) % 4 == 0, 0, -1)
    margins = [*two_margins(rng), Margin(codes, np.array([120]))]
    chosen = fitting.choose(rng, margins, 800, np.ones(POOL))
    assert (codes[chosen] == 0).sum() == 120


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
    deck = episodes.deck(3, "x", (1.0, 2.0, 0.5), 700)
    assert np.bincount(deck).tolist() == [200, 400, 100]
    assert np.array_equal(deck, episodes.deck(3, "x", (1.0, 2.0, 0.5), 700))
    shares = [episodes.Share({2012: 700}, block, 4).ranks(2012, 175) for block in range(4)]
    assert sorted(np.concatenate(shares).tolist()) == list(range(700))


def test_hours_and_lengths_have_the_printed_means() -> None:
    for kind in (1, 2):
        for year, mean in episodes.MEAN_HOURS[kind].items():
            table = episodes.INDIVIDUAL if kind == 1 else episodes.PLADSMENTOR
            bands = episodes.deck(1, "h", table[year], 20_000)
            hours = episodes.weekly_hours(np.random.default_rng(2), bands, year, kind)
            assert hours[hours > 0].mean() == pytest.approx(mean, rel=0.01)
    for year, mean in episodes.MEAN_DAYS.items():
        bands = episodes.deck(1, "l", episodes.BY_LENGTH[year], 20_000)
        days = episodes.lengths(np.random.default_rng(3), bands, year)
        assert days.mean() == pytest.approx(mean, rel=0.01)
