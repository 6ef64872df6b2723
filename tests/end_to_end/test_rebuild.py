"""A change reruns exactly what it touches; a touch reruns nothing."""

import os

import pytest

DOCUMENTS = {"bindings", "html", "pdf", "docx", "overblik", "publish", "all"}


def rules(jobs, study=None):
    return {rule for rule, of, _ in jobs if study in (None, of) or rule == "all"}


def test_a_second_run_does_nothing(built):
    assert built.planned() == set()


def test_a_touch_of_everything_reruns_nothing(built):
    for folder in ("src", "report", "data", "workflow", "build/person_level", "build/results"):
        for path in built.path(folder).rglob("*"):
            if path.is_file() and ".lineage" not in path.parts:
                os.utime(path)
    assert built.planned() == set()


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        pytest.param(
            "src/evalrapport/results/varighed.py",
            '"""',
            '"""Changed. ',
            {"varighed", "release", "bundle", "table", "figure", "values"} | DOCUMENTS,
            id="a result module",
        ),
        pytest.param(
            "src/evalrapport/exhibits/figure.py",
            '"""',
            '"""Changed. ',
            {"figure", "html", "pdf", "docx", "overblik", "publish", "all"},
            id="an exhibit",
        ),
        pytest.param(
            "report/evaluering/03-beskrivelse.qmd",
            "Kapitlet",
            "Dette kapitel",
            DOCUMENTS,
            id="the prose",
        ),
        pytest.param(
            "src/evalrapport/contracts/tables/alder.yaml",
            "row_header: Alder",
            "row_header: Alder ved start",
            {"alder", "release", "bundle", "table", "figure", "values"} | DOCUMENTS,
            id="a contract",
        ),
        pytest.param(
            "data/literature/studies.csv",
            "Schweiz",
            "Svejts",
            {"effektstudier", "studier", "release", "bundle", "table", "figure", "values"}
            | DOCUMENTS,
            id="a source file",
        ),
        pytest.param(
            "data/facts.csv",
            "sfi-ch3-dream-week,17",
            "sfi-ch3-dream-week,18",
            DOCUMENTS,
            id="a fact",
        ),
    ],
)
def test_an_edit_reruns_exactly_what_rests_on_it(built, file, old, new, expected):
    restore = built.edit(file, old, new)
    try:
        jobs = built.planned()
    finally:
        restore()
    assert rules(jobs) == expected
    items = {item for rule, _, item in jobs if rule in ("release", "table") and item}
    changed = {path for path in ("varighed", "alder") if path in file}
    if changed:
        assert items == changed
    assert built.planned() == set()


def test_a_config_key_reruns_its_study_only(built):
    def wider(content):
        content["studies"]["lille"]["episode_gap_days"] = 3

    restore = built.configure(wider)
    try:
        jobs = built.planned()
    finally:
        restore()
    assert {study for rule, study, _ in jobs if rule != "all"} == {"lille"}
    assert rules(jobs) >= {"mentor_episodes", "recipients", "ydelse", "varighed", "release"}
    assert "comparison_groups" not in rules(jobs)


def test_a_changed_survey_file_reruns_the_survey_only(built):
    path = built.path("build/person_level/stand_in/survey_borgere.csv")
    before = path.read_bytes()
    path.write_bytes(before + b"\n")
    try:
        jobs = built.planned()
    finally:
        path.write_bytes(before)
    assert "survey_citizens_source" in rules(jobs)
    assert not rules(jobs) & {"denmark", "dream_source", "recipients", "propensity_match"}
