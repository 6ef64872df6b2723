"""Table 4.12: progress as citizens and mentors see it."""

from __future__ import annotations

import pandas as pd
import pytest

from evalrapport.results import survey_table
from evalrapport.results.fremskridt import QUESTIONS, step
from evalrapport.step import Job

CITIZENS = pd.DataFrame(
    {
        "benefit_group": ["kontanthjaelp", "kontanthjaelp", "andet", "sygedagpenge", "andet"],
        "klare": ["meget_bedre", "ikke_bedre", "meget_bedre", None, "ved_ikke"],
        "ansvar": ["kan_godt", "ikke_mere", None, None, "ved_ikke"],
        "ingen_positiv_indsats": ["ja", None, "nej", None, "nej"],
    }
)
MENTORS = pd.DataFrame(
    {"klare": ["meget_bedre", "noget_bedre"], "ansvar": ["meget_mere", "meget_mere"]}
)


@pytest.fixture
def estimate(contract):
    """The table's estimates of some mentors and the citizens above."""

    def build(mentors: pd.DataFrame = MENTORS) -> pd.DataFrame:
        people = survey_table.columns(contract("fremskridt"), QUESTIONS.by, CITIZENS, mentors)
        return survey_table.estimate(contract("fremskridt"), QUESTIONS, people)

    return build


def test_shares_are_of_those_who_answered(estimate, cell) -> None:
    found = estimate()
    assert cell(found, "klare.meget_bedre", "kontanthjaelp")["value"] == 50
    assert cell(found, "klare.meget_bedre", "i_alt")[["value", "n"]].tolist() == [50, 4]
    assert cell(found, "ansvar.kan_godt", "i_alt")["n"] == 3
    assert cell(found, "klare.noget_bedre", "mentorer")["value"] == 50
    assert cell(found, "klare.noget_bedre", "mentorer")["row_group"] == "klare"


def test_nothing_good_is_a_share_of_those_answering_that_question(estimate, cell) -> None:
    found = estimate()
    total = cell(found, "ingen_positiv_indsats", "i_alt")
    assert total[["value", "n", "count"]].tolist() == [pytest.approx(100 / 3), 3, 1]
    assert cell(found, "ingen_positiv_indsats", "kontanthjaelp")["value"] == 100


def test_the_base_is_the_smaller_one_of_the_closed_questions(estimate, cell) -> None:
    found = estimate()
    bases = [
        cell(found, "beregningsgrundlag", column, "antal")["value"]
        for column in ("kontanthjaelp", "andet", "sygedagpenge", "i_alt", "mentorer")
    ]
    assert bases == [2, 1, 0, 3, 2]


def test_what_mentors_were_not_asked_is_not_zero(estimate, cell) -> None:
    found = estimate()
    offered = cell(found, "ansvar.kan_godt", "mentorer")
    assert offered[["status", "text"]].tolist() == ["not_applicable", "-"]
    assert cell(found, "ingen_positiv_indsats", "mentorer")["status"] == "not_applicable"
    assert cell(found, "ansvar.ved_ikke", "mentorer")[["status", "value"]].tolist() == ["ok", 0]


def test_an_answer_that_mentors_were_not_offered_is_a_fault(estimate) -> None:
    with pytest.raises(ValueError, match="kan_godt"):
        estimate(pd.DataFrame({"klare": ["ved_ikke"], "ansvar": ["kan_godt"]}))


def test_mentors_without_a_printed_answer_are_in_the_base(estimate, cell) -> None:
    found = estimate(
        pd.DataFrame({"klare": ["ved_ikke"] * 4, "ansvar": ["meget_mere", "uoplyst"] * 2})
    )
    assert cell(found, "ansvar.meget_mere", "mentorer")[["value", "n"]].tolist() == [50, 4]
    assert cell(found, "beregningsgrundlag", "mentorer", "antal")["value"] == 4


def test_every_share_of_the_survey_has_an_interval(estimate) -> None:
    found = estimate()
    ok = found[(found["status"] == "ok") & (found["statistic"] == "andel")]
    assert (ok["lower"] <= ok["value"]).all()
    assert (ok["value"] <= ok["upper"]).all()


def test_the_step_reads_both_surveys_and_the_frame(tmp_path, contract_path) -> None:
    CITIZENS.to_parquet(tmp_path / "citizens.parquet")
    MENTORS.to_parquet(tmp_path / "mentors.parquet")
    inputs = {
        "citizens": tmp_path / "citizens.parquet",
        "frame": tmp_path / "citizens.parquet",
        "mentors": tmp_path / "mentors.parquet",
        "contract": contract_path("fremskridt"),
    }
    step(Job("results.fremskridt", inputs, {"fremskridt": tmp_path / "fremskridt.csv"}))
    lines = (tmp_path / "fremskridt.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1].startswith("klare,klare.meget_bedre,kontanthjaelp,andel,50.0,,pct,2,")
    assert len(lines) == 1 + 17 * 5
