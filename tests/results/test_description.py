"""Tables 3.2 and 3.4-3.9: who the recipients are."""

from __future__ import annotations

import pandas as pd
import pytest

from evalrapport.results import (
    aar_paa_forsoergelse,
    aktiv_indsats,
    herkomst,
    koen,
    maaneder_i_beskaeftigelse,
    matchgruppe,
    uddannelse,
)
from evalrapport.results.history import before_day, before_start

COUNTRIES = pd.Series({5100: "vestlige_lande", 5110: "vestlige_lande", 5436: "ikke_vestlige_lande"})
MEASURES = pd.Series({0: "selvforsoergelse_su", 730: "passiv", 733: "aktiv.vejledning"})


def groups(**columns: list) -> pd.DataFrame:
    """People of the population: the first two publicly supported, the first on kontanthjælp."""
    number = len(next(iter(columns.values())))
    member = {
        "population": [True] * number,
        "publicly_supported": [place < 2 for place in range(number)],
        "kontanthjaelp": [place < 1 for place in range(number)],
    }
    return pd.DataFrame({**member, **columns})


def test_sex_of_recipients_and_of_each_group(contract, cell) -> None:
    recipients = pd.DataFrame({"start_year": [2012, 2012, 2013], "sex": [1, 2, 2]})
    found = koen.estimate(recipients, groups(sex=[2, 1, 1, 1]), contract("koen"))
    assert cell(found, "maend", "2012")["value"] == 50
    assert cell(found, "kvinder", "alle")["count"] == 2
    assert cell(found, "maend", "befolkningen")["value"] == 75
    assert cell(found, "maend", "offentligt_forsoergede")["value"] == 50
    assert cell(found, "maend", "kontanthjaelpsmodtagere")["value"] == 0


@pytest.mark.parametrize(
    ("kind", "country", "row"),
    [
        *[(1, 5100, "danskere"), (1, 5436, "danskere"), (2, 5110, "indvandrere_vestlige_lande")],
        *[(2, 5436, "indvandrere_ikke_vestlige_lande")],
        *[(3, 5110, "efterkommere_vestlige_lande"), (3, 5436, "efterkommere_ikke_vestlige_lande")],
        *[(2, 9999, "indvandrere_ikke_vestlige_lande")],
    ],
)
def test_origin_by_type_and_country(kind: int, country: int, row: str) -> None:
    person = pd.DataFrame({"origin_type": [kind], "origin_country": [country]})
    assert herkomst.rows_of(person, COUNTRIES).tolist() == [row]


def test_people_of_unknown_type_of_origin_are_not_in_the_base(contract, cell) -> None:
    recipients = pd.DataFrame(
        {"start_year": 2013, "origin_type": [1, 2, 9], "origin_country": [5100, 5436, 5436]}
    )
    others = groups(origin_type=[1, 1], origin_country=[5100, 5100])
    found = herkomst.estimate(recipients, others, COUNTRIES, contract("herkomst"))
    assert cell(found, "danskere", "2013")[["value", "n"]].tolist() == [50, 2]


def test_the_code_list_of_countries_knows_only_groups_with_a_place(tmp_path) -> None:
    lines = ["code,origin_group", "5100,dansk", "5110,vestlig", "5436,ikke-vestlig", "5001,uoplyst"]
    (tmp_path / "countries.csv").write_text("\n".join(lines))
    assert herkomst.read_countries(tmp_path / "countries.csv").notna().all()


def test_education_as_the_dataset_has_it(contract, cell) -> None:
    level = pd.Categorical(["grundskole", "uoplyst"])
    recipients = pd.DataFrame({"start_year": [2014, 2014], "education_level": level})
    others = groups(education_level=["gymnasial", "grundskole"])
    found = uddannelse.estimate(recipients, others, contract("uddannelse"))
    assert cell(found, "uoplyst", "2014")["value"] == 50
    assert cell(found, "gymnasial", "kontanthjaelpsmodtagere")["value"] == 100


def test_match_group_none_is_a_row(contract, cell) -> None:
    recipients = pd.DataFrame({"start_year": [2012] * 4, "match_group": [0, 1, 2, 2]})
    found = matchgruppe.estimate(recipients, groups(match_group=[3, 0]), contract("matchgruppe"))
    assert cell(found, "ingen", "2012")["value"] == 25
    assert cell(found, "matchgruppe_2", "alle")["value"] == 50
    assert cell(found, "matchgruppe_3", "kontanthjaelpsmodtagere")["value"] == 100


def test_active_measures_add_up_to_participation(contract, cell) -> None:
    recipients = pd.DataFrame({"start_year": [2012] * 4, "benefit_code": [733, 733, 730, 0]})
    others = groups(benefit_code=[730, 733, 0])
    found = aktiv_indsats.estimate(recipients, others, MEASURES, contract("aktiv_indsats"))
    assert cell(found, "aktiv", "2012")["value"] == 50
    assert cell(found, "aktiv.vejledning", "2012")[["value", "n"]].tolist() == [50, 4]
    assert cell(found, "passiv", "2012")["value"] == 25
    assert cell(found, "selvforsoergelse_su", "offentligt_forsoergede")["value"] == 0
    assert cell(found, "beregningsgrundlag", "alle", "antal")["value"] == 4


def test_every_code_of_the_list_has_a_row_in_table_3_2(contract, contract_path) -> None:
    codes = contract_path("x").parent.parent / "codes" / "dream_codes.csv"
    rows = {row.id for row in contract("aktiv_indsats").rows}
    assert set(aktiv_indsats.read_measures(codes)) <= rows


@pytest.mark.parametrize(
    ("weeks", "row"),
    [
        *[(0, "ingen"), (1, "op_til_1_aar"), (52, "op_til_1_aar"), (53, "1_2_aar")],
        *[(104, "1_2_aar"), (156, "2_3_aar"), (208, "3_4_aar"), (209, "4_til_under_5_aar")],
        *[(259, "4_til_under_5_aar"), (260, "5_aar")],
    ],
)
def test_weeks_on_support_fall_in_years(weeks: int, row: str, contract, cell) -> None:
    recipients = pd.DataFrame({"start_year": [2013], "weeks_on_support_260": [weeks]})
    others = groups(weeks_on_support_260=[0])
    found = aar_paa_forsoergelse.estimate(recipients, others, contract("aar_paa_forsoergelse"))
    assert cell(found, row, "2013")["value"] == 100
    assert cell(found, "gennemsnit", "2013", "gennemsnit")["value"] == pytest.approx(weeks / 52)


def test_months_in_employment_and_their_base(contract, cell) -> None:
    recipients = pd.DataFrame({"start_year": 2013, "months_employed_48": [0, 12, 13, 47, 48]})
    others = groups(months_employed_48=[24, 48])
    table = contract("maaneder_i_beskaeftigelse")
    found = maaneder_i_beskaeftigelse.estimate(recipients, others, table)
    for row in ("ingen", "1_12_maaneder", "13_24_maaneder", "37_47_maaneder", "48_maaneder"):
        assert cell(found, row, "2013")["value"] == 20
    assert cell(found, "beregningsgrundlag", "2013", "antal")["value"] == 5
    assert cell(found, "median", "befolkningen", "median")["value"] == 36


def test_a_person_can_have_a_history_as_recipient_and_as_one_of_a_group() -> None:
    history = pd.DataFrame(
        {"person_id": [1, 1, 2], "before": ["start", "reference_day", "start"], "weeks": [5, 7, 9]}
    )
    recipients = pd.DataFrame({"person_id": [2, 1, 3], "start_year": [2013, 2012, 2012]})
    assert before_start(recipients, history)["weeks"].tolist() == [9, 5]
    assert before_day(pd.DataFrame({"person_id": [1, 4]}), history)["weeks"].tolist() == [7]
