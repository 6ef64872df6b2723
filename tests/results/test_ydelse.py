"""Table 3.1: benefit at the start."""

from __future__ import annotations

import pandas as pd

from evalrapport.results.estimates import read
from evalrapport.results.ydelse import estimate, step
from evalrapport.step import Job

RECIPIENTS = pd.DataFrame(
    {
        "start_year": [2012, 2012, 2013, 2013, 2013],
        "benefit_group": pd.Categorical(
            ["kontanthjaelp", "selvforsoergelse", "kontanthjaelp", "uden_for", "sygedagpenge"]
        ),
    }
)
COMPARISON = pd.DataFrame(
    {
        "publicly_supported": [True, True, True, False],
        "benefit_group": pd.Categorical(["foertidspension", "kontanthjaelp", "andre", "su"]),
    }
)


def test_shares_by_start_year_and_of_the_publicly_supported(contract, cell) -> None:
    found = estimate(RECIPIENTS, COMPARISON, contract("ydelse"))
    assert cell(found, "kontanthjaelp", "alle")["value"] == 40
    assert cell(found, "kontanthjaelp", "2012")["value"] == 50
    assert cell(found, "su", "offentligt_forsoergede")[["value", "status"]].tolist() == [0, "ok"]
    assert cell(found, "foertidspension", "offentligt_forsoergede")["n"] == 3
    assert cell(found, "i_alt", "2013")["value"] == 100


def test_codes_outside_the_groups_are_other_benefits_so_that_the_base_is_everyone(
    contract, cell
) -> None:
    found = estimate(RECIPIENTS, COMPARISON, contract("ydelse"))
    assert cell(found, "andre", "2013")["count"] == 1
    assert cell(found, "beregningsgrundlag", "alle", "antal")["value"] == 5
    assert cell(found, "kontanthjaelp", "alle")["n"] == 5


def test_a_year_without_recipients_has_no_shares(contract, cell) -> None:
    found = estimate(RECIPIENTS, COMPARISON, contract("ydelse"))
    assert cell(found, "kontanthjaelp", "2014")["status"] == "not_applicable"
    assert cell(found, "beregningsgrundlag", "2014", "antal")["value"] == 0


def test_the_step_writes_estimates_that_the_release_can_read(
    tmp_path, contract, contract_path
) -> None:
    RECIPIENTS.to_parquet(tmp_path / "recipients.parquet")
    COMPARISON.to_parquet(tmp_path / "comparison.parquet")
    inputs = {
        "recipients": tmp_path / "recipients.parquet",
        "comparison_groups": tmp_path / "comparison.parquet",
        "contract": contract_path("ydelse"),
    }
    step(Job("results.ydelse", inputs, {"ydelse": tmp_path / "ydelse.csv"}))
    found = read(tmp_path / "ydelse.csv", contract("ydelse"))
    assert found[("kontanthjaelp", "2012", "andel")].value == "50.0"
    assert found[("kontanthjaelp", "2014", "andel")].value == ""
    assert found[("kontanthjaelp", "2012", "andel")].count == 1
