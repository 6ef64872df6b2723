"""Variances, held against R's Matching and against their formulas written out person by person."""

from __future__ import annotations

import numpy as np
import pytest
from matching_reference import reference
from numpy.typing import NDArray

from evalrapport.results.matching.design import Design, standardised
from evalrapport.results.matching.effects import estimate, matched_means
from evalrapport.results.matching.logit import LogitFit, fit
from evalrapport.results.matching.nearest_neighbour import Matches, nearest
from evalrapport.results.matching.variance import variance_pooled
from evalrapport.results.matching.windows import nearest_run

Floats = NDArray[np.float64]


def closest(scores: Floats, at: float, size: int) -> NDArray[np.int64]:
    """The `size` nearest of all scores, ties with the last included, by full search."""
    distance = np.abs(scores - at)
    size = min(size, len(scores))
    return np.flatnonzero(distance <= np.sort(distance)[size - 1])


def covariance(x: Floats, y: Floats) -> Floats:
    """Sample covariance of rows, (a × b); zero for a single row."""
    if len(x) < 2:
        return np.zeros((x.shape[1], y.shape[1]))
    return (x - x.mean(0)).T @ (y - y.mean(0)) / (len(x) - 1)


def written_out(
    design: Design, found: LogitFit, treated: NDArray[np.bool_], y: Floats, matches: Matches
) -> tuple[Floats, Floats]:
    """Abadie & Imbens 2006 and 2016, one person at a time."""
    x, p = design.block(slice(0, design.people)).T, found.probability
    arms = {True: np.flatnonzero(treated), False: np.flatnonzero(~treated)}
    tau = y[arms[True]] - matched_means(matches, y[arms[False]])
    effect, n = tau.mean(0), len(tau)
    known = (tau - effect).T @ (tau - effect)
    use, squared = matches.use(len(arms[False]))
    for at, person in enumerate(arms[False]):
        near = arms[False][closest(p[arms[False]], p[person], 2)]
        known += (use[at] ** 2 - squared[at]) * covariance(y[near], y[near])
    c, d = np.zeros((design.terms, y.shape[1])), np.zeros((design.terms, y.shape[1]))
    for person in range(design.people):
        density, mean, spread = p[person] * (1 - p[person]), {}, {}
        for group, members in arms.items():
            near = members[closest(p[members], p[person], 2)]
            spread[group] = covariance(x[near], y[near])
            others = members[members != person] if treated[person] == group else members
            mean[group] = y[others[closest(p[others], p[person], 2)]].mean(0)
        slope = density * np.outer(x[person], mean[True] - mean[False] - effect)
        c += slope + density * spread[True] + p[person] ** 2 * spread[False]
        d += slope + density * (spread[True] - spread[False])
    c, d, known = c / n, d / n, known / n**2
    return known, known + d.T @ found.covariance @ d - c.T @ found.covariance @ c


def test_effect_and_standard_error_equal_those_of_r_matching() -> None:
    ref = reference()
    score = fit(ref.design, ref.treated).probability
    matches = nearest(score[ref.treated], score[~ref.treated])
    theirs = matched_means(matches, ref.outcome[~ref.treated])
    difference = ref.outcome[ref.treated] - theirs
    assert difference.mean(0) == pytest.approx([0.27572105102, 0.00510204081633], abs=1e-11)
    variance = variance_pooled(difference, *matches.use(int((~ref.treated).sum())))
    errors = np.sqrt(np.diag(variance))
    assert errors == pytest.approx([0.107439992345, 0.0498205015183], abs=1e-12)


@pytest.mark.parametrize("tied", [False, True])
def test_both_variances_equal_their_formulas_written_out(tied: bool) -> None:
    rng = np.random.default_rng(11)
    matrix = rng.standard_normal((3, 240))
    if tied:
        matrix = np.clip(matrix.round(0), -1, 1)
    treated = rng.random(240) < 1 / (1 + np.exp(1.5 - matrix[0]))
    outcome = np.stack([matrix.sum(0) + rng.standard_normal(240), rng.random(240) < 0.4]).T
    design = standardised(matrix)
    found = fit(design, treated)
    score = found.probability
    matches = nearest(score[treated], score[~treated])
    ours = estimate(design, found, treated, outcome, matches)
    known, corrected = written_out(design, found, treated, outcome, matches)
    np.testing.assert_allclose(ours.variance_2006, known, rtol=1e-9, atol=1e-14)
    np.testing.assert_allclose(ours.variance_2016, corrected, rtol=1e-7, atol=1e-12)


def test_variance_does_not_depend_on_the_order_of_the_rows() -> None:
    errors = []
    for seed in (None, 4):
        order = None if seed is None else np.random.default_rng(seed).permutation(4000)
        ref = reference(order)
        found = fit(ref.design, ref.treated)
        score = found.probability
        matches = nearest(score[ref.treated], score[~ref.treated])
        ours = estimate(ref.design, found, ref.treated, ref.outcome, matches)
        errors.append(np.sqrt(np.diag(ours.variance_2016)))
    np.testing.assert_allclose(errors[0], errors[1], rtol=1e-10)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_nearest_run_is_that_of_a_full_search(size: int) -> None:
    rng = np.random.default_rng(size)
    ordered = np.sort(rng.random(200).round(2)) + np.sort(rng.random(200)) * 1e-9 * (size == 3)
    targets = rng.random(300)
    start, stop = nearest_run(ordered, targets, size)
    for at, target in enumerate(targets):
        wanted = closest(ordered, target, size)
        assert (start[at], stop[at]) == (wanted[0], wanted[-1] + 1)


def test_an_outcome_without_variation_has_effect_and_variance_zero() -> None:
    ref = reference()
    found = fit(ref.design, ref.treated)
    score = found.probability
    matches = nearest(score[ref.treated], score[~ref.treated])
    ours = estimate(ref.design, found, ref.treated, np.ones((4000, 1)), matches)
    assert ours.effect.tolist() == [0.0]
    assert ours.variance_2016 == pytest.approx(0.0, abs=1e-20)


def test_one_treated_person_gives_an_effect_and_no_crash() -> None:
    rng = np.random.default_rng(2)
    matrix, treated = rng.standard_normal((1, 50)), np.zeros(50, dtype=bool)
    treated[int(np.argsort(matrix[0])[25])] = True
    found = fit(standardised(matrix), treated)
    score = found.probability
    matches = nearest(score[treated], score[~treated])
    outcome = rng.random((50, 1))
    ours = estimate(standardised(matrix), found, treated, outcome, matches)
    pair = outcome[treated][0, 0] - outcome[~treated][matches.control].mean()
    assert ours.effect[0] == pytest.approx(pair)
    assert np.isfinite(ours.variance).all()
