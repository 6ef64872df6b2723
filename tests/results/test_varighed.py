"""Table 3.13: duration of episodes."""

from __future__ import annotations

import pandas as pd
import pytest

from evalrapport.results.varighed import FIRST_DAY, estimate


@pytest.mark.parametrize(
    ("days", "band"),
    [
        *[(1, "1_30_dage"), (30, "1_30_dage"), (31, "31_60_dage"), (180, "151_180_dage")],
        *[(181, "181_210_dage"), (210, "181_210_dage"), (211, "211_360_dage")],
        *[(360, "211_360_dage"), (361, "over_360_dage"), (5000, "over_360_dage")],
    ],
)
def test_each_duration_falls_in_its_band(days: int, band: str, contract, cell) -> None:
    recipients = pd.DataFrame({"start_year": [2013], "duration_days": [days]})
    assert cell(estimate(recipients, contract("varighed")), band, "2013")["value"] == 100


def test_the_bands_are_the_contracts_rows(contract) -> None:
    rows = [row.id for row in contract("varighed").rows if row.role is None]
    assert rows == list(FIRST_DAY)


def test_mean_and_median_by_year(contract, cell) -> None:
    recipients = pd.DataFrame(
        {"start_year": [2012, 2012, 2012, 2013], "duration_days": [30, 60, 300, 90]}
    )
    found = estimate(recipients, contract("varighed"))
    assert cell(found, "gennemsnit", "2012", "gennemsnit")["value"] == 130
    assert cell(found, "median", "2012", "median")["value"] == 60
    assert cell(found, "median", "alle", "median")["value"] == 75


def test_a_table_without_empty_cells(contract) -> None:
    recipients = pd.DataFrame({"start_year": [2012, 2013, 2014], "duration_days": [30, 60, 90]})
    found = estimate(recipients, contract("varighed"))
    assert set(found["status"]) == {"ok"}
    assert set(found["text"]) == {""}
