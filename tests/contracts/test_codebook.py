"""The code book's page is what the contracts say, and says who was asked what."""

from __future__ import annotations

from pathlib import Path

from evalrapport import codebook
from evalrapport.contracts.sources import FIELDWORK, REGISTERS

ROOT = Path(__file__).parents[2]
PAGE = codebook.page()


def test_the_page_is_that_of_the_contracts() -> None:
    advice = "run `python -m evalrapport config-docs`"
    assert (ROOT / "docs/kodebog.md").read_text(encoding="utf-8") == PAGE, advice


def test_every_variable_answer_and_code_is_there() -> None:
    for name in FIELDWORK:
        for column in REGISTERS[name].columns:
            assert f"| `{column.name}` | " in PAGE
    for row in codebook.rows("survey_answers"):
        assert codebook.escaped(row["label"]) in PAGE, row
    for row in codebook.rows("interview_codes"):
        assert f"| `{row['code']}` | {row['theme']} |" in PAGE


def test_branches_bounds_and_answers_without_substance() -> None:
    lines = {line.split("|")[1].strip(): line for line in PAGE.splitlines() if line[:3] == "| `"}
    assert "`FLERE_MENTORER` = ja" in lines["`FRITAGET`"]
    assert "Ved ikke *(uden indhold)*" in lines["`TILLID`"]
    assert "over 37 mærkes" in lines["`TIMER_KONTAKT`"]
    assert "`CITAT_TILLADT` = ja" in lines["`CITAT`"]


def test_an_answer_stands_only_where_it_was_offered() -> None:
    citizens, mentors = (PAGE.split("(`survey_")[part] for part in (1, 2))
    assert "Kan godt selv tage ansvar" in citizens
    assert "Kan godt selv tage ansvar" not in mentors
