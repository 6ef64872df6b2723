"""A small run of the coverage simulation: that it can tell a right interval from a wrong one."""

from __future__ import annotations

import numpy as np
import pytest
from validation.coverage import LINES, Draw, covered, simulate
from validation.worlds import World, lives, true_effect


@pytest.fixture(scope="module")
def draws() -> list[Draw]:
    return simulate(World("small", people=3000, gain=0.15), 60)


def test_intervals_hold_the_truth_about_as_often_as_they_say(draws: list[Draw]) -> None:
    for line in LINES[:3]:  # three simulation errors below 95 per cent
        assert covered(draws, line) >= 0.86, line


def test_independent_months_would_be_too_narrow(draws: list[Draw]) -> None:
    assert covered(draws, "accumulated, months taken as independent") < 0.86


def test_the_variance_of_one_draw_already_holds_the_spread_between_draws(
    draws: list[Draw],
) -> None:
    spread = np.std([draw.error for draw in draws])
    told = np.mean([draw.standard_error for draw in draws])
    assert told == pytest.approx(spread, rel=0.25)
    assert np.std([draw.mean_error for draw in draws]) < spread


def test_a_world_has_the_effect_that_it_is_made_with() -> None:
    rng = np.random.default_rng(3)
    assert (true_effect(lives(World("none"), rng)) == 0).all()
    some = true_effect(lives(World("some", gain=0.3, varied=True), rng))
    assert 0.05 < some.mean() < 0.3
