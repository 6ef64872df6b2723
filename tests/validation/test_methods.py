"""A small run of the page on other methods: they find the truth, and name a hidden strength."""

from __future__ import annotations

import numpy as np
import pytest
from validation.methods import WAYS, simulate, unobserved
from validation.worlds import World

QUICK = {name: way for name, way in WAYS.items() if "learners" not in name and name != "a subgroup"}


def test_every_way_finds_the_truth_in_a_world_without_hidden_differences() -> None:
    for name, found in simulate(World("small", people=3000, gain=0.15), 12, QUICK).items():
        assert abs(found.error.mean()) < 4 * found.error.std() / 12**0.5 + 0.05, name
        assert found.covered >= 0.75, name
        assert found.standard_error.mean() == pytest.approx(found.error.std(), rel=0.7), name


def test_a_hidden_trait_is_named_by_its_strength() -> None:
    found = unobserved(0.6, draws=3)
    assert found.without < -0.2
    assert abs(found.named) < 0.5 * abs(found.without)
    own = np.sqrt(found.on_treatment * found.on_outcome)
    assert found.needed == pytest.approx(own, rel=0.5)
