"""The rule for rare, constant and collinear columns."""

from __future__ import annotations

import numpy as np
import pytest

from evalrapport.errors import PlainError
from evalrapport.results.matching.columns import plan

TREATED = np.arange(100) < 40


def indicator(*people: int) -> np.ndarray:
    """One for these people, among 100."""
    return np.isin(np.arange(100), people).astype(np.float32)


SPREAD = np.tile([0.0, 1.0, 2.0, 3.0], 25).astype(np.float32)
COMMON = indicator(*range(0, 100, 2))
RARE = indicator(1, 3, *range(50, 60))  # two treated


def test_a_rare_column_goes_into_its_neighbour() -> None:
    found, matrix = plan(["rare", "common"], [RARE, COMMON], TREATED, {"rare": "common"}, 10)
    assert found.kept == ("common",)
    assert dict(found.merged) == {"common": ("rare",)}
    assert matrix.tolist() == [np.maximum(RARE, COMMON).tolist()]


def test_without_a_neighbour_it_is_dropped_and_reported() -> None:
    found, _ = plan(["rare", "spread"], [RARE, SPREAD], TREATED, {}, 10)
    assert found.kept == ("spread",)
    assert found.dropped == {"rare": "rare"}


def test_rare_among_the_others_counts_too_and_so_does_nearly_everybody() -> None:
    few_others = indicator(*range(20), 60, 61)
    nearly_all = 1 - RARE
    columns = [few_others, nearly_all, SPREAD]
    found, _ = plan(["few", "nearly", "spread"], columns, TREATED, {}, 10)
    assert found.dropped == {"few": "rare", "nearly": "rare"}


def test_a_chain_of_rare_columns_ends_in_one_that_is_not() -> None:
    a, b = indicator(0, 2, *range(50, 65)), indicator(4, 6, *range(65, 80))
    columns = [a, b, COMMON]
    found, _ = plan(["a", "b", "c"], columns, TREATED, {"a": "b", "b": "c"}, 10)
    assert found.kept == ("c",)
    assert found.merged["c"] == ("b", "a")


def test_constant_and_collinear_columns_are_dropped() -> None:
    columns = [SPREAD, np.ones(100, np.float32), 3 - 2 * SPREAD, COMMON]
    found, left = plan(["spread", "one", "double", "common"], columns, TREATED, {}, 10)
    assert found.kept == ("spread", "common")
    assert left.tolist() == [SPREAD.tolist(), COMMON.tolist()]
    assert found.dropped == {"one": "constant", "double": "collinear"}


def test_nothing_left_is_said_plainly() -> None:
    with pytest.raises(PlainError, match="nothing to match by"):
        plan(["rare"], [RARE], TREATED, {}, 10)
