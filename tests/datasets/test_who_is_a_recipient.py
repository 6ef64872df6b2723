"""Recipients: first episode in the window, resident primo the start year, and their traits."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from evalrapport.datasets import match_groups
from evalrapport.datasets.people import EducationRules, age_on, education_of
from evalrapport.datasets.recipients import first_in_window, residents, step, with_dream
from evalrapport.errors import PlainError
from evalrapport.step import Job

RULES = EducationRules({"10": "grundskole", "70": "lang_videregaaende"}, frozenset({3, 17}))


def episodes(*rows: tuple[int, str]) -> pd.DataFrame:
    starts = pd.to_datetime([start for _, start in rows])
    return pd.DataFrame(
        {
            "person_id": [person for person, _ in rows],
            "start_date": starts,
            "end_date": starts + pd.Timedelta(days=29),
            "duration_days": 30,
            "hours_per_week": 2.0,
            "mentor_type": "individuel",
            "municipality_code": 101,
            "parts": 1,
            "open_end": False,
        }
    )


def days(*texts: str) -> np.ndarray:
    return np.array(texts, dtype="datetime64[D]")


def first(*rows: tuple[int, str], window=("2012-01-01", "2014-04-27")) -> list[tuple[int, str]]:
    found = first_in_window(episodes(*rows), *map(date.fromisoformat, window))
    return [(p, str(s.date())) for p, s in zip(found.person_id, found.start_date, strict=True)]


def test_only_the_first_episode_in_the_window_counts() -> None:
    assert first((1, "2013-05-01"), (1, "2012-02-01")) == [(1, "2012-02-01")]


def test_both_ends_of_the_window_are_in_it() -> None:
    rows = [(1, "2011-12-31"), (2, "2012-01-01"), (3, "2014-04-27"), (4, "2014-04-28")]
    assert [person for person, _ in first(*rows)] == [2, 3]


def test_an_episode_before_the_window_does_not_hide_a_later_one_in_it() -> None:
    assert first((1, "2011-06-01"), (1, "2012-06-01")) == [(1, "2012-06-01")]


def test_an_empty_window_is_said_plainly() -> None:
    with pytest.raises(PlainError, match="No mentor episode starts between 2020-01-01"):
        first((1, "2012-02-01"), window=("2020-01-01", "2020-12-31"))


def test_residence_is_that_of_december_before_the_start_year(make_bef) -> None:
    bef = make_bef(
        [
            (201112, 1, "1990-01-01", 21, 1, 1),
            (201212, 2, "1990-01-01", 22, 2, 1),  # moved in during 2012: too late for person 2
            (201212, 3, "1995-03-15", 17, 1, 1),
        ]
    )
    starters = first_in_window(
        episodes((1, "2012-12-31"), (2, "2012-06-01"), (3, "2013-03-14")),
        date(2012, 1, 1),
        date(2014, 4, 27),
    )
    people = residents(starters, bef)
    assert people["person_id"].tolist() == [1, 3]
    assert people["age"].tolist() == [22, 17]
    assert people["start_year"].tolist() == [2012, 2013]


def test_a_missing_bef_period_is_named(make_bef) -> None:
    bef = make_bef([(201112, 1, "1990-01-01", 21, 1, 1)])
    starters = first_in_window(episodes((1, "2013-02-01")), date(2012, 1, 1), date(2014, 4, 27))
    with pytest.raises(PlainError, match="BEF lacks the period 201212"):
        residents(starters, bef)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        ("1990-06-15", "2012-06-14", 21),
        ("1990-06-15", "2012-06-15", 22),
        ("1990-06-15", "2012-07-01", 22),
        ("1996-02-29", "2013-02-28", 16),
        ("1996-02-29", "2013-03-01", 17),
        ("1996-12-31", "2013-01-01", 16),
    ],
)
def test_age_is_full_years(birth: str, day: str, age: int) -> None:
    assert age_on(days(birth), days(day)).tolist() == [age]


def test_benefit_is_that_of_the_start_week_and_zero_outside_dream(make_dream, benefits) -> None:
    dream = make_dream(
        {1: {"y_1152": 730, "y_1201": 111}, 2: {"y_1401": 111, "y_1352": 730}, 4: {}}
    )
    people = episodes((2, "2013-12-30"), (1, "2012-01-01"), (3, "2013-01-01"), (4, "2013-01-01"))
    found = with_dream(people, dream, benefits)
    assert found["benefit_code"].tolist() == [111, 730, 0, 0]
    assert found["benefit_group"].tolist() == [
        "a_dagpenge",
        "kontanthjaelp",
        "selvforsoergelse",
        "selvforsoergelse",
    ]
    assert found["in_dream"].tolist() == [True, True, False, True]


def test_an_unknown_code_stops_the_run(make_dream, benefits) -> None:
    with pytest.raises(PlainError, match="1 codes that the benefit code list does not know"):
        with_dream(episodes((1, "2012-02-01")), make_dream({1: {"y_1205": 444}}), benefits)


def test_a_window_beyond_the_delivery_is_said_plainly(make_dream, benefits) -> None:
    with pytest.raises(PlainError, match="from y_1418 to y_1422"):
        with_dream(episodes((1, "2014-04-21"), (2, "2014-06-01")), make_dream({1: {}}), benefits)


def groups_with(**quarters: int) -> np.ndarray:
    return np.array([[quarters.get(column, 0) for column in match_groups.COLUMNS]], dtype=np.uint8)


@pytest.mark.parametrize(
    ("day", "quarters", "expected"),
    [
        ("2012-03-31", {"match_1kv2012": 2, "match_2kv2012": 3}, 2),
        ("2012-04-01", {"match_1kv2012": 2, "match_2kv2012": 3}, 3),
        ("2013-05-01", {"match_1kv2013": 2}, 0),  # blank in the quarter: not categorised
        ("2014-01-01", {"match_4kv2013": 1}, 1),
        ("2014-04-01", {"match_2kv2012": 3, "match_1kv2013": 2}, 2),  # last before 2014
        ("2014-04-01", {}, 0),
        ("2010-03-31", {"match_2kv2010": 2}, 0),  # another scale then
    ],
)
def test_match_group(day: str, quarters: dict[str, int], expected: int) -> None:
    assert match_groups.match_group_at(days(day), groups_with(**quarters)).tolist() == [expected]


def test_immigrants_own_reports_of_education_are_unknown() -> None:
    persons = pd.DataFrame({"person_id": [1, 2, 3, 4], "origin_type": [2, 1, 2, 3]})
    education = pd.DataFrame(
        {
            "person_id": [3, 1, 2],
            "education_source": [15, 17, 17],
            "education_level": ["70", "70", "10"],
        }
    )
    levels = education_of(persons, education, RULES).tolist()
    assert levels == ["uoplyst", "grundskole", "lang_videregaaende", "uoplyst"]


def codes(tmp_path) -> dict:
    (tmp_path / "dream_codes.csv").write_text(
        "code,benefit_group,public_support\n0,selvforsoergelse,no\n730,kontanthjaelp,yes\n"
    )
    (tmp_path / "levels.csv").write_text("level,report_category\n,uoplyst\n10,grundskole\n")
    (tmp_path / "sources.csv").write_text("code,self_reported_by_immigrants\n15,no\n17,yes\n")
    return {
        "benefit_codes": tmp_path / "dream_codes.csv",
        "education_levels": tmp_path / "levels.csv",
        "education_sources": tmp_path / "sources.csv",
    }


def test_the_step_for_a_study_of_one_other_year(tmp_path, make_bef, make_udda, make_dream) -> None:
    episodes((1, "2013-02-01"), (2, "2013-03-01"), (1, "2012-02-01")).to_parquet(
        tmp_path / "episodes.parquet"
    )
    inputs = {
        "mentor_episodes": tmp_path / "episodes.parquet",
        "bef": make_bef([(201212, i, "1980-05-05", 32, 2, 1) for i in (1, 2)]),
        "udda": make_udda([(201209, 1, 15, "10")]),
        "dream": make_dream({1: {"y_1305": 730, "match_1kv2013": 2}}),
        **codes(tmp_path),
    }
    settings = {
        "window": {"first_day": "2013-01-01", "last_day": "2013-12-31"},
        "benefit_grouping": "sfi_15_10",
    }
    step(Job("datasets.recipients", inputs, {"recipients": tmp_path / "out.parquet"}, settings))
    found = pq.read_table(tmp_path / "out.parquet").to_pydict()
    assert found["person_id"] == [1, 2]
    assert found["start_year"] == [2013, 2013]
    assert found["benefit_group"] == ["kontanthjaelp", "selvforsoergelse"]
    assert found["education_level"] == ["grundskole", "uoplyst"]
    assert found["match_group"] == [2, 0]
    assert found["in_dream"] == [True, False]


def test_an_unknown_grouping_names_what_is_allowed(tmp_path) -> None:
    from evalrapport.datasets.benefits import read_benefits

    with pytest.raises(PlainError, match="allowed: sfi_15_10"):
        read_benefits(codes(tmp_path)["benefit_codes"], "ukendt")
