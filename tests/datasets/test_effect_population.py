"""Who is treated, who is in the pool, and from which date they are followed (footnote 25)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evalrapport.datasets.effect_population import (
    first_starts,
    mentored_in,
    of_age,
    pseudo_starts,
    select,
    step,
)
from evalrapport.errors import PlainError
from evalrapport.step import Job

WINDOW = (date(2012, 2, 1), date(2012, 7, 31))
EFTERLOEN = 621


def days(*texts: str) -> np.ndarray:
    return np.array(texts, dtype="datetime64[D]")


def episodes(*rows: tuple[int, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["person_id", "start_date", "end_date"])
    frame["start_date"] = pd.to_datetime(frame["start_date"])
    frame["end_date"] = pd.to_datetime(frame["end_date"])
    return frame.assign(open_end=False)


def test_ages_16_and_64_are_in() -> None:
    people = pd.DataFrame({"person_id": [5, 4, 3, 2], "age": [15, 16, 64, 65]})
    assert of_age(people, 16, 64).tolist() == [3, 4]


def test_the_first_start_in_the_window_counts_and_both_ends_are_in() -> None:
    found = first_starts(
        episodes(
            (1, "2012-05-01", "2012-06-01"),
            (1, "2012-03-01", "2012-03-05"),
            (2, "2012-01-31", "2012-06-01"),
            (3, "2012-02-01", "2012-06-01"),
            (4, "2012-07-31", "2012-08-01"),
            (5, "2012-08-01", "2012-08-02"),
        ),
        *WINDOW,
    )
    starts = {person: str(day.date()) for person, day in found.items()}
    assert starts == {1: "2012-03-01", 3: "2012-02-01", 4: "2012-07-31"}


def test_a_single_day_in_january_is_a_mentor_in_january() -> None:
    rows = episodes(
        (1, "2011-06-01", "2012-01-01"),
        (2, "2012-01-31", "2012-03-01"),
        (3, "2011-06-01", "2011-12-31"),
        (4, "2012-02-01", "2012-03-01"),
        (5, "2011-06-01", "2011-06-02"),
    )
    rows.loc[4, "open_end"] = True
    assert mentored_in(rows, (2012, 1)).tolist() == [1, 2, 5]


def test_pseudo_starts_follow_the_dates_of_the_treated() -> None:
    dates = days("2012-02-01", "2012-02-01", "2012-02-01", "2012-06-15")
    drawn = pseudo_starts(np.arange(100_000), dates, seed=1)
    assert (drawn == dates[0]).mean() == pytest.approx(0.75, abs=0.01)
    assert set(drawn) == set(dates)


def test_a_pseudo_start_depends_on_seed_and_person_only() -> None:
    dates = np.arange("2012-02-01", "2012-07-31", dtype="datetime64[D]")
    people = np.arange(50)
    drawn = pseudo_starts(people, dates, seed=1)
    assert (pseudo_starts(people[::-1], dates[::-1], seed=1)[::-1] == drawn).all()
    assert (pseudo_starts(people[10:20], dates, seed=1) == drawn[10:20]).all()
    assert (pseudo_starts(people, dates, seed=2) != drawn).mean() > 0.9


def test_an_excluded_benefit_in_the_start_week_takes_either_group_out() -> None:
    starts = pd.Series(pd.to_datetime(["2012-02-01", "2012-02-08"]), index=[1, 2])
    codes = np.zeros((4, 2), dtype=np.uint16)  # weeks 5 and 6
    codes[1, 0] = EFTERLOEN  # a treated person, the week before the start: stays
    codes[2, 0] = codes[2, 1] = EFTERLOEN
    people = np.array([1, 2, 3, 4])
    found = select(people, starts, codes, np.array([EFTERLOEN]), WINDOW[0], seed=1)
    assert found["person_id"].tolist() == [1, 2, 4]
    assert found["treated"].tolist() == [True, True, False]
    assert set(found["start_date"]) <= set(starts)


def test_no_one_treated_is_said_plainly() -> None:
    starts = pd.Series(pd.to_datetime(["2012-02-01"]), index=[1])
    codes = np.array([[EFTERLOEN]], dtype=np.uint16)
    with pytest.raises(PlainError, match="No one starts a mentor episode"):
        select(np.array([1]), starts, codes, np.array([EFTERLOEN]), WINDOW[0], seed=1)


def test_the_step_applies_every_rule(tmp_path: Path, make_dream: Callable[..., Path]) -> None:
    bef = pd.DataFrame({"person_id": [1, 2, 3, 4, 5, 6], "age": [30, 30, 70, 40, 50, 20]})
    bef.assign(period=201112).to_parquet(tmp_path / "bef.parquet")
    rows = episodes(
        (1, "2012-03-01", "2012-04-01"),
        (3, "2012-03-01", "2012-04-01"),  # too old
        (4, "2011-12-01", "2012-02-01"),  # a mentor in January
    )
    rows.to_parquet(tmp_path / "mentor_episodes.parquet")
    dream = make_dream({1: {"y_1209": 730}, 2: {}, 3: {}, 4: {}, 6: {"y_1209": EFTERLOEN}})
    codes = pd.DataFrame({"code": [730, EFTERLOEN], "excluded_in_effect_analysis": ["no", "yes"]})
    codes.to_csv(tmp_path / "codes.csv")
    effect = {
        **{"first_day": "2012-02-01", "last_day": "2012-07-31", "clean_month": "2012-01"},
        **{"min_age": 16, "max_age": 64, "pseudo_start_seed": 1},
    }
    inputs = {name: tmp_path / f"{name}.parquet" for name in ("bef", "mentor_episodes")}
    inputs |= {"dream": dream, "benefit_codes": tmp_path / "codes.csv"}
    output = {"effect_population": tmp_path / "out.parquet"}
    step(Job("datasets.effect_population", inputs, output, {"effect": effect}))
    found = pd.read_parquet(output["effect_population"])
    assert found["person_id"].tolist() == [1, 2]  # 5 is not in DREAM
    assert found["treated"].tolist() == [True, False]
    assert found["benefit_code"].tolist() == [730, 0]
    assert [str(day) for day in found["start_date"]] == ["2012-03-01", "2012-03-01"]
