"""Accumulated effects, bands and the whole chain on a world whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest

from evalrapport.results.matching.balance import balance
from evalrapport.results.matching.design import standardised
from evalrapport.results.matching.effects import (
    NORMAL_975,
    Effects,
    accumulated,
    estimate,
    interval,
    sup_t,
)
from evalrapport.results.matching.logit import fit, probability_of
from evalrapport.results.matching.nearest_neighbour import nearest


def world(seed: int, effect: float, people: int = 6000) -> tuple[Effects, np.ndarray, np.ndarray]:
    """Three months of an outcome that the confounders drive, moved by `effect` in the treated."""
    rng = np.random.default_rng(seed)
    confounders = rng.standard_normal((3, people))
    treated = rng.random(people) < probability_of(confounders[0] + 0.5 * confounders[1] - 2.5)
    lasting = rng.standard_normal(people)
    months = [confounders.sum(0) + lasting + rng.standard_normal(people) for _ in range(3)]
    outcome = np.stack(months, axis=1) + effect * treated[:, None]
    design = standardised(confounders)
    found = fit(design, treated)
    score = found.probability
    matches = nearest(score[treated], score[~treated])
    naive = outcome[treated].mean(0) - outcome[~treated].mean(0)
    return estimate(design, found, treated, outcome, matches), naive, treated


@pytest.mark.parametrize("effect", [0.0, 1.0])
def test_the_truth_is_found_where_a_naive_comparison_misses_it(effect: float) -> None:
    found, naive, _ = world(1, effect)
    lower, upper = interval(found.effect, found.variance)
    assert (lower < effect).all()
    assert (effect < upper).all()
    assert (naive > upper).all()


def test_intervals_cover_about_as_often_as_they_say() -> None:
    inside = []
    for seed in range(60):
        found, _, _ = world(100 + seed, 0.5, people=1500)
        lower, upper = interval(found.effect, found.variance)
        inside.append((lower[0] < 0.5) & (upper[0] > 0.5))
    assert 0.87 <= np.mean(inside) <= 1.0  # 60 draws: three simulation errors below 95 per cent


def test_accumulated_sums_months_and_all_their_covariances() -> None:
    variance = np.array([[4.0, 2.0, 1.0], [2.0, 9.0, 3.0], [1.0, 3.0, 16.0]])
    value, summed = accumulated(np.array([1.0, -2.0, 4.0]), variance)
    assert value.tolist() == [1.0, -1.0, 3.0]
    assert np.diag(summed).tolist() == [4.0, 4 + 9 + 2 * 2, variance.sum()]


def test_lasting_differences_make_the_accumulated_interval_wider_than_independence() -> None:
    found, _, _ = world(3, 0.0)
    full = accumulated(found.effect, found.variance)[1][-1, -1]
    assert full > 1.3 * np.diag(found.variance).sum()


def test_the_band_of_one_month_is_its_interval_and_of_many_is_wider() -> None:
    assert sup_t(np.eye(1), 1) == pytest.approx(NORMAL_975, abs=0.01)
    # P(all |t| < f) = 0.95 with ten independent months: f = 2.800
    assert sup_t(np.eye(10), 1) == pytest.approx(2.800, abs=0.02)
    assert sup_t(np.ones((10, 10)), 1) == pytest.approx(NORMAL_975, abs=0.01)
    assert sup_t(np.zeros((2, 2)), 1) == NORMAL_975


def test_a_variance_that_is_not_positive_is_not_used() -> None:
    one = np.ones(1)
    found = Effects(one, one, one, variance_2006=np.eye(1), variance_2016=-np.eye(1))
    assert not found.uses_2016
    assert found.variance.tolist() == [[1.0]]


def test_balance_before_and_after() -> None:
    matrix = np.array([[1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0]])
    treated = np.array([True, True, True, False, False, False, False])
    weight = np.array([1.0, 1.0, 1.0, 2.0, 1.0, 0.0, 0.0])
    found = balance(matrix, treated, weight)
    assert found.treated == pytest.approx([2 / 3])
    assert found.pool == pytest.approx([1 / 4])
    assert found.controls == pytest.approx([2 / 3])
    assert found.difference_before == pytest.approx([(2 / 3 - 1 / 4) / np.sqrt(2 / 9)])
    assert found.difference_after == pytest.approx([0.0])
    assert found.ratio_after == pytest.approx([1.0])
