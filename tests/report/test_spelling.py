"""Spelling: unknown words are found where they stand, names of things are left alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evalrapport.report import spelling

ROOT = Path(__file__).parents[2]
installed = pytest.mark.skipif(bool(spelling.unavailable()), reason=spelling.unavailable() or "-")


def words(text: str, known: tuple[str, ...] = ()) -> list[tuple[int, str]]:
    found = spelling.misspelled({"a.qmd": text}, known)
    return [(line, re.findall("“(.*?)”", message)[0]) for _, line, message in found]


@installed
def test_a_misspelled_word_is_named_once_with_its_first_line() -> None:
    assert words("Borgeren får en mentor.\n\nBorgxren og borgxren.\nBorgxren.") == [
        (3, "Borgxren"),
        (3, "borgxren"),
    ]


@installed
def test_a_word_of_the_projects_list_is_known_in_any_case() -> None:
    assert words("Mentormatchning er svært. mentormatchning", ("mentormatchning",)) == []


@installed
@pytest.mark.parametrize(
    "text",
    [
        "{{< tal xqzv kontanthjaelp@2014 andel >}}",
        "@xqzv2013 og [@xqzv2013]",
        '[Det er sandt.]{.paastand krav="xqzv a@b andel > 1" ellers="xqzv"}',
        "*xqzv job clubs* og »xqzv\\*«",
        "```\nxqzv\n```",
    ],
)
def test_addresses_citations_code_and_foreign_words_are_left_alone(text: str) -> None:
    assert words(text) == []


@installed
def test_the_report_has_no_unknown_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    files = {
        path.name: path.read_text(encoding="utf-8") for path in ROOT.glob("report/evaluering/*.qmd")
    }
    assert list(spelling.misspelled(files, spelling.own_words())) == []
