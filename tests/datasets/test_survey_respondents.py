"""Respondents: weekly hours, mean of ratios, the frame, rules that leave out, raking."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evalrapport.datasets import survey_respondents
from evalrapport.datasets.raking import rake
from evalrapport.errors import PlainError

TIMES = {
    "timer_kontakt": [2.0, 13.0, None],
    "timer_kontakt_per": ["uge", "maaned", None],
    "timer_ansigt": [1.0, 40.0, 38.0],
    "timer_ansigt_per": ["uge", "maaned", "uge"],
}


def test_months_become_weeks() -> None:
    hours = survey_respondents.weekly(pd.DataFrame(TIMES), "timer_kontakt")
    assert hours.tolist()[:2] == [2.0, 3.0]  # 13 hours a month, 12 months, 52 weeks
    assert pd.isna(hours[2])


def test_more_than_a_full_week_is_flagged_not_dropped() -> None:
    people = survey_respondents.with_times(pd.DataFrame(TIMES))
    assert people["over_fuld_uge"].tolist() == ["nej", "nej", "ja"]


def test_hours_per_citizen_are_each_mentors_own_ratio() -> None:
    raw = pd.DataFrame(
        {
            **{k: v[:2] for k, v in TIMES.items()},
            "borgere_ad_gangen": [4.0, 0.0],
            "ansaettelse": ["privat_virksomhed", "jobcenteret"],
        }
    )
    people = survey_respondents.mentors(raw)
    assert people["sektor"].tolist() == ["privat", "kommunal"]
    assert people["pr_borger_kontakt"].tolist()[0] == 0.5
    assert pd.isna(people["pr_borger_kontakt"][1])  # nobody to share the hours with


def frame(*records: tuple[str | None, str]) -> pd.DataFrame:
    return pd.DataFrame(records, columns=["respondent_id", "udfald"])


def test_an_interview_without_a_frame_record_is_told_by_line() -> None:
    interviews = pd.DataFrame({"respondent_id": ["B1", "B2"]})
    place = r"survey_borgere, column RESP_ID: 1 row without a record.*ramme_borgere.*line 3"
    with pytest.raises(PlainError, match=place) as told:
        survey_respondents.check_frame(interviews, frame(("B1", "interview")), "citizens")
    assert "B2" not in str(told.value)


def test_an_interview_of_the_frame_that_is_missing_is_told() -> None:
    interviews = pd.DataFrame({"respondent_id": ["M1"]})
    there = frame((None, "naegter"), ("M1", "interview"), ("M2", "interview"))
    place = r"ramme_mentorer, column RESP_ID: 1 row recorded.*survey_mentorer.*line 4"
    with pytest.raises(PlainError, match=place):
        survey_respondents.check_frame(interviews, there, "mentors")


def test_interviews_that_match_the_frame_pass() -> None:
    interviews = pd.DataFrame({"respondent_id": ["B1"]})
    there = frame((None, "naegter"), ("B1", "interview"))
    survey_respondents.check_frame(interviews, there, "citizens")


def test_only_a_rule_leaves_somebody_out() -> None:
    people = pd.DataFrame({"uge_kontakt": [2.0, 40.0, None]})
    rule = {"survey": "mentors", "variable": "uge_kontakt", "above": 37, "reason": "…"}
    assert len(survey_respondents.leave_out(people, "mentors", [])) == 3
    assert len(survey_respondents.leave_out(people, "mentors", [rule])) == 2
    assert len(survey_respondents.leave_out(people, "citizens", [rule])) == 3
    with pytest.raises(PlainError, match="no variable timer"):
        survey_respondents.leave_out(people, "mentors", [rule | {"variable": "timer"}])


PEOPLE = pd.DataFrame({"sex": list("mmmkk"), "age": list("uuoou")})


def test_raking_meets_every_margin() -> None:
    margins = {"sex": pd.Series({"m": 50, "k": 50}), "age": pd.Series({"u": 30, "o": 70})}
    weights = rake(PEOPLE, margins)
    for name, wanted in margins.items():
        assert weights.groupby(PEOPLE[name]).sum().to_dict() == pytest.approx(wanted.to_dict())


def test_raking_as_worked_by_hand() -> None:
    # A 2 x 2 table with the odds ratio 1 keeps it: the fitted cells are products of the margins.
    people = pd.DataFrame({"a": ["x", "x", "y", "y"], "b": ["u", "o", "u", "o"]})
    weights = rake(people, {"a": pd.Series({"x": 6, "y": 4}), "b": pd.Series({"u": 2, "o": 8})})
    assert weights.tolist() == pytest.approx([1.2, 4.8, 0.8, 3.2])


def test_a_category_that_nobody_has_is_told() -> None:
    with pytest.raises(PlainError, match="“sex” has a category"):
        rake(PEOPLE, {"sex": pd.Series({"m": 50, "k": 40, "ukendt": 10})})


def test_raking_is_the_limit_of_fitting_margin_by_margin() -> None:
    rng = np.random.default_rng(5)
    people = pd.DataFrame({"a": rng.choice(list("xyz"), 200), "b": rng.choice(list("uo"), 200)})
    margins = {"a": pd.Series({"x": 500, "y": 300, "z": 200}), "b": pd.Series({"u": 700, "o": 300})}
    weights = pd.Series(1.0, index=people.index)
    for _ in range(50):  # Deming and Stephan (1940)
        for name, wanted in margins.items():
            held = weights.groupby(people[name]).transform("sum")
            weights = weights * people[name].map(wanted) / held
    assert rake(people, margins).to_numpy() == pytest.approx(weights.to_numpy(), rel=1e-6)


def test_margins_that_contradict_each_other_are_told() -> None:
    people = pd.DataFrame({"a": list("xxyy"), "b": list("uuoo")})
    margins = {"a": pd.Series({"x": 6, "y": 4}), "b": pd.Series({"u": 5, "o": 5})}
    with pytest.raises(PlainError, match="can't be met"):
        rake(people, margins)
