"""Files of the fieldwork: formats, encodings, and each broken rule by file, line and variable."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

import evalrapport.contracts as contracts
from evalrapport.contracts.sources.at_hand import at_hand
from evalrapport.contracts.sources.declaration import Register
from evalrapport.contracts.sources.interview_coding import REGISTER as CODING
from evalrapport.contracts.sources.survey_questions import answer, hours, identifier, number
from evalrapport.errors import PlainError
from evalrapport.sources import survey_file

CODES = {path.stem: path for path in (Path(contracts.__file__).parent / "codes").glob("*.csv")}
REGISTER = Register(
    name="survey_mentors",
    label="Skema",
    unit_of_row="et interview",
    files={"": "skema"},
    suffix=".csv",
    source="test",
    key=("respondent_id",),
    columns=(
        identifier("RESP_ID", "respondent_id", "Nr."),
        answer("kursus", "Kursus?", "t"),
        number("kursustimer", "Timer", "timer", 2000, "t", asked_if=("kursus", "ja")),
        *hours("Tid", "timer_kontakt", "t"),
        answer("ansvar", "Ansvar?", "t"),
    ),
)
HEADER = "RESP_ID;KURSUS;KURSUSTIMER;TIMER_KONTAKT;TIMER_KONTAKT_PER;ANSVAR\n"
GOOD = "M1;Ja;12;2,5;Om ugen;Ja, tager meget mere ansvar selv\nM2;Nej;;;;\n"


def read(path: Path) -> pd.DataFrame:
    lists = survey_file.read_lists(REGISTER, CODES)
    return survey_file.typed(survey_file.read_rows(path, REGISTER), REGISTER, lists, path.name)


def csv_file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "skema.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_file_as_it_should_be(tmp_path: Path, encoding: str) -> None:
    text = HEADER + GOOD + "M3;Nej;;4;Om måneden;\n"
    found = read(csv_file(tmp_path, text, encoding))
    assert found["respondent_id"].tolist() == ["M1", "M2", "M3"]
    assert found["timer_kontakt"].tolist()[0] == 2.5
    assert found["timer_kontakt_per"].tolist() == ["uge", None, "maaned"]
    assert found["ansvar"].tolist() == ["meget_mere", None, None]


def test_stata_and_parquet_hold_the_same(tmp_path: Path) -> None:
    frame = read(csv_file(tmp_path, HEADER + GOOD))
    labels = pd.DataFrame(
        {
            "RESP_ID": ["M1", "M2"],
            "KURSUS": pd.Categorical(["Ja", "Nej"]),
            "KURSUSTIMER": [12.0, None],
            "TIMER_KONTAKT": [2.5, None],
            "TIMER_KONTAKT_PER": pd.Categorical(["Om ugen", None]),
            "ANSVAR": pd.Categorical(["Ja, tager meget mere ansvar selv", None]),
        }
    )
    labels.to_stata(tmp_path / "skema.dta", write_index=False)
    labels.to_parquet(tmp_path / "skema.parquet")
    for name in ("skema.dta", "skema.parquet"):
        assert read(tmp_path / name).equals(frame), name


def test_spss_with_value_labels_holds_the_same(tmp_path: Path) -> None:
    frame = read(csv_file(tmp_path, HEADER + GOOD))
    numbers = pd.DataFrame(
        {
            "RESP_ID": ["M1", "M2"],
            "KURSUS": [1.0, 2.0],
            "KURSUSTIMER": [12.0, None],
            "TIMER_KONTAKT": [2.5, None],
            "TIMER_KONTAKT_PER": [1.0, None],
            "ANSVAR": [1.0, None],
        }
    )
    labels = {
        "KURSUS": {1: "Ja", 2: "Nej"},
        "TIMER_KONTAKT_PER": {1: "Om ugen", 2: "Om måneden"},
        "ANSVAR": {1: "Ja, tager meget mere ansvar selv"},
    }
    pyreadstat.write_sav(numbers, str(tmp_path / "skema.sav"), variable_value_labels=labels)
    assert read(tmp_path / "skema.sav").equals(frame)
    pyreadstat.write_sav(numbers, str(tmp_path / "skema.sav"))
    with pytest.raises(PlainError, match=r"skema\.sav.*KURSUS: holds numbers.*value labels"):
        read(tmp_path / "skema.sav")


BROKEN = {
    "an unknown answer": ("M3;Måske;;;;\n", r"KURSUS: answers that the codebook .*line 4"),
    "an answer not offered": (
        "M3;Nej;;;;Kan godt selv tage ansvar\n",
        r"ANSVAR: answers that these people were not offered \(1 row, line 4\)",
    ),
    "outside the branch": ("M3;Nej;8;;;\n", r"KURSUSTIMER: answered although KURSUS is not “ja”"),
    "twice": ("M1;Nej;;;;\n", r"RESP_ID: the same key twice \(1 row, line 4\)"),
    "no key": (";Nej;;;;\n", r"RESP_ID: is empty \(1 row, line 4\)"),
    "no number": ("M3;Nej;;to;Om ugen;\n", r"TIMER_KONTAKT: not a number"),
    "half a course hour": ("M3;Ja;1,5;;;\n", r"KURSUSTIMER: not a whole number"),
    "below nought": ("M3;Nej;;-1;Om ugen;\n", r"TIMER_KONTAKT: outside 0-744"),
    "169 hours": ("M3;Nej;;169;Om ugen;\n", r"TIMER_KONTAKT: more than 168 hours a week.*line 4"),
    "no unit": ("M3;Nej;;3;;\n", r"TIMER_KONTAKT_PER: no unit"),
    "garbled": ("M3;Nej;;4;Om mÃ¥neden;\n", r"TIMER_KONTAKT_PER: letters are garbled"),
    "cells": ("M3;Nej\n", r"line 4: not as many cells"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_rule_is_told_with_its_place(tmp_path: Path, what: str) -> None:
    row, message = BROKEN[what]
    with pytest.raises(PlainError, match=rf"skema\.csv.*(\n.*)*{message}") as told:
        read(csv_file(tmp_path, HEADER + GOOD + row))
    assert "Måske" not in str(told.value)


def test_168_hours_are_possible_and_a_month_has_more(tmp_path: Path) -> None:
    rows = "M3;Nej;;168;Om ugen;\nM4;Nej;;700;Om måneden;\n"
    assert len(read(csv_file(tmp_path, HEADER + GOOD + rows))) == 4


def test_numbers_without_value_labels_are_told(tmp_path: Path) -> None:
    text = HEADER + "M1;1;;;;\nM2;2;;;;\n"
    with pytest.raises(PlainError, match=r"KURSUS: holds numbers.*value labels.*2 rows.*line 2"):
        read(csv_file(tmp_path, text))


def test_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "skema.xlsx"
    path.write_bytes(b"")
    with pytest.raises(PlainError, match=r"skema\.xlsx: files must be one of"):
        read(path)


@pytest.mark.parametrize("suffix", [".dta", ".sav", ".parquet", ".sas7bdat", ".csv.gz"])
def test_a_damaged_file_is_told_without_what_it_holds(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"skema{suffix}"
    path.write_bytes((HEADER + GOOD).encode())
    with pytest.raises(PlainError, match=rf"skema\{suffix}: is no ") as told:
        read(path)
    assert "Ja, tager" not in str(told.value)


def test_another_word_for_an_answer_is_set_in_the_configuration(tmp_path: Path) -> None:
    path = csv_file(tmp_path, HEADER + GOOD + "M3;Jo da;;;;\n")
    with pytest.raises(PlainError, match="KURSUS: answers that the codebook"):
        read(path)
    own = at_hand(REGISTER, {}, {"survey_answers": {"Jo da": "ja"}})
    lists = survey_file.read_lists(own, CODES)
    found = survey_file.typed(survey_file.read_rows(path, own), own, lists, path.name)
    assert found["kursus"].tolist() == ["ja", "nej", "ja"]


def test_a_quote_without_permission_is_told(tmp_path: Path) -> None:
    header = "JOBCENTER_ID;KLYNGE;INFORMANT;FORM;KODE;NOTE;CITAT;CITAT_TILLADT\n"
    good = "JC01;K1;leder;besøg;styrker.kendskab;Kender borgeren;Vi kender ham;ja\n"
    for row, fault in ((good, None), (good.replace(";ja", ";nej"), r"CITAT: answered although")):
        path = tmp_path / "interview_kodning.csv"
        path.write_text(header + good.replace("JC01", "JC02") + row, encoding="utf-8")
        frame = survey_file.read_rows(path, CODING)
        lists = survey_file.read_lists(CODING, CODES)
        if fault is None:
            assert len(survey_file.typed(frame, CODING, lists, path.name)) == 2
        else:
            with pytest.raises(
                PlainError, match=rf"interview_kodning\.csv.*{fault}.*line 3"
            ) as told:
                survey_file.typed(frame, CODING, lists, path.name)
            assert "Vi kender" not in str(told.value)
