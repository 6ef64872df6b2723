"""Parts of mentor episodes become whole episodes (SFI 15:10, chapter 3, footnote 8)."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from evalrapport.datasets.mentor_episodes import distinct_parts, join_adjacent, step
from evalrapport.errors import PlainError
from evalrapport.step import Job

LAST_DAY = date(2014, 4, 27)


def parts(*rows: tuple) -> pd.DataFrame:
    """Rows of (person, start, end or None, hours, type)."""
    return pd.DataFrame(
        {
            "person_id": np.array([row[0] for row in rows], dtype=np.int64),
            "episode_id": [f"e{place}" for place in range(len(rows))],
            "start_date": pd.to_datetime([row[1] for row in rows]),
            "end_date": pd.to_datetime([row[2] for row in rows]),
            "hours_per_week": [row[3] if len(row) > 3 else 2.0 for row in rows],
            "mentor_type": [row[4] if len(row) > 4 else "individuel" for row in rows],
            "municipality_code": np.int16(101),
        }
    )


def joined(frame: pd.DataFrame, gap: int = 0) -> pd.DataFrame:
    return join_adjacent(distinct_parts(frame, LAST_DAY), gap)


def spans(episodes: pd.DataFrame) -> list[tuple[int, str, str]]:
    columns = zip(episodes["person_id"], episodes["start_date"], episodes["end_date"], strict=True)
    return [(person, f"{start:%Y-%m-%d}", f"{end:%Y-%m-%d}") for person, start, end in columns]


def test_a_part_that_begins_the_day_after_is_the_same_episode() -> None:
    episodes = joined(
        parts((1, "2012-02-01", "2012-02-29", 3.0), (1, "2012-03-01", "2012-03-31", 1.0))
    )
    assert spans(episodes) == [(1, "2012-02-01", "2012-03-31")]
    assert episodes.loc[0, ["duration_days", "hours_per_week", "parts"]].tolist() == [60, 3.0, 2]


def test_one_day_between_makes_two_episodes_without_a_gap_and_one_with_a_gap_of_one() -> None:
    frame = parts((1, "2012-02-01", "2012-02-29"), (1, "2012-03-02", "2012-03-31"))
    assert len(joined(frame, 0)) == 2
    assert spans(joined(frame, 1)) == [(1, "2012-02-01", "2012-03-31")]


def test_less_than_a_week_apart_is_a_gap_of_six_days() -> None:
    frame = parts(
        (1, "2012-01-01", "2012-01-10"),
        (1, "2012-01-17", "2012-01-20"),  # six days without support
        (1, "2012-01-28", "2012-01-30"),  # seven
    )
    assert [row[1] for row in spans(joined(frame, 6))] == ["2012-01-01", "2012-01-28"]


def test_overlapping_and_nested_parts_are_one_episode_that_lasts_to_the_latest_end() -> None:
    frame = parts(
        (1, "2012-01-01", "2012-12-31"),
        (1, "2012-02-01", "2012-03-31"),
        (1, "2012-06-01", "2012-06-30"),  # after the nested part, still inside the first
        (1, "2013-01-01", "2013-01-31"),
    )
    assert spans(joined(frame)) == [(1, "2012-01-01", "2013-01-31")]
    assert joined(frame).loc[0, "parts"] == 4


def test_people_are_never_joined_to_each_other() -> None:
    frame = parts((2, "2012-03-01", "2012-03-31"), (1, "2012-02-01", "2012-02-29"))
    assert [row[0] for row in spans(joined(frame))] == [1, 2]


def test_a_person_whose_episodes_lie_long_before_the_next_persons_stays_apart() -> None:
    frame = parts((1, "2014-01-01", "2099-12-31"), (2, "2012-01-01", "2012-01-31"))
    assert spans(joined(frame))[1] == (2, "2012-01-01", "2012-01-31")


def test_exact_duplicates_count_once() -> None:
    frame = parts((1, "2012-02-01", "2012-02-29"))
    assert joined(pd.concat([frame, frame])).loc[0, "parts"] == 1


def test_the_same_day_is_one_day() -> None:
    assert joined(parts((1, "2012-02-01", "2012-02-01"))).loc[0, "duration_days"] == 1


def test_a_half_year_from_new_year_has_181_days() -> None:
    assert joined(parts((1, "2014-01-01", "2014-06-30"))).loc[0, "duration_days"] == 181


def test_an_open_end_runs_to_the_last_day_of_data() -> None:
    episodes = joined(parts((1, "2014-04-01", None), (2, "2014-04-01", "2014-04-27")))
    assert spans(episodes)[0] == (1, "2014-04-01", "2014-04-27")
    assert episodes["open_end"].tolist() == [True, False]


def test_an_open_end_of_a_start_after_the_last_day_is_that_day_itself() -> None:
    assert spans(joined(parts((1, "2014-06-01", None)))) == [(1, "2014-06-01", "2014-06-01")]


def test_a_planned_end_after_the_last_day_is_kept() -> None:
    assert spans(joined(parts((1, "2014-04-01", "2014-09-30"))))[0][2] == "2014-09-30"


def test_missing_hours_at_the_start_stay_missing() -> None:
    frame = parts((1, "2012-02-01", "2012-02-29", np.nan), (1, "2012-03-01", "2012-03-31", 5.0))
    assert joined(frame)["hours_per_week"].isna().tolist() == [True]


def test_an_end_before_the_start_is_refused_with_a_count_and_no_person() -> None:
    frame = parts((123456789012, "2012-02-01", "2012-01-01"), (2, "2012-02-01", "2012-02-02"))
    with pytest.raises(PlainError, match="1 mentor episodes end before they begin") as caught:
        joined(frame)
    assert not re.search("123456789012", str(caught.value))


def test_it_agrees_with_joining_one_part_at_a_time() -> None:
    random = np.random.default_rng(7)
    starts = np.datetime64("2012-01-01") + random.integers(0, 400, 600)
    rows = [
        (int(person), str(start), str(start + length))
        for person, start, length in zip(
            random.integers(1, 60, 600), starts, random.integers(0, 40, 600), strict=True
        )
    ]
    expected = []
    for person, start, end in sorted(rows):
        same = expected and expected[-1][0] == person
        if same and np.datetime64(start) <= np.datetime64(expected[-1][2]) + 1:
            expected[-1] = (person, expected[-1][1], max(expected[-1][2], end))
        else:
            expected.append((person, start, end))
    assert spans(joined(parts(*rows))) == expected


def test_the_step_writes_the_contracts_columns_and_types(tmp_path) -> None:
    frame = parts((1, "2012-02-01", None, np.nan, None), (2, "2012-02-01", "2012-02-29"))
    frame.to_parquet(tmp_path / "in.parquet")
    settings = {
        "window": {"first_day": "2012-01-01", "last_day": "2014-04-27"},
        "episode_gap_days": 0,
    }
    step(
        Job(
            "datasets.mentor_episodes",
            {"mentor_episodes": tmp_path / "in.parquet"},
            {"mentor_episodes": tmp_path / "out.parquet"},
            settings,
        )
    )
    table = pq.read_table(tmp_path / "out.parquet")
    assert str(table.schema.field("start_date").type) == "date32[day]"
    assert table["hours_per_week"].to_pylist() == [None, 2.0]
    assert table["mentor_type"].to_pylist() == [None, "individuel"]
    assert table["duration_days"].to_pylist()[1] == 29
