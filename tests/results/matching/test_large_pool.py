"""What is only done in a large pool: threads, a first fit on a sample, single precision."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from evalrapport import stripes
from evalrapport.results.matching import correction, large_pool, logit, newton, passes
from evalrapport.results.matching.design import Design, standardised
from evalrapport.results.matching.effects import Effects, estimate
from evalrapport.results.matching.logit import LogitFit, fit
from evalrapport.results.matching.nearest_neighbour import nearest, set_hash

PEOPLE, OUTCOMES = 260_000, 20


@pytest.fixture(scope="module")
def world() -> tuple[Design, NDArray[np.bool_], NDArray[np.uint8]]:
    """260,000 people, two thousand treated, whole and half numbers, some of them tied."""
    rng = np.random.default_rng(51)
    matrix = rng.standard_normal((5, PEOPLE)).astype(np.float32)
    matrix[1] = matrix[1] > 1
    matrix[2] = rng.integers(0, 40, PEOPLE)
    matrix[:, :20_000] = np.round(matrix[:, :20_000])
    index = 0.8 * matrix[0] + matrix[1] - 0.03 * matrix[2] - 5.0
    treated = rng.random(PEOPLE) < logit.probability_of(index.astype(np.float64))
    luck = rng.random((PEOPLE, OUTCOMES)) + 0.3 * rng.random((PEOPLE, 1))
    return standardised(matrix), treated, (luck < 0.6 - 0.1 * matrix[0][:, None]).astype(np.uint8)


def chain(
    world: tuple[Design, NDArray[np.bool_], NDArray[np.uint8]],
) -> tuple[LogitFit, str, Effects]:
    """Fit, hash of the matched set, effects."""
    design, treated, outcome = world
    found = fit(design, treated)
    score = found.probability
    matches = nearest(score[treated], score[~treated])
    who = np.flatnonzero(treated)[matches.treated], np.flatnonzero(~treated)[matches.control]
    return (
        found,
        set_hash(*who, matches.weight),
        estimate(design, found, treated, outcome, matches),
    )


def test_any_number_of_threads_gives_the_same_bytes(
    world: tuple[Design, NDArray[np.bool_], NDArray[np.uint8]], monkeypatch: pytest.MonkeyPatch
) -> None:
    results = []
    for threads in (1, 3):
        monkeypatch.setattr(stripes, "cores", lambda threads=threads: threads)
        found, matched, effects = chain(world)
        results.append((found.index.tobytes(), matched, effects.variance_2016.tobytes()))
    assert results[0] == results[1]


def test_the_first_fit_on_a_sample_changes_nothing(
    world: tuple[Design, NDArray[np.bool_], NDArray[np.uint8]], monkeypatch: pytest.MonkeyPatch
) -> None:
    design, treated, _ = world
    assert large_pool.approach(design, treated, 1e-10) is not None
    quick, matched, effects = chain(world)
    monkeypatch.setattr(large_pool, "SAMPLE_WORTH", 10**9)
    monkeypatch.setattr(correction, "DOUBLE_UP_TO", 10**9)
    plain, plainly_matched, plainly = chain(world)
    assert np.abs(quick.index - plain.index).max() < 1e-11
    assert matched == plainly_matched
    assert quick.log_likelihood == pytest.approx(plain.log_likelihood, rel=1e-13)
    np.testing.assert_allclose(
        np.diag(effects.variance_2016), np.diag(plainly.variance_2016), rtol=1e-5
    )
    assert not np.array_equal(plainly.variance_2016, plainly.variance_2006)


def test_where_the_short_way_fails_the_plain_one_is_gone(
    world: tuple[Design, NDArray[np.bool_], NDArray[np.uint8]], monkeypatch: pytest.MonkeyPatch
) -> None:
    design, treated, _ = world
    quick = fit(design, treated)
    monkeypatch.setattr(large_pool, "MOST_SETTLED", 0)
    assert large_pool.approach(design, treated, 1e-10) is None
    plain = fit(design, treated)
    assert plain.steps > quick.steps
    assert np.abs(quick.index - plain.index).max() < 1e-11


def test_a_large_pool_that_separates_names_the_column() -> None:
    rng = np.random.default_rng(3)
    matrix = rng.standard_normal((2, PEOPLE)).astype(np.float32)
    treated = matrix[1] > 2.5
    with pytest.raises(logit.SeparationError) as caught:
        fit(standardised(matrix), treated)
    assert caught.value.column == 1


def test_the_farthest_move_is_that_of_the_index(
    world: tuple[Design, NDArray[np.bool_], NDArray[np.uint8]],
) -> None:
    design, _, _ = world
    step = np.array([1e-9, -2e-9, 3e-9, 1e-9, 0.0, 5e-10])
    exact = np.abs(passes.index_of(design, step)).max()
    assert passes.farthest(design, step) == pytest.approx(exact, rel=1e-4)


@pytest.fixture(scope="module")
def rare() -> tuple[Design, NDArray[np.bool_]]:
    """260,000 people with 80 marks that one in 5,000 has, each of which makes treatment likely."""
    rng = np.random.default_rng(8)
    matrix = (rng.random((80, PEOPLE), dtype=np.float32) < 1 / 5000).astype(np.float32)
    treated = rng.random(PEOPLE) < logit.probability_of(4.0 * matrix.sum(axis=0) - 5.5)
    return standardised(matrix), treated


def test_rare_marks_do_not_stop_the_short_way(
    rare: tuple[Design, NDArray[np.bool_]], monkeypatch: pytest.MonkeyPatch
) -> None:
    design, treated = rare
    found = large_pool.approach(design, treated, 1e-10)
    assert found is not None
    plain = newton.climb(design, treated, newton.constant(treated, design.terms), 1e-10)
    np.testing.assert_allclose(found.scaled, plain[0], atol=1e-10)
    np.testing.assert_allclose(found.information, plain[1], rtol=0, atol=1e-3 * plain[1].max())
    # With an even sample alone, what is known of the marks is too little to come there soon.
    monkeypatch.setattr(large_pool, "EVENLY", 1.0)
    monkeypatch.setattr(large_pool, "SHORTER", np.inf)
    slow = large_pool.approach(design, treated, 1e-10)
    assert slow is None or slow.steps > found.steps + 3
    monkeypatch.setattr(large_pool, "SHORTER", 0.25)
    mended = large_pool.approach(design, treated, 1e-10)
    assert mended is not None
    assert slow is None or mended.steps < slow.steps


def test_the_telling_stand_for_all_the_others() -> None:
    rng = np.random.default_rng(4)
    treated = rng.random(PEOPLE) < 0.01
    likely = (rng.random(PEOPLE) ** 8).astype(np.float32)
    chosen, weight = large_pool.telling(likely, treated, 20_000)
    assert set(np.flatnonzero(treated)) <= set(chosen)
    assert (weight[treated[chosen]] == 1).all()
    own = ~treated[chosen]
    assert own.sum() == pytest.approx(20_000, rel=0.1)  # some would have been drawn twice
    assert weight[own].sum() == pytest.approx((~treated).sum(), rel=0.05)
    told = weight[own] @ likely[chosen][own]
    assert told == pytest.approx(likely[~treated].sum(), rel=0.01)


def test_where_nobody_is_likely_the_sample_is_even() -> None:
    treated = np.arange(100_000) < 50
    chosen, weight = large_pool.telling(np.zeros(100_000, np.float32), treated, 40_000)
    assert len(chosen) == pytest.approx(50 + 40_000 * large_pool.EVENLY, rel=0.01)
    assert weight[50:] == pytest.approx(np.full(len(weight) - 50, weight[-1]))


def test_a_person_who_counts_for_several_is_several(
    world: tuple[Design, NDArray[np.bool_], NDArray[np.uint8]],
) -> None:
    design, treated, _ = world
    times = np.random.default_rng(5).integers(1, 4, 30_000)
    some, several = np.arange(30_000), np.repeat(np.arange(30_000), times)
    at, weight = newton.constant(treated, design.terms), times.astype(np.float32)
    once = large_pool.roughly_fitted(design.some(some), treated[some], at, weight)
    each = large_pool.roughly_fitted(design.some(several), treated[several], at)
    for one, other in zip(once, each, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-2, atol=1e-2)


def test_a_rough_fit_does_not_run_away_from_where_it_begins_badly() -> None:
    rng = np.random.default_rng(12)
    matrix = (rng.random((60, 12_000)) < 0.002).astype(np.float32)
    treated = rng.random(12_000) < 0.02
    treated[matrix[:30].any(axis=0)] = True  # half of the marks separate
    design = standardised(matrix)
    begun = np.concatenate([[3.0], np.full(60, 0.4)])  # everybody is likely to be treated
    scaled, information = large_pool.roughly_fitted(design, treated, begun)
    likely = logit.probability_of(passes.index_of(design, scaled))
    assert likely.mean() == pytest.approx(treated.mean(), rel=0.05)
    assert likely[matrix[:30].any(axis=0)].mean() > 0.5
    assert np.linalg.eigvalsh(information).min() > 0


def test_the_gradient_is_that_of_the_walk(
    world: tuple[Design, NDArray[np.bool_], NDArray[np.uint8]],
) -> None:
    design, treated, _ = world
    at = np.array([-4.0, 0.5, 0.3, -0.2, 0.0, 0.1])
    exact = passes.walk(design, treated, at).gradient
    np.testing.assert_allclose(passes.slope(design, at, treated), exact, rtol=1e-9)
    light = passes.light(design, treated, at)
    np.testing.assert_allclose(light.gradient, exact, rtol=1e-3, atol=1e-2)


def test_information_that_says_too_much_is_formed_again(
    rare: tuple[Design, NDArray[np.bool_]], monkeypatch: pytest.MonkeyPatch
) -> None:
    design, treated = rare
    begun = large_pool.start(design, treated)
    found = large_pool.approach(design, treated, 1e-10)
    assert begun is not None
    assert found is not None
    # Steps are then a sixth of what they should be, and the first after it is longer than they.
    monkeypatch.setattr(large_pool, "start", lambda *_: (begun[0], 6 * begun[1]))
    mended = large_pool.approach(design, treated, 1e-10)
    assert mended is not None
    np.testing.assert_allclose(mended.scaled, found.scaled, atol=1e-10)
