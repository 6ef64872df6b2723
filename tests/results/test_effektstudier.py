"""The literature tables: every study a row, every direction counted, a new study everywhere."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from evalrapport.contracts.bundle import ESTIMATE_COLUMNS
from evalrapport.contracts.result_table import TableContract, from_dict
from evalrapport.errors import PlainError
from evalrapport.results import effektstudier, public_tables
from evalrapport.results.effektstudier import by_outcome, costs, counted, overview
from evalrapport.results.open_rows import completed, text_table
from evalrapport.results.study_records import FIELDS, effects, read_studies
from evalrapport.step import Job

ROOT = Path(__file__).parents[2]
TABLES = ROOT / "src/evalrapport/contracts/tables"


def contract(columns: list[str], rows: list[str], statistic: str) -> TableContract:
    raw: dict[str, Any] = {
        **{"id": "proeve", "published_as": "", "disclosure_class": "public", "row_header": ""},
        "columns": [{"id": name, "label": name} for name in columns],
        "row_groups": [],
        "rows": [{"id": name, "label": name.capitalize(), "statistic": statistic} for name in rows],
        **{"rules": "", "population": ""},
    }
    return from_dict(raw)


DIRECTIONS = contract(
    ["lodtraekning", "uden_lodtraekning", "i_alt"], ["positiv", "negativ", "i_alt"], "antal"
)
OUTCOMES = from_dict(
    {
        **contract(["design_gruppe", "beskaeftigelse", "ydelser"], [], "tekst").to_dict(),
        "columns": [
            {"id": "design_gruppe", "label": ""},
            {"id": "personer", "label": "", "statistic": "antal", "unit": "personer"},
            {"id": "beskaeftigelse", "label": ""},
            {"id": "ydelser", "label": ""},
        ],
    }
)


def study(name: str, **given: str) -> dict[str, str]:
    plain = dict.fromkeys(FIELDS, "ikke oplyst")
    known = {"id": name, "nogle": name.replace("_", ""), "aar": name[-4:], "bias": "lav"}
    coded = {"afvejning": "ingen", "virkninger": "beskaeftigelse=positiv", "retning": "positiv"}
    return {**plain, **known, **coded, "design_gruppe": "lodtraekning", **given}


STUDIES = [
    study("a_2001", land="Norge", personer="40"),
    study("b_2002", virkninger="beskaeftigelse=ingen; ydelser=positiv"),
    study("c_2003", retning="negativ", design_gruppe="uden_lodtraekning", gevinster="Store"),
]


def cell(frame: pd.DataFrame, row: str, column: str, of: str) -> Any:
    return frame[(frame["row"] == row) & (frame["column"] == column)][of].item()


def written(studies: list[dict[str, str]], path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(studies)
    return path


def test_overview_has_the_studies_own_words_and_the_direction_as_readers_see_it() -> None:
    open_contract = contract(["land", "retning"], [], "tekst")
    labels = {one["id"]: one["id"] for one in STUDIES}
    made = text_table(overview(STUDIES, DIRECTIONS), completed(open_contract, labels))
    assert list(made.columns) == list(ESTIMATE_COLUMNS)
    assert cell(made, "b_2002", "land", "text") == "ikke oplyst"
    assert cell(made, "c_2003", "retning", "text") == "Negativ"
    assert made["status"].eq("ok").all()
    assert made["value"].isna().all()


def test_directions_are_counted_by_design_with_totals_both_ways() -> None:
    made = counted(STUDIES, DIRECTIONS)
    assert cell(made, "positiv", "lodtraekning", "value") == 2
    assert cell(made, "positiv", "uden_lodtraekning", "value") == 0
    assert cell(made, "i_alt", "uden_lodtraekning", "value") == 1
    assert cell(made, "i_alt", "i_alt", "value") == 3
    assert made["status"].eq("ok").all()


def test_outcomes_not_spoken_of_and_unknown_numbers_are_no_zeros() -> None:
    rows = completed(OUTCOMES, {one["id"]: "" for one in STUDIES})
    made = by_outcome(
        STUDIES, rows, {"lodtraekning": "Lodtrækning", "uden_lodtraekning": "Uden lodtrækning"}
    )
    assert cell(made, "a_2001", "personer", "value") == 40
    assert cell(made, "b_2002", "personer", "status") == "not_published"
    assert cell(made, "b_2002", "beskaeftigelse", "text") == "Ingen virkning"
    assert cell(made, "a_2001", "ydelser", "status") == "not_applicable"
    assert cell(made, "c_2003", "design_gruppe", "text") == "Uden lodtrækning"


def test_an_outcome_without_a_column_is_refused_with_those_that_have_one() -> None:
    studies = [study("a_2001", virkninger="sundhed=positiv")]
    with pytest.raises(PlainError, match=r"a_2001.*sundhed.*beskaeftigelse, ydelser"):
        by_outcome(studies, completed(OUTCOMES, {"a_2001": ""}), {"lodtraekning": ""})


def test_only_studies_of_which_something_is_known_are_in_the_cost_panel() -> None:
    assert list(costs(STUDIES)) == ["c_2003"]


def test_a_direction_that_is_no_row_is_refused_with_the_ones_that_are() -> None:
    with pytest.raises(PlainError, match=r"c_2003.*opad.*negativ, positiv"):
        counted([*STUDIES[:2], {**STUDIES[2], "retning": "opad"}], DIRECTIONS)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"land": " "}, r"studies\.csv, line 3: land is empty.*ikke oplyst"),
        ({"personer": "mange"}, "b_2002, personer: a whole number"),
        ({"bias": "middel"}, "b_2002, bias: .*lav, moderat, hoej"),
        ({"afvejning": "ja"}, "b_2002, afvejning: "),
        ({"aar": "199"}, "b_2002, aar: a year"),
        ({"doi": "doi:10.1/x"}, "b_2002, doi: a DOI begins"),
        ({"virkninger": "beskaeftigelse"}, "b_2002, virkninger: .*outcome=direction"),
        ({"id": "a_2001"}, "line 3: the id a_2001 occurs twice"),
        ({"nogle": "a2001"}, "a citation key .* twice"),
    ],
)
def test_a_faulty_record_is_refused_with_its_place(
    tmp_path: Path, wrong: dict[str, str], message: str
) -> None:
    studies = [STUDIES[0], {**STUDIES[1], **wrong}]
    with pytest.raises(PlainError, match=message):
        read_studies(written(studies, tmp_path / "studies.csv"))


def test_the_projects_studies_are_seven_and_hold_what_the_report_states() -> None:
    studies = {one["id"]: one for one in read_studies(ROOT / "data/literature/studies.csv")}
    assert len(studies) == 7
    assert studies["crepon_2013"]["n_behandlede"] == "13.236"
    assert studies["mcinnes_2008"]["n_kontrol"] == "ikke oplyst"
    assert effects(studies["arni_2013"])["loen"] == "ingen"


def run(folder: Path, studies: Path) -> dict[str, pd.DataFrame]:
    inputs = {f"contract_{n}": TABLES / f"{n}.yaml" for n in public_tables.STUDIES}
    outputs = {n: folder / f"{n}.csv" for n in public_tables.STUDIES}
    outputs |= {f"contract_{n}": folder / f"{n}.yaml" for n in public_tables.STUDIES}
    folder.mkdir()
    effektstudier.step(Job("results.effektstudier", {**inputs, "studies": studies}, outputs))
    return {name: pd.read_csv(folder / f"{name}.csv") for name in public_tables.STUDIES}


def test_a_new_study_is_a_row_everywhere_and_is_counted_with_no_other_edit(tmp_path: Path) -> None:
    own = read_studies(ROOT / "data/literature/studies.csv")
    more = written([*own, study("ny_2020", forfattere="Ny")], tmp_path / "studies.csv")
    before = run(tmp_path / "before", ROOT / "data/literature/studies.csv")
    after = run(tmp_path / "after", more)
    for table in ("effektstudier", "effektstudier_udfald", "effektstudier_kilder"):
        assert set(after[table]["row"]) - set(before[table]["row"]) == {"ny_2020"}
    total = [cell(t["effektstudier_retning"], "i_alt", "i_alt", "value") for t in (before, after)]
    assert total == [7, 8]
    assert cell(after["effektstudier_antal"], "i_alt", "antal", "value") == 8
