"""The survey tables: the engine on tiny people, and every published cell from the stand-in's."""

from __future__ import annotations

import csv
import importlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import evalrapport.contracts as contracts
from evalrapport.contracts.result_table import from_dict
from evalrapport.results import survey_intervals, survey_table
from evalrapport.results.survey_table import Questions

ROOT = Path(__file__).parents[2]
CODES = Path(contracts.__file__).parent / "codes"


def tiny(**more):
    row = {"statistic": "andel", "unit": "pct", "decimals": 0}
    return from_dict(
        {
            "id": "t",
            "published_as": "t",
            "disclosure_class": "survey",
            "row_header": "",
            "columns": [
                {"id": "a", "label": "A", "part_of": "i_alt"},
                {"id": "b", "label": "B", "part_of": "i_alt"},
                {"id": "i_alt", "label": "I alt"},
            ],
            "row_groups": [{"id": "q", "label": "Q"}],
            "rows": [
                {"id": "q.ja", "label": "Ja", "group": "q", **row},
                {"id": "q.ved_ikke", "label": "Ved ikke", "group": "q", **row},
                {"id": "alene", "label": "Alene", **row},
                {"id": "timer", "label": "T", **row, "statistic": "gennemsnit", "unit": "timer"},
                {"id": "base", "label": "B", **row, "statistic": "antal", "role": "base"},
            ],
            "rules": "",
            "population": "",
            **more,
        }
    )


PEOPLE = pd.DataFrame(
    {
        "g": ["a", "a", "a", "b", "b"],
        "v": ["ja", "ved_ikke", None, "ja", "ja"],
        "x": ["ja", "nej", "nej", "ja", None],
        "t": [1.0, 3.0, np.nan, np.nan, 5.0],
    }
)
QUESTIONS = Questions({"q": "v"}, {"alene": "x", "timer": "t"}, branch=("timer",), by="g")


def built(questions=QUESTIONS, people=PEOPLE, **sizes):
    parts = survey_table.columns(tiny(), "g", people, None)
    return survey_table.estimate(tiny(), questions, parts, sizes)


def test_shares_are_of_those_who_answered_each_question(cell) -> None:
    found = built()
    assert cell(found, "q.ja", "a")[["value", "n", "count"]].tolist() == [50, 2, 1]
    assert cell(found, "q.ja", "i_alt")[["value", "n"]].tolist() == [75, 4]
    assert cell(found, "alene", "i_alt")[["value", "n"]].tolist() == [50, 4]


def test_those_who_do_not_know_are_in_the_base(cell) -> None:
    assert cell(built(), "q.ved_ikke", "a")["value"] == 50


def test_means_are_of_those_who_gave_a_number(cell) -> None:
    mean = cell(built(), "timer", "i_alt", "gennemsnit")
    assert mean[["value", "n", "count"]].tolist() == [3, 3, 3]
    assert mean["lower"] == pytest.approx(3 - 4.302653 * 2 / 3**0.5, abs=1e-5)


def test_the_smallest_base_leaves_out_questions_to_some(cell) -> None:
    assert cell(built(), "base", "a", "antal")["value"] == 2
    assert cell(built(), "base", "b", "antal")["value"] == 1
    everywhere = Questions({"q": "v"}, {"alene": "x", "timer": "t"}, by="g")
    assert cell(built(everywhere), "base", "i_alt", "antal")["value"] == 3


def test_an_answer_without_a_row_is_a_fault() -> None:
    with pytest.raises(ValueError, match="måske"):
        built(people=PEOPLE.assign(v=["ja", "måske", None, "ja", "ja"]))


def test_a_question_that_was_not_put_has_no_number(cell) -> None:
    questions = Questions({"q": "v"}, {"alene": "x"}, not_put={("q", "b"): "-"}, by="g")
    assert cell(built(questions), "q.ja", "b")[["status", "text"]].tolist() == [
        "not_applicable",
        "-",
    ]


def test_a_known_population_narrows_the_interval(cell) -> None:
    wide, narrow = (cell(built(**size), "alene", "i_alt") for size in ({}, {"i_alt": 5.0}))
    assert wide["lower"] < narrow["lower"] < 50 < narrow["upper"] < wide["upper"]
    assert survey_intervals.share(1, 2, 2) == (50, 50)  # all were asked


def test_intervals_as_the_papers_have_them() -> None:
    # Newcombe (1998), table II, example (a): 56/70 against 48/80.
    gap, low, high = survey_intervals.difference((56, 70), (48, 80))
    assert [round(x, 2) for x in (gap, low, high)] == [20.0, 5.24, 33.39]
    low, high = survey_intervals.share(81, 263)  # Newcombe (1998), proportions: 0.2553 to 0.3662
    assert (round(low, 2), round(high, 2)) == (25.53, 36.62)


TABLES = {
    **dict.fromkeys(("mentorers_baggrund", "mentorers_tidsforbrug", "tilbagemelding"), "m"),
    **dict.fromkeys(("borgeres_baggrund", "borgeres_tidsforbrug", "kontakt"), "c"),
    **dict.fromkeys(("fortrolighed", "inddragelse"), "c"),
    **dict.fromkeys(("samtaleemner", "retningslinjer", "fremskridt"), "cm"),
}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def respondents() -> dict[str, pd.DataFrame]:
    """The stand-in's respondents, without the way over files."""
    fieldwork = importlib.import_module("evalrapport.sources.stand_in.fieldwork")
    datasets = importlib.import_module("evalrapport.datasets.survey_respondents")
    made = fieldwork.made(
        20151510, rows(CODES / "survey_counts.csv"), rows(CODES / "interview_codes.csv")
    )
    return {
        "citizens": datasets.citizens(made["survey_citizens"], made["survey_frame_citizens"]),
        "mentors": datasets.mentors(made["survey_mentors"]),
    }


@pytest.mark.parametrize("name", TABLES)
def test_every_published_cell_but_the_named_ones(name, respondents, contract) -> None:
    module = importlib.import_module(f"evalrapport.results.{name}")
    mentors = respondents["mentors"]
    asked = mentors if TABLES[name] == "m" else respondents["citizens"]
    beside = mentors if TABLES[name] == "cm" else None
    people = survey_table.columns(contract(name), module.QUESTIONS.by, asked, beside)
    found = survey_table.estimate(contract(name), module.QUESTIONS, people)
    keyed = found.set_index(["row", "column", "statistic"])
    decimals = {cell.key: cell.decimals for cell in contract(name).cells()}
    excepted = {
        (one["row"], one["column"]): (float(one["printed"]), float(one["computed"]))
        for one in rows(CODES / "survey_exceptions.csv")
        if one["table"] == name
    }
    for cell in rows(ROOT / f"data/published/evaluering/{name}.csv"):
        key = cell["row"], cell["column"], cell["statistic"]
        if cell["status"] != "ok":
            assert keyed.loc[key, "status"] == "not_applicable", key
            continue
        printed = float(cell["value"])
        shown = float(np.floor(keyed.loc[key, "value"] * 10 ** decimals[key] + 0.5 + 1e-9))
        shown /= 10 ** decimals[key]
        if key[:2] in excepted:
            assert excepted.pop(key[:2]) == (printed, shown), key
        else:
            assert shown == printed, key
    assert not excepted
