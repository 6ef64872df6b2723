"""The propensity model, held against R's glm and statsmodels."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from matching_reference import DATA, reference

from evalrapport.errors import PlainError
from evalrapport.results.matching.design import Design, standardised
from evalrapport.results.matching.logit import SeparationError, fit, index_of


def test_coefficients_equal_those_of_r_and_statsmodels() -> None:
    ref = reference()
    ours = fit(ref.design, ref.treated)
    glm = pd.read_csv(DATA / "glm-coefficients.csv")["estimate"].to_numpy()
    assert np.abs(ours.coefficients - glm).max() < 1e-9  # glm itself stops at about 2e-10
    with_ones = sm.add_constant(ref.design.matrix.T)
    theirs = sm.Logit(ref.treated.astype(float), with_ones).fit(disp=0, tol=1e-14)
    assert np.abs(ours.coefficients - theirs.params).max() < 1e-10
    turn = ref.design.to_raw()
    assert np.abs(turn @ ours.covariance @ turn.T - theirs.cov_params()).max() < 1e-10
    assert ours.pseudo_r2 == pytest.approx(theirs.prsquared, abs=1e-10)


def test_score_equals_that_of_r() -> None:
    ref = reference()
    theirs = pd.read_csv(DATA / "matchit-propensity.csv")["propensity"].to_numpy()
    assert np.abs(fit(ref.design, ref.treated).probability - theirs).max() < 1e-10


def test_the_gradient_is_zero_to_rounding_at_the_end() -> None:
    ref = reference()
    found = fit(ref.design, ref.treated)
    block = ref.design.block(slice(0, ref.design.people))
    assert np.abs(block @ (ref.treated - found.probability)).max() < 1e-10


def test_row_order_moves_no_score_beyond_rounding() -> None:
    order = np.random.default_rng(3).permutation(4000)
    first, second = reference(), reference(order)
    a = fit(first.design, first.treated).index
    b = fit(second.design, second.treated).index
    assert np.abs(a[order] - b).max() < 1e-12


def test_identical_people_get_identical_scores_wherever_they_stand() -> None:
    rng = np.random.default_rng(5)
    people = rng.integers(0, 3, size=(7, 40))
    matrix = people[:, rng.integers(0, 40, size=9001)].astype(np.float32)
    treated = rng.random(9001) < 0.2
    found = fit(standardised(matrix), treated)
    _, group = np.unique(matrix, axis=1, return_inverse=True)
    spread = [np.ptp(found.index[group == one]) for one in range(group.max() + 1)]
    assert max(spread) == 0.0


def test_index_does_not_depend_on_the_place_among_the_others() -> None:
    matrix = np.random.default_rng(1).standard_normal((19, 37))
    design, coefficients = standardised(matrix), np.linspace(-1, 1, 20)
    whole = index_of(design, coefficients)
    for at in range(37):
        alone = Design(matrix[:, [at]], design.centre, design.scale)
        assert index_of(alone, coefficients)[0] == whole[at]


def test_the_score_of_a_saturated_model_is_the_share_of_treated() -> None:
    group = np.repeat([0.0, 1.0], [40, 60])[None, :]
    treated = np.zeros(100, dtype=bool)
    treated[:10], treated[40:70] = True, True
    score = fit(standardised(group), treated).probability
    assert score[0] == pytest.approx(10 / 40, abs=1e-12)
    assert score[-1] == pytest.approx(30 / 60, abs=1e-12)


@pytest.mark.parametrize("noise", [0, 3])
def test_separation_is_named_by_column(noise: int) -> None:
    rng = np.random.default_rng(noise)
    treated = np.arange(200) < 40
    telling = treated & (rng.random(200) < 0.5) if noise else treated
    matrix = np.stack([rng.standard_normal(200), telling.astype(float)])
    with pytest.raises(SeparationError, match="separation") as caught:
        fit(standardised(matrix), treated)
    assert caught.value.column == 1


@pytest.mark.parametrize("cases", [0, 5])
def test_an_empty_group_is_said_plainly(cases: int) -> None:
    with pytest.raises(PlainError, match="one group is empty"):
        fit(standardised(np.arange(5.0)[None, :]), np.arange(5) < cases)


def test_one_treated_person_can_be_fitted() -> None:
    matrix = np.array([[0.0, 1.0, 2.0, 3.0, 4.0, 5.0]])
    found = fit(standardised(matrix), np.array([False, False, True, False, False, False]))
    assert found.probability.sum() == pytest.approx(1.0, abs=1e-10)
