"""Weighting and learners: exact balance, invariance, and the truth in made-up worlds."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from evalrapport.errors import PlainError
from evalrapport.results.matching.design import Design, standardised
from evalrapport.results.matching.doubly_robust import doubly_robust, folds, thinned
from evalrapport.results.matching.logit import LogitFit, fit, probability_of
from evalrapport.results.matching.weighting import (
    entropy_balanced,
    entropy_weights,
    overlap_weighted,
)

Sample = tuple[Design, LogitFit, NDArray[np.bool_], NDArray[np.float64]]


def sample(seed: int, people: int = 3000, effect: float = 0.5) -> Sample:
    """Confounded people with a constant effect."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((4, people))
    treated = rng.random(people) < probability_of(x[0] + 0.5 * x[1] - 2.0)
    outcome = x.sum(axis=0) + rng.standard_normal(people) + effect * treated
    design = standardised(x)
    return design, fit(design, treated), treated, outcome[:, None]


def test_entropy_balancing_gives_the_pool_the_means_of_the_treated() -> None:
    design, found, treated, _ = sample(1)
    weight = entropy_weights(design, treated, found.scaled)
    assert weight.sum() == pytest.approx(1.0)
    assert (weight > 0).all()
    means = design.matrix[:, ~treated] @ weight
    assert means == pytest.approx(design.matrix[:, treated].mean(axis=1), abs=1e-7)
    # Of all weights with these means those of exponential form are nearest to equal ones.
    logs = np.log(weight)
    rows = np.vstack([np.ones(len(weight)), design.matrix[:, ~treated]]).T
    assert np.abs(logs - rows @ np.linalg.lstsq(rows, logs, rcond=None)[0]).max() < 1e-6


def test_where_a_regression_is_right_entropy_balancing_tells_the_same() -> None:
    design, found, treated, _ = sample(2)
    exact = design.matrix.sum(axis=0)[:, None] + 0.7 * treated[:, None]
    out = entropy_balanced(design, found, treated, exact)
    assert out.effect == pytest.approx([0.7], abs=1e-6)
    assert out.variance == pytest.approx(0.0, abs=1e-10)


def test_no_weights_that_balance_is_said_plainly() -> None:
    matrix = np.concatenate([np.full(20, 9.0), np.linspace(0, 1, 200)])[None, :]
    treated = np.arange(220) < 20
    with pytest.raises(PlainError, match="finds no weights"):
        entropy_weights(standardised(matrix), treated, np.zeros(2))


@pytest.mark.parametrize("how", [entropy_balanced, overlap_weighted])
def test_weighted_intervals_hold_the_truth_and_tell_their_spread(how: object) -> None:
    found = []
    for seed in range(40):
        design, score, treated, outcome = sample(100 + seed, 1500)
        out = how(design, score, treated, outcome)  # type: ignore[operator]
        found.append((out.effect[0], out.variance[0, 0] ** 0.5))
    effect, error = np.array(found).T
    assert effect.mean() == pytest.approx(0.5, abs=4 * effect.std() / 40**0.5)
    assert error.mean() == pytest.approx(effect.std(), rel=0.35)
    assert np.mean(np.abs(effect - 0.5) < 1.96 * error) > 0.85


def test_overlap_weights_balance_every_covariate_exactly() -> None:
    design, found, treated, outcome = sample(3)
    weight = overlap_weighted(design, found, treated, outcome).weight
    means = [
        np.average(design.matrix[:, w], weights=weight[w], axis=1) for w in (treated, ~treated)
    ]
    assert means[0] == pytest.approx(means[1], abs=1e-9)


def test_the_doubly_robust_finds_the_truth_where_the_score_alone_would_do() -> None:
    design, _, treated, outcome = sample(4, 6000)
    out = doubly_robust(design.matrix.T, treated, outcome, seed=1)
    assert abs(out.effect[0] - 0.5) < 4 * out.variance[0, 0] ** 0.5
    assert 0.01 < out.variance[0, 0] ** 0.5 < 0.2
    again = doubly_robust(design.matrix.T, treated, outcome, seed=1)
    assert again.effect.tolist() == out.effect.tolist()


def test_folds_hold_both_groups_and_thinning_keeps_all_treated() -> None:
    treated = np.arange(1000) % 50 == 0
    fold = folds(treated, 2, 1)
    assert all((treated & (fold == one)).sum() == 10 for one in (0, 1))
    kept = thinned(treated, 5)
    assert np.isin(np.flatnonzero(treated), kept).all()
    assert (~treated[kept]).sum() <= 100
