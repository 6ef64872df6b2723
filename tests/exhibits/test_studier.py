"""The studies' bibliography: one entry each, with what is known and nothing more."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from evalrapport.exhibits.released import Cell, Released, read_released
from evalrapport.exhibits.studier import authors, bibliography, entry

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "data/published/evaluering/effektstudier_kilder"


def studies(**changed: str) -> Released:
    released = read_released(PUBLISHED.with_suffix(".csv"), PUBLISHED.with_suffix(".json"))

    def on(cell: Cell) -> Cell:
        own = cell.row == "arni_2013" and cell.column in changed
        return replace(cell, text=changed[cell.column]) if own else cell

    return replace(released, cells=tuple(map(on, released.cells)))


def test_every_study_has_an_entry_under_its_key() -> None:
    keys = re.findall(r"^@misc\{(\w+),$", bibliography(studies()), re.MULTILINE)
    assert len(keys) == len(set(keys)) == 7
    assert "arni2013" in keys


def test_what_is_not_stated_is_left_out_and_a_note_stands_in_for_the_title() -> None:
    found = entry(studies(), "arni_2013")
    assert "author = {Arni}" in found
    assert "year = {2013}" in found
    assert "note = {Hyppigere samtaler" in found
    assert "title" not in found
    assert "ikke oplyst" not in found


def test_a_title_and_a_doi_are_printed_once_they_are_known() -> None:
    found = entry(studies(titel="Coaching & mere", doi="10.1000/a_b"), "arni_2013")
    assert r"title = {Coaching \& mere}" in found
    assert r"doi = {10.1000/a\_b}" in found
    assert "note" not in found


def test_authors_are_split_but_et_al_is_not() -> None:
    assert authors("Bernhard og Kopf") == "Bernhard and Kopf"
    assert authors("Ehlert m.fl.") == "{Ehlert m.fl.}"
    assert authors("Graversen, Larsen og Arendt") == "Graversen and Larsen and Arendt"
