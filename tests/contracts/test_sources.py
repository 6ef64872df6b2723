"""The declared registers and their code lists agree with the table contracts."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import yaml

import evalrapport.contracts as contracts
from evalrapport.contracts.sources import REGISTERS, Register, dream
from evalrapport.sources.translate import STORAGE

FOLDER = Path(contracts.__file__).parent


def code_list(stem: str) -> list[dict[str, str]]:
    with (FOLDER / "codes" / f"{stem}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("register", REGISTERS.values(), ids=lambda register: register.name)
class TestRegister:
    def test_names_are_unique_and_typed_names_lower_case(self, register: Register) -> None:
        for names in ([c.name for c in register.columns], [c.typed for c in register.columns]):
            assert len(set(names)) == len(names)
        assert all(column.typed == column.typed.lower() for column in register.columns)

    def test_every_column_says_where_it_comes_from(self, register: Register) -> None:
        for column in register.columns:
            assert column.source, column.name
            assert column.label, column.name
            assert column.confidence, column.name
            assert column.storage in STORAGE

    def test_keys_and_date_order_name_columns(self, register: Register) -> None:
        typed = {column.typed for column in register.columns} | {register.period_column}
        assert set(register.key) <= typed
        assert {name for pair in register.order for name in pair} <= typed

    def test_identifiers_are_marked(self, register: Register) -> None:
        for column in register.columns:
            if column.type == "person":
                assert column.sensitivity == "identifier"

    def test_code_lists_exist(self, register: Register) -> None:
        for stem in register.code_lists:
            assert code_list(stem)


def test_dream_ends_with_the_deliverys_last_whole_week() -> None:
    assert dream.week_columns("201404")[0] == "y_0701"
    assert dream.week_columns("201404")[-1] == "y_1417"
    assert len(dream.week_columns("201404")) == 382  # 2009 has 53 weeks
    assert dream.industry_columns("201404")[-1] == "branche_2014_04"
    assert dream.match_columns("201404")[-1] == "match_1kv2014"
    assert dream.match_columns("201412")[-1] == "match_4kv2014"
    assert dream.last_week("201512") == (2015, 52)


def test_weeks_stand_in_time_order_not_in_name_order() -> None:
    columns = dream.week_columns("201404")
    assert columns.index("y_0953") + 1 == columns.index("y_1001")


@pytest.mark.parametrize(
    ("table", "column"), [("ydelse", "benefit_group"), ("aktiv_indsats", "activation_group")]
)
def test_benefit_codes_fall_into_the_tables_rows(table: str, column: str) -> None:
    contract = yaml.safe_load((FOLDER / "tables" / f"{table}.yaml").read_text(encoding="utf-8"))
    rows = {row["id"] for row in contract["rows"] if row.get("role") is None}
    used = {row[column] for row in code_list("dream_codes")}
    subtotals = {row.split(".")[0] for row in rows if "." in row}
    assert used - {"uden_for"} == rows - subtotals


def test_benefit_codes_are_unique_numbers_with_the_last_digits_meaning() -> None:
    rows = code_list("dream_codes")
    codes = [int(row["code"]) for row in rows]
    assert len(set(codes)) == len(codes)
    by_code = {row["code"]: row for row in rows}
    assert by_code["735"]["activation_group"] == "aktiv.loentilskud_privat"
    assert by_code["817"]["activation_group"] == "aktiv.ressourceforloeb"
    assert by_code["899"]["active"] == "no"
    assert by_code["652"]["public_support"] == "no"
    excluded = {row["code"] for row in rows if row["excluded_in_effect_analysis"] == "yes"}
    assert excluded == {"511", "521", "621", "622", "661", "998"}


def test_each_education_code_has_a_known_level() -> None:
    levels = {row["level"]: row["report_category"] for row in code_list("education_levels")}
    assert {row["level"] for row in code_list("education_codes")} <= set(levels)
    contract = yaml.safe_load((FOLDER / "tables" / "uddannelse.yaml").read_text(encoding="utf-8"))
    assert set(levels.values()) == {r["id"] for r in contract["rows"]} - {"i_alt"}


def test_survey_answers_are_the_rows_of_the_progress_table() -> None:
    contract = yaml.safe_load((FOLDER / "tables" / "fremskridt.yaml").read_text(encoding="utf-8"))
    labels = {row["id"]: row["label"] for row in contract["rows"]}
    for row in code_list("survey_answers"):
        if row["question"] in ("klare", "ansvar") and row["code"] != "uoplyst":
            assert labels[f"{row['question']}.{row['code']}"] == row["label"]
