"""Table 3.3: age at the start."""

from __future__ import annotations

import pandas as pd
import pytest

from evalrapport.results.alder import FIRST_YEAR, estimate

COMPARISON = pd.DataFrame(
    {
        "publicly_supported": [True, True, False],
        "kontanthjaelp": [True, False, False],
        "age": [18, 64, 30],
    }
)


@pytest.mark.parametrize(
    ("age", "band"),
    [
        *[(0, "under_16"), (15, "under_16"), (16, "16_19_aar"), (19, "16_19_aar")],
        *[(20, "20_24_aar"), (24, "20_24_aar"), (25, "25_29_aar"), (59, "55_59_aar")],
        *[(60, "60_64_aar"), (64, "60_64_aar"), (65, "over_64"), (101, "over_64")],
    ],
)
def test_each_age_falls_in_its_band(age: int, band: str, contract, cell) -> None:
    recipients = pd.DataFrame({"start_year": [2012], "age": [age]})
    found = estimate(recipients, COMPARISON, contract("alder"))
    assert cell(found, band, "2012")["value"] == 100


def test_the_bands_are_the_contracts_rows(contract) -> None:
    rows = [row.id for row in contract("alder").rows if row.role is None]
    assert rows == list(FIRST_YEAR)


def test_mean_median_and_groups(contract, cell) -> None:
    recipients = pd.DataFrame({"start_year": [2012, 2012, 2014], "age": [20, 30, 64]})
    found = estimate(recipients, COMPARISON, contract("alder"))
    assert cell(found, "gennemsnit", "alle", "gennemsnit")["value"] == 38
    assert cell(found, "median", "alle", "median")["value"] == 30
    assert cell(found, "gennemsnit", "offentligt_forsoergede", "gennemsnit")["value"] == 41
    assert cell(found, "16_19_aar", "kontanthjaelpsmodtagere")["value"] == 100
    assert (found["status"] == "not_applicable").sum() == 14 + 1  # nobody started in 2013
