"""Sensitivity to unobserved differences, held against published numbers and exact distributions."""

from __future__ import annotations

import numpy as np
import pytest
from validation.published import darfur

from evalrapport.results.matching.hidden import (
    benchmark,
    bounds,
    critical,
    effect_of,
    pairwise_means,
    shifts,
    signed_rank,
)


def test_darfur_as_published() -> None:
    rows, treated, outcome, female = darfur()
    weight = np.ones(len(outcome))
    found = effect_of(treated, rows, outcome, weight)
    assert found.effect == pytest.approx(0.0973, abs=5e-5)
    assert found.error == pytest.approx(0.0233, abs=5e-5)
    assert found.freedom == 783
    assert found.partial_r2 == pytest.approx(0.022, abs=5e-4)
    assert found.robustness() == pytest.approx(0.139, abs=5e-4)
    assert found.robustness(alpha=0.05) == pytest.approx(0.076, abs=5e-4)
    for times, effect in ((1, 0.0752), (2, 0.0529), (3, 0.0304)):
        one = benchmark(treated, rows, outcome, weight, [female], times)
        moved, _ = found.moved(one.on_treatment, one.on_outcome)
        assert moved == pytest.approx(effect, abs=5e-5)


def test_a_trait_of_that_strength_moves_the_effect_exactly_so_far() -> None:
    rng = np.random.default_rng(5)
    n = 4000
    hidden, seen = rng.standard_normal((2, n))
    treated = rng.random(n) < 1 / (1 + np.exp(1 - hidden - seen))
    outcome = seen + 0.5 * hidden + rng.standard_normal(n)
    weight = rng.random(n) + 0.5
    rows = np.column_stack([np.ones(n), seen])
    whole = np.column_stack([rows, hidden])
    short, long = (effect_of(treated, r, outcome, weight) for r in (rows, whole))
    without = benchmark(treated, whole, outcome, weight, [2])
    d, y = without.on_treatment, without.on_outcome
    d = d / (1 + d)  # what the trait itself explains, not one as strong beside it
    left = 1 - long.partial_r2
    # Its own share of the outcome: from the sums of squares with and without it.
    y = 1 - (long.error**2 * long.freedom * spread(treated, whole, weight)) / (
        short.error**2 * short.freedom * spread(treated, rows, weight)
    )
    assert 0 < left < 1
    assert short.moved(d, y)[0] == pytest.approx(long.effect, rel=1e-9)
    assert short.moved(d, y)[1] == pytest.approx(long.error, rel=1e-9)


def spread(treated: np.ndarray, rows: np.ndarray, weight: np.ndarray) -> float:
    """What the covariates leave of treatment."""
    root = np.sqrt(weight)
    t = treated * root
    left = t - (rows * root[:, None]) @ np.linalg.lstsq(rows * root[:, None], t, rcond=None)[0]
    return float(left @ left)


@pytest.mark.parametrize("gamma", [1.0, 1.5, 2.0])
def test_bounds_are_those_of_the_exact_worst_distribution(gamma: float) -> None:
    rng = np.random.default_rng(2)
    gains = rng.standard_normal(60) + {1.0: 0.2, 1.5: 0.4, 2.0: 0.5}[gamma]
    ranks = np.argsort(np.argsort(np.abs(gains))) + 1
    found = ranks[gains > 0].sum()
    chance = np.zeros(ranks.sum() + 1)
    chance[0], p = 1.0, gamma / (1 + gamma)
    for rank in ranks:  # each pair positive with the largest chance that gamma allows
        chance = (1 - p) * chance + p * np.roll(chance, rank)
    exact = 2 * chance[found:].sum()
    assert 0.001 < exact < 0.5
    assert bounds(gains, gamma).largest_p == pytest.approx(exact, abs=0.015)
    assert bounds(gains, gamma).smallest_p <= bounds(gains, gamma).largest_p


def test_the_effects_that_the_bounds_allow_leave_the_expected_statistic() -> None:
    gains = np.random.default_rng(4).standard_normal(80) + 0.5
    least, most = shifts(pairwise_means(gains), 1.8)
    assert least < np.median(gains) < most
    for effect, side in ((least, 0), (most, 1)):
        assert abs(signed_rank(gains - effect, 1.8)[side]) < 0.02
    same = shifts(pairwise_means(gains), 1.0)
    assert same[0] == same[1]


def test_at_the_largest_gamma_the_difference_is_just_significant() -> None:
    gains = np.random.default_rng(4).standard_normal(80) + 0.5
    limit = critical(gains)
    assert limit is not None
    assert limit > 1
    assert bounds(gains, limit).largest_p == pytest.approx(0.05, abs=1e-4)
    assert bounds(-gains, limit).largest_p == pytest.approx(0.05, abs=1e-4)
    assert critical(gains - np.median(gains)) is None
    assert critical(np.ones(200)) is not None


def test_an_effect_that_the_bounds_straddle_is_not_significant() -> None:
    gains = np.array([1.0, -1.1, 1.2, -0.9, 1.3, 0.4])
    assert bounds(gains, 5.0).largest_p == 1.0
