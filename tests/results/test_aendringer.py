"""Differences between start years and their intervals."""

from __future__ import annotations

import pandas as pd
import pytest

from evalrapport.results.aendringer import (
    SHARES,
    cell,
    difference_of_means,
    difference_of_shares,
    estimate,
)


def test_newcombe_s_own_example() -> None:
    # Newcombe (1998), table II (a): 56/70 against 48/80, method 10: 0.2000 (0.0524, 0.3339)
    value, lower, upper = difference_of_shares((48, 80), (56, 70))
    assert value == pytest.approx(20)
    assert (lower, upper) == (pytest.approx(5.24, abs=0.005), pytest.approx(33.39, abs=0.005))


def test_a_difference_turned_round_changes_its_sign() -> None:
    value, lower, upper = difference_of_shares((10, 50), (30, 60))
    assert difference_of_shares((30, 60), (10, 50)) == pytest.approx((-value, -upper, -lower))


def test_difference_of_means() -> None:
    value, lower, upper = difference_of_means(pd.Series([1.0, 3.0]), pd.Series([4.0, 8.0]))
    # variances 2 and 8, two people in each: standard error 5 ** 0.5
    assert value == 4
    assert upper - value == pytest.approx(1.959964 * 5**0.5)
    assert value - lower == pytest.approx(upper - value)


def test_count_is_the_smallest_group_that_the_difference_could_give_away() -> None:
    before, after = pd.Series([True] * 4 + [False] * 6), pd.Series([True] * 9 + [False])
    assert cell("kvinder", "fra_2012_til_2013", before, after)["count"] == 1
    assert cell("alder", "fra_2012_til_2013", before * 1.0, after * 1.0)["count"] == 10


def test_missing_people_are_in_no_base_and_an_empty_year_has_no_difference(contract) -> None:
    table = contract("aendringer")
    row = {name: [True, False, True] for name in SHARES}
    row |= {r.id: [1.0, 2.0, None] for r in table.rows if r.id not in SHARES}
    both = pd.concat([pd.DataFrame({"start_year": year, **row}) for year in (2012, 2013)])
    found = estimate(both, table).set_index(["row", "column"])
    assert found.loc[("alder", "fra_2012_til_2013"), "count"] == 2
    assert found.loc[("kvinder", "fra_2012_til_2013"), "value"] == 0
    assert found.loc[("kvinder", "fra_2012_til_2014"), "status"] == "not_applicable"
