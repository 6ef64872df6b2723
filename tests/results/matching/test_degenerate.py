"""Cases at the edge, through fit, match and effects: a right answer or a plain message."""

from __future__ import annotations

import numpy as np
import pytest

from evalrapport.errors import PlainError
from evalrapport.results.matching.columns import plan
from evalrapport.results.matching.design import standardised
from evalrapport.results.matching.effects import compare
from evalrapport.results.matching.logit import SeparationError, fit
from evalrapport.results.matching.nearest_neighbour import (
    nearest,
    nearest_several,
    nearest_within,
    off_support,
    within_reach,
)


def test_without_common_support_everybody_is_told_to_be_outside_and_takes_the_end() -> None:
    treated, pool = np.array([0.8, 0.9]), np.array([0.1, 0.2, 0.3])
    assert off_support(treated, pool) == 2
    assert nearest(treated, pool).control.tolist() == [2, 2]
    assert nearest_several(treated, pool, 2).control.tolist() == [1, 2, 1, 2]
    none = within_reach(nearest(treated, pool), treated, pool, 0.1)
    assert len(none.matched) == 0


def test_perfect_separation_is_said_by_column() -> None:
    treated = np.arange(60) < 20
    matrix = np.stack([np.random.default_rng(1).standard_normal(60), treated * 1.0])
    with pytest.raises(SeparationError, match="separation"):
        fit(standardised(matrix), treated)


def test_constant_and_collinear_columns_do_not_stop_a_fit() -> None:
    rng = np.random.default_rng(2)
    x = rng.integers(0, 5, 400).astype(np.float32)
    matrix = np.stack([x, np.ones(400, np.float32), 2 * x + 1])
    treated = rng.random(400) < 0.3
    chosen, left = plan(["x", "one", "twice"], list(matrix), treated, {}, 10)
    found = fit(standardised(left), treated)
    assert chosen.kept == ("x",)
    assert np.isfinite(found.coefficients).all()


def test_nobody_in_the_same_group_is_left_unmatched_and_nobody_at_all_is_an_error() -> None:
    score = np.array([0.1, 0.2])
    found = nearest_within(score, score, np.array([0, 1]), np.array([0, 0]))
    assert found.matched.tolist() == [0]
    with pytest.raises(PlainError, match="within any of the groups"):
        nearest_within(score, score, np.array([1, 1]), np.array([0, 0]))


def test_several_neighbours_are_those_of_a_full_search() -> None:
    rng = np.random.default_rng(3)
    treated, pool = rng.random(30).round(2), rng.random(200).round(2)
    found = nearest_several(treated, pool, 5)
    for at, score in enumerate(treated):
        distance = np.abs(pool - score)
        wanted = np.flatnonzero(distance <= np.sort(distance)[4] + 1e-15)
        own = found.control[found.treated == at]
        assert set(wanted) >= set(own)
        assert len(own) >= 5
        assert distance[own].max() == pytest.approx(np.sort(distance)[4])
    assert np.bincount(found.treated, found.weight) == pytest.approx(np.ones(30))


def test_controls_that_all_tie_are_each_treated_persons_control_together() -> None:
    rng = np.random.default_rng(6)
    group = np.repeat([0.0, 1.0], [30, 70])
    treated = np.zeros(100, dtype=bool)
    treated[:12], treated[30:40] = True, True
    kept = treated | (group == 1)  # in the pool nobody is left but those of one kind
    matrix, treated = group[kept][None, :], treated[kept]
    outcome = rng.random((len(treated), 2))
    score = np.where(matrix[0] == 1, 0.2, 0.9)
    matches = nearest(score[treated], score[~treated])
    assert len(matches.control) == treated.sum() * (~treated).sum()
    found = compare(score, treated, outcome, matches)
    np.testing.assert_allclose(
        found.effect, outcome[treated].mean(0) - outcome[~treated].mean(0), atol=1e-12
    )
    # Every control counts for n1/n0 treated, with one conditional variance: that of the pool.
    own = np.cov(outcome[treated].T, bias=True) / treated.sum()
    use = treated.sum() / (~treated).sum()
    squared = treated.sum() / (~treated).sum() ** 2
    theirs = np.cov(outcome[~treated].T) * (~treated).sum() * (use**2 - squared)
    np.testing.assert_allclose(found.variance, own + theirs / treated.sum() ** 2, rtol=1e-9)
