"""Shares, intervals, means and medians as result cells."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from evalrapport.errors import PlainError
from evalrapport.results.columns import by_column
from evalrapport.results.shares import bands, bases, share_cell, shares, summaries, table, wilson


@pytest.mark.parametrize(("count", "n"), [(0, 10), (10, 10), (3, 96), (21, 212), (8749, 43485)])
def test_wilson_agrees_with_statsmodels(count: int, n: int) -> None:
    expected = proportion_confint(count, n, alpha=0.05, method="wilson")
    assert wilson(count, n) == pytest.approx(expected, abs=1e-12)


def test_wilson_of_the_textbook() -> None:
    # 81 of 263: Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_a_missing_answer_is_not_in_the_base(cell) -> None:
    found = shares({"a": pd.Series(["x", "x", "y", None])}, ["x", "y"], total="i_alt")
    assert cell(found, "x", "a")[["value", "n", "count"]].tolist() == [pytest.approx(200 / 3), 3, 2]
    assert cell(found, "i_alt", "a")["value"] == 100
    assert np.isnan(cell(found, "i_alt", "a")["lower"])


def test_a_category_nobody_has_is_zero_and_not_absent(cell) -> None:
    found = cell(shares({"a": pd.Series(["x"])}, ["x", "y"]), "y", "a")
    assert (found["value"], found["count"], found["status"]) == (0, 0, "ok")
    assert found["upper"] > 0


def test_unused_categories_of_a_categorical_do_not_count(cell) -> None:
    values = pd.Series(pd.Categorical(["x"], categories=["x", "uden_for"]))
    assert cell(shares({"a": values}, ["x"]), "x", "a")["value"] == 100


def test_a_value_outside_the_categories_is_a_fault() -> None:
    with pytest.raises(ValueError, match="none of the categories"):
        shares({"a": pd.Series(["x", "z"])}, ["x"])


def test_shares_of_nobody_do_not_exist() -> None:
    assert share_cell("x", "a", 0, 0)["status"] == "not_applicable"
    empty = summaries({"a": pd.Series([], dtype=float)}, {"gennemsnit": "gennemsnit"})
    assert empty["status"].tolist() == ["not_applicable"]


def test_mean_and_median(cell) -> None:
    statistics = {"gennemsnit": "gennemsnit", "median": "median"}
    found = summaries({"a": pd.Series([1.0, 2.0, 9.0, 4.0, np.nan])}, statistics)
    assert cell(found, "gennemsnit", "a", "gennemsnit")["value"] == 4
    assert cell(found, "median", "a", "median")["value"] == 3
    assert found["n"].tolist() == [4, 4]


def test_a_band_holds_its_first_number_and_not_the_next_ones() -> None:
    lows = {"lav": 1, "mellem": 31, "hoej": 61}
    assert bands(pd.Series([1, 30, 31, 60, 61, 9999]), lows).tolist() == [
        *["lav", "lav", "mellem", "mellem"],
        *["hoej", "hoej"],
    ]
    assert bands(pd.Series([0]), lows).isna().all()


def test_a_table_has_every_cell_of_its_contract_in_its_order(contract) -> None:
    own = contract("varighed")
    found = table([shares({"2013": pd.Series(["1_30_dage"])}, ["1_30_dage"])], own)
    assert list(zip(found["row"], found["column"], found["statistic"], strict=True)) == [
        one.key for one in own.cells()
    ]
    assert found["status"].value_counts().to_dict() == {"not_applicable": 47, "ok": 1}
    assert found.loc[found["status"] == "ok", "unit"].tolist() == ["pct"]


def test_a_cell_that_the_contract_lacks_is_a_fault(contract) -> None:
    with pytest.raises(ValueError, match="the contract has no cell"):
        table([bases("beregningsgrundlag", {"alle": 3})], contract("varighed"))


def test_a_cell_computed_twice_is_a_fault(contract) -> None:
    once = shares({"2013": pd.Series(["1_30_dage"])}, ["1_30_dage"])
    with pytest.raises(ValueError, match="computed twice"):
        table([once, once], contract("varighed"))


def test_who_is_in_which_column(contract) -> None:
    recipients = pd.DataFrame({"start_year": [2012, 2013, 2013], "age": [1, 2, 3]})
    comparison = pd.DataFrame(
        {"publicly_supported": [True, False], "kontanthjaelp": [False, False], "age": [4, 5]}
    )
    people = by_column(contract("alder"), recipients, comparison)
    assert {column: frame["age"].tolist() for column, frame in people.items()} == {
        **{"alle": [1, 2, 3], "2012": [1], "2013": [2, 3], "2014": []},
        **{"offentligt_forsoergede": [4], "kontanthjaelpsmodtagere": []},
    }


def test_a_column_that_nobody_knows_is_said_plainly(contract) -> None:
    with pytest.raises(PlainError, match="a column “kontanthjaelp”"):
        by_column(contract("fremskridt"), pd.DataFrame({"start_year": [2012]}))
