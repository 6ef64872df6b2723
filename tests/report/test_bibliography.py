"""The bibliography: every entry has what it must, and every citation an entry."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evalrapport.report.prose_review import citations, entries_of

ROOT = Path(__file__).parents[2]
WHOLE = """@misc{a2001,
  author = {A},
  year = {2001},
  note = {Om noget},
  doi = {10.1000/x}
}
"""


def problems(text: str) -> list[str]:
    return [message for _, _, message in entries_of(text, "references.bib")]


def test_a_whole_entry_is_fine() -> None:
    assert problems(WHOLE) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  author = {A},\n", "", "a2001 has no author"),
        ("  year = {2001},\n", "", "a2001 has no year"),
        ("  note = {Om noget},\n", "", "a2001 has no title"),
        ("{2001}", "{01}", "“01” is no year"),
        ("{10.1000/x}", "{https://doi.org/10.1000/x}", "is no DOI"),
    ],
)
def test_what_is_missing_or_malformed_is_named(old: str, new: str, message: str) -> None:
    (found,) = problems(WHOLE.replace(old, new))
    assert message in found


def test_an_entry_that_stands_twice_is_named() -> None:
    assert problems(WHOLE + WHOLE) == ["the entry a2001 stands twice."]


def test_a_study_is_cited_by_its_key_though_no_file_of_the_report_lists_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(ROOT)
    (tmp_path / "references.bib").write_text(WHOLE, encoding="utf-8")
    chapter = os.fspath(tmp_path / "a.qmd")
    assert list(citations({chapter: "Se @a2001 og @arni2013."})) == []
    (found,) = citations({chapter: "Se @a2001 og @arny2013."})
    assert "@arny2013 is in no bibliography. Nearest that exist: arni2013" in found[2]
    (unused,) = citations({chapter: "Se @arni2013."})
    assert "a2001 is cited nowhere" in unused[2]
