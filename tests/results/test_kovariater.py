"""The appendix on covariates: generated from the declaration, and honest about what was done."""

from __future__ import annotations

from pathlib import Path

import evalrapport.contracts as contracts
from evalrapport.contracts.covariates import COVARIATES, SECTIONS
from evalrapport.contracts.result_table import from_yaml
from evalrapport.results.kovariater import with_rows, words
from evalrapport.results.kovariater_brug import NOT_CHOSEN, REFERENCE, chosen, done, estimate

TABLES = Path(contracts.__file__).parent / "tables"
GROUPS = ["jobs", "health", "housing", "enrolment"]


def test_every_declared_covariate_is_a_row_under_its_heading() -> None:
    contract = with_rows(from_yaml(TABLES / "kovariater.yaml"), COVARIATES)
    assert [row.id for row in contract.rows] == [covariate.name for covariate in COVARIATES]
    assert [group.label for group in contract.row_groups] == [section.label for section in SECTIONS]
    assert set(words(COVARIATES[0])) == {column.id for column in contract.columns}


def plan() -> dict[str, object]:
    return {
        "kept": ["man", "age_25_29"],
        "merged": {"age_25_29": ["age_16_19", "age_20_24"]},
        "dropped": {"field_health": "constant", "match_1": "rare", "paid_hours": "constant"},
    }


def test_each_covariate_that_is_not_used_as_declared_has_its_reason() -> None:
    found = done(plan(), GROUPS, {"health": ["lpr_adm"]})
    assert found["age_16_19"] == "Lagt sammen med »25–29 år«: for få personer"
    assert found["field_health"] == "Udeladt: alle har samme værdi"
    assert found["match_1"] == "Udeladt: for få personer"
    assert found["paid_hours"] == NOT_CHOSEN
    assert found["bed_days"] == "Udeladt: registret LPR_ADM er ikke leveret"
    assert found["self_support_week_before"] == REFERENCE
    assert "man" not in found
    assert "age_25_29" not in found


def test_the_table_holds_a_row_for_each_of_them() -> None:
    texts = done(plan(), GROUPS, {})
    contract = with_rows(from_yaml(TABLES / "kovariater_brug.yaml"), chosen(texts))
    cells = estimate(texts, contract, 650)
    assert cells["row"].tolist() == [row.id for row in contract.rows]
    assert set(cells["text"]) == set(texts.values())
