"""The part of a difference that an unseen trait makes, where it is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evalrapport.config_model import StandIn
from evalrapport.results.matching.design import standardised
from evalrapport.results.matching.logit import fit
from evalrapport.sources.stand_in import denmark, population
from validation import selection


def test_what_the_trait_makes_is_what_goes_when_it_is_known() -> None:
    rng = np.random.default_rng(8)
    seen, trait = rng.standard_normal((2, 60_000))
    treated = rng.random(60_000) < 1 / (1 + np.exp(3 - seen + 0.5 * trait))
    outcome = (seen + 0.6 * trait + 0.1 * rng.standard_normal(60_000))[:, None]
    design = standardised(seen[None, :])
    lack, slopes = selection.moved(design, fit(design, treated), treated, trait, outcome)
    assert lack == pytest.approx(-0.5, abs=0.05)
    assert slopes[0] == pytest.approx(0.6, abs=0.01)
    odds = np.exp(fit(design, treated).index[~treated])
    found = outcome[treated].mean() - np.average(outcome[~treated, 0], weights=odds)
    assert lack * slopes[0] == pytest.approx(found, abs=0.02)


def test_traits_are_those_of_the_people() -> None:
    block = population.make(7, 0, denmark.blocks_of(0.001)[0])
    found = selection.traits(7, 0.001, np.array([block.person_id[5], 1, block.person_id[0]]))
    assert found.tolist() == [block.resources[5], 0.0, block.resources[0]]


def test_the_page_is_that_of_the_notes() -> None:
    assert Path("docs/selection.md").read_text(encoding="utf-8") == selection.page()


def test_the_default_strength_makes_about_the_first_printed_effect() -> None:
    noted = pd.read_csv(selection.NOTED)
    own = noted[
        (noted["strength"] == StandIn().unobserved_selection)
        & (noted["outcome"] == "employed_without_benefit")
    ]
    assert len(own) > 1
    wanted = selection.PUBLISHED["employed_without_benefit"]
    assert own["by_trait"].mean() == pytest.approx(wanted, abs=0.1)
    found, error = selection.pooled(own["difference"].to_numpy(), own["error"].to_numpy())
    assert abs(found - wanted) < 2 * error


def test_precise_estimates_weigh_more() -> None:
    found, error = selection.pooled(np.array([0.0, 1.0]), np.array([1.0, 0.5]))
    assert (found, error) == (pytest.approx(0.8), pytest.approx(0.2**0.5))
