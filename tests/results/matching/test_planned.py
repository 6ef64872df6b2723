"""Few treated bear few columns: the limit of what is rare rises in a small population."""

from __future__ import annotations

import numpy as np

from evalrapport.contracts.covariates import TREATED_PER_COLUMN
from evalrapport.results.propensity_match import IN_MODEL, People, planned


def world(treated: int, people: int = 4_000) -> People:
    """Flags that between 2 and 50 per cent of all have, independent of one another."""
    rng = np.random.default_rng(5)
    share = np.linspace(0.02, 0.5, len(IN_MODEL))[:, None]
    matrix = (rng.random((len(IN_MODEL), people)) < share).astype(np.float32)
    chosen = np.zeros(people, dtype=bool)
    chosen[rng.permutation(people)[:treated]] = True
    return People(np.arange(people), chosen, list(matrix))


def test_five_treated_stand_behind_each_column() -> None:
    kept = planned(world(400))[0].kept
    assert 60 < len(kept) <= 400 / TREATED_PER_COLUMN


def test_with_enough_treated_only_the_rare_are_left_out() -> None:
    found, matrix = planned(world(1_500))
    assert len(found.kept) == len(IN_MODEL) == len(matrix)


def test_the_limit_stops_at_a_quarter_of_the_treated() -> None:
    people = world(40)
    often = list(np.random.default_rng(1).random((30, 4_000)))  # never rare
    many = People(people.person_id, people.treated, [*often, *people.columns[30:]])
    kept = planned(many)[0].kept
    assert set(IN_MODEL[:30]) <= set(kept)
