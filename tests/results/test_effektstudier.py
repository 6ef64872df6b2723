"""The literature tables: every study a row, every direction counted, nothing left empty."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from evalrapport.contracts.bundle import ESTIMATE_COLUMNS
from evalrapport.contracts.result_table import TableContract, from_dict, from_yaml
from evalrapport.errors import PlainError
from evalrapport.results import effektstudier
from evalrapport.results.effektstudier import counted, overview, read_studies
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


OVERVIEW = contract(["land", "retning"], ["a_2001", "b_2002", "c_2003"], "tekst")
DIRECTIONS = contract(
    ["lodtraekning", "uden_lodtraekning", "i_alt"], ["positiv", "negativ", "i_alt"], "antal"
)
STUDIES = [
    {"id": "a_2001", "land": "Norge", "retning": "positiv", "design_gruppe": "lodtraekning"},
    {"id": "b_2002", "land": "ikke oplyst", "retning": "positiv", "design_gruppe": "lodtraekning"},
    {"id": "c_2003", "land": "USA", "retning": "negativ", "design_gruppe": "uden_lodtraekning"},
]


def cell(frame: pd.DataFrame, row: str, column: str, of: str) -> Any:
    return frame[(frame["row"] == row) & (frame["column"] == column)][of].item()


def test_overview_has_the_studies_own_words_and_the_direction_as_readers_see_it() -> None:
    made = overview(STUDIES, OVERVIEW, DIRECTIONS)
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


@pytest.mark.parametrize("studies", [STUDIES[:2], [*STUDIES, STUDIES[0]]])
def test_a_study_without_a_row_or_a_row_twice_is_refused(studies: list[dict[str, str]]) -> None:
    with pytest.raises(PlainError, match="differ"):
        overview(studies, OVERVIEW, DIRECTIONS)


def test_a_direction_that_is_no_row_is_refused_with_the_ones_that_are() -> None:
    with pytest.raises(PlainError, match=r"c_2003.*opad.*negativ, positiv"):
        counted([*STUDIES[:2], {**STUDIES[2], "retning": "opad"}], DIRECTIONS)


def test_an_empty_field_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "studies.csv"
    file.write_text("id,land\na,Norge\nb, \n", encoding="utf-8")
    with pytest.raises(PlainError, match=r"studies\.csv, line 3: land is empty.*ikke oplyst"):
        read_studies(file)


def test_the_step_writes_the_projects_studies_with_their_seven_directions(tmp_path: Path) -> None:
    names = ("effektstudier", "effektstudier_retning")
    effektstudier.step(
        Job(
            "results.effektstudier",
            {f"contract_{name}": TABLES / f"{name}.yaml" for name in names}
            | {"studies": ROOT / "data/literature/studies.csv"},
            {name: tmp_path / f"{name}.csv" for name in names},
        )
    )
    counts = pd.read_csv(tmp_path / "effektstudier_retning.csv")
    assert cell(counts, "i_alt", "i_alt", "value") == 7
    assert cell(counts, "negativ", "i_alt", "value") == 1
    assert cell(counts, "positiv", "lodtraekning", "value") == 1
    texts = pd.read_csv(tmp_path / "effektstudier.csv")
    assert len(texts) == 7 * len(from_yaml(TABLES / "effektstudier.yaml").columns)
    assert cell(texts, "crepon_2013", "n_behandlede", "text") == "13.236"
    assert cell(texts, "mcinnes_2008", "n_kontrol", "text") == "ikke oplyst"
