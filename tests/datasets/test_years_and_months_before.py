"""Weeks on support in five years (table 3.8) and months employed in four (table 3.9)."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from evalrapport.datasets.benefit_history import (
    benefit_by_week,
    history_before_day,
    history_before_start,
    step,
)
from evalrapport.datasets.employment_months import months_employed
from evalrapport.datasets.employment_months import step as employment_step
from evalrapport.errors import PlainError
from evalrapport.step import Job

YEARS_2007_2011 = [f"y_{year:02d}{week:02d}" for year in range(7, 12) for week in range(1, 53)]


def starting(*rows: tuple[int, str]) -> pd.DataFrame:
    starts = pd.to_datetime([start for _, start in rows])
    persons = [person for person, _ in rows]
    return pd.DataFrame({"person_id": persons, "start_date": starts, "start_year": starts.year})


def days(*texts: str) -> np.ndarray:
    return np.array(texts, dtype="datetime64[D]")


def test_weeks_before_the_start_week_are_counted_without_su(make_dream, benefits) -> None:
    dream = make_dream(
        {
            1: {"y_1152": 730, "y_1151": 730, "y_1150": 651, "y_1149": 111},
            2: {"y_1401": 730, "y_1352": 730},
        }
    )
    people = starting((1, "2012-01-01"), (2, "2013-12-30"), (3, "2013-06-01"))
    found, codes = history_before_start(people, dream, benefits)
    assert found["weeks_on_support_260"].tolist() == [2, 1, 0]  # the start week itself is not in
    assert found["in_dream"].tolist() == [True, True, False]
    assert codes[0, :4].tolist() == [730, 651, 111, 0]  # the latest week comes first


def test_five_full_years_are_five(make_dream, benefits) -> None:
    dream = make_dream({1: dict.fromkeys([*YEARS_2007_2011, "y_0953"], 730)})
    found, _ = history_before_start(starting((1, "2012-01-01")), dream, benefits)
    assert found["years_on_support"].tolist() == [5.0]


def test_the_261st_week_is_too_early(make_dream, benefits) -> None:
    dream = make_dream({1: {"y_0701": 730, "y_0702": 730}})
    found, _ = history_before_start(starting((1, "2012-01-02")), dream, benefits)
    assert found["weeks_on_support_260"].tolist() == [1]


def test_a_start_too_near_the_deliverys_first_week_is_said_plainly(make_dream, benefits) -> None:
    with pytest.raises(PlainError, match="from y_0652"):
        history_before_start(starting((1, "2011-12-20")), make_dream({1: {}}), benefits)


def test_comparison_people_are_counted_back_from_the_week_of_the_day(make_dream, benefits) -> None:
    support = {"y_1309": 730, "y_1308": 730, "y_1307": 111, "y_0810": 730, "y_0809": 730}
    dream = make_dream({1: support, 3: {"y_1308": 651}, 4: support})
    found = history_before_day(np.array([1, 2, 3]), date(2013, 3, 1), dream, benefits)
    # 260 weeks before 2013-W09, over week 53 of 2009, begin with 2008-W10
    assert found["weeks_on_support_260"].tolist() == [3, 0, 0]
    assert found["in_dream"].tolist() == [True, False, True]


def test_benefit_by_week_counts_everyone_once_a_week(benefits) -> None:
    codes = np.array([[730, 0], [730, 111], [651, 651]], dtype=np.uint16)
    found = benefit_by_week(codes, np.array([2012, 2012, 2013]), benefits)
    counts = found.set_index(["start_year", "weeks_before", "benefit_group"])["persons"]
    assert counts[2012, 1, "kontanthjaelp"] == 2
    assert counts[2012, 2, "selvforsoergelse"] == 1
    assert counts[2013, 2, "su"] == 1
    assert (found.groupby(["start_year", "weeks_before"])["persons"].sum() == [2, 2, 1, 1]).all()


def test_months_before_the_start_month_with_any_industry(make_dream) -> None:
    dream = make_dream(
        {
            1: {"branche_2008_01": 11100, "branche_2011_12": 11100, "branche_2012_01": 11100},
            2: {"branche_2008_01": 1, "branche_2008_02": 2, "branche_2012_02": 0},
        }
    )
    found = months_employed(
        days("2012-02-29", "2012-01-01", "2012-01-01"), np.array([2, 1, 9]), dream, "start"
    )
    assert found["person_id"].tolist() == [1, 2]  # person 9 is not in DREAM
    assert found["months_employed_48"].tolist() == [2, 1]
    assert found["employed_in_month"].tolist() == [True, False]


def test_the_48_months_before_march_2013_begin_with_march_2009(make_dream) -> None:
    months = ("2009_02", "2009_03", "2013_02", "2013_03")
    dream = make_dream({1: {f"branche_{month}": 1 for month in months}})
    found = months_employed(days("2013-03-01"), np.array([1]), dream, "reference_day")
    assert found["months_employed_48"].tolist() == [2]


def test_the_steps_hold_recipients_and_comparison_people_apart(tmp_path, make_dream) -> None:
    (tmp_path / "codes.csv").write_text(
        "code,benefit_group,public_support\n730,kontanthjaelp,yes\n"
    )
    starting((2, "2013-06-03"), (1, "2012-03-01")).to_parquet(tmp_path / "recipients.parquet")
    pq.write_table(pa.table({"person_id": [1, 3]}), tmp_path / "comparison.parquet")
    inputs = {
        "recipients": tmp_path / "recipients.parquet",
        "comparison_groups": tmp_path / "comparison.parquet",
        "dream": make_dream({1: {"y_1208": 730, "y_1301": 730, "branche_2012_06": 9}, 3: {}}),
        "benefit_codes": tmp_path / "codes.csv",
    }
    settings = {"reference_day": "2013-03-01", "benefit_grouping": "sfi_15_10"}
    names = ("benefit_history", "benefit_before_start")
    outputs = {name: tmp_path / f"{name}.parquet" for name in names}
    step(Job("datasets.benefit_history", inputs, outputs, settings))
    found = pd.read_parquet(outputs["benefit_history"]).set_index(["before", "person_id"])
    assert found.loc[("start", 1), "weeks_on_support_260"] == 1
    assert found.loc[("reference_day", 1), "weeks_on_support_260"] == 2
    assert found.loc[("reference_day", 1), "years_on_support"] == pytest.approx(2 / 52)
    assert len(pd.read_parquet(outputs["benefit_before_start"])) == 2 * 260 * 2

    output = {"employment_months": tmp_path / "employment.parquet"}
    employment_step(Job("datasets.employment_months", inputs, output, settings))
    months = pd.read_parquet(output["employment_months"])
    assert list(zip(months["before"], months["person_id"], strict=True)) == [
        ("start", 1),
        ("reference_day", 1),
        ("reference_day", 3),
    ]
    assert months["months_employed_48"].tolist() == [0, 1, 0]
