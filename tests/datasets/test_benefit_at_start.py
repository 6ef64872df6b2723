"""The note's rules: whole months, hours of parts, measures beside, spells, municipality, groups."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from evalrapport.datasets import benefit_spells, benefit_week, episode_benefits
from evalrapport.datasets.benefit_grouping import read_grouping
from evalrapport.datasets.benefit_lookup import at_start, last_day
from evalrapport.datasets.mentor_episodes import distinct_parts, join_adjacent
from evalrapport.datasets.whole_months import whole_months
from evalrapport.errors import PlainError

CODES = Path(__file__).parents[2] / "src/evalrapport/contracts/codes"


def grouping(name: str = "star_notat"):
    return read_grouping(CODES / "dream_codes.csv", CODES / "benefit_groupings.csv", name)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2015-01-01", "2015-03-31", 3),  # both days count
        ("2015-01-01", "2015-04-14", 3),  # 14 days over: down
        ("2015-01-01", "2015-04-15", 3),  # exactly 15: not stated, down
        ("2015-01-01", "2015-04-16", 4),  # 16: up
        ("2015-01-31", "2015-02-27", 1),  # February has no 31st: up to its last day
        ("2015-06-10", "2015-06-20", 0),
        ("2015-06-10", "2015-06-26", 1),
        ("2015-11-20", "2016-11-19", 12),
    ],
)
def test_whole_months_by_the_notes_rule(start: str, end: str, months: int) -> None:
    found = whole_months(np.array([start], "datetime64[D]"), np.array([end], "datetime64[D]"))
    assert found.tolist() == [months]


def parts(*rows: tuple[int, str, str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["person_id", "start_date", "end_date", "hours_per_week"])
    days = {name: pd.to_datetime(frame[name]) for name in ("start_date", "end_date")}
    extra = {"mentor_type": "individuel", "municipality_code": 461}
    return frame.assign(**days, **extra, episode_id=[f"{n}" for n in range(len(frame))])


def joined(rows: pd.DataFrame, gap: int) -> pd.DataFrame:
    return join_adjacent(distinct_parts(rows, pd.Timestamp("2016-12-31").date()), gap)


def test_a_gap_of_six_days_is_joined_and_one_of_seven_is_not() -> None:
    six = parts((1, "2015-01-01", "2015-01-31", 2.0), (1, "2015-02-07", "2015-03-01", 2.0))
    seven = parts((1, "2015-01-01", "2015-01-31", 2.0), (1, "2015-02-08", "2015-03-01", 2.0))
    assert len(joined(six, 6)) == 1
    assert len(joined(seven, 6)) == 2
    assert len(joined(six, 0)) == 2  # the evaluation joins only what follows directly


def test_hours_are_the_parts_mean_by_days_without_repeats_and_noughts() -> None:
    rows = parts(
        (1, "2015-01-01", "2015-01-10", 2.0),
        (1, "2015-01-11", "2015-01-30", 5.0),
        (1, "2015-01-11", "2015-01-30", 5.0),
        (1, "2015-01-31", "2015-02-10", 0.0),
        (2, "2015-01-01", "2015-01-10", np.nan),
    )
    found = episode_benefits.mean_hours(joined(rows, 6), rows)
    assert found[0] == pytest.approx(4.0)
    assert np.isnan(found[1])


def test_a_measure_counts_on_the_days_that_are_known() -> None:
    episodes = parts(
        (1, "2015-01-01", "2015-03-31", 2.0),
        (2, "2015-01-01", "2015-03-31", 2.0),
        (3, "2015-01-01", "2017-12-31", 2.0),
        (4, "2015-01-01", "2015-03-31", 2.0),
    )
    measures = parts(
        (1, "2015-03-31", "2015-05-01", 0.0),  # begins on the last day
        (2, "2014-10-01", "2014-12-31", 0.0),  # over the day before
        (3, "2017-03-01", "2017-05-01", 0.0),  # after what is known
        (4, "2014-10-01", None, 0.0),  # still running
    )
    found = episode_benefits.overlaps(episodes, measures, np.datetime64("2017-01-29"))
    assert found.tolist() == [True, False, False, True]


def test_groups_are_the_notes() -> None:
    groups = grouping()
    names = list(groups.names(np.array([771, 774, 740, 747, 810, 818, 730, 783, 0])))
    flex, res, other = "fleksjob_ledighedsydelse", "ressourceforloeb", "andre_ydelser"
    assert names == [flex, flex, flex, flex, res, res, other, other, other]
    with pytest.raises(PlainError, match="star_notat"):
        grouping("ukendt")
    with pytest.raises(PlainError, match="does not know"):
        groups.names(np.array([997, 321]))


def test_a_change_from_ledighedsydelse_to_fleksjob_begins_no_new_spell() -> None:
    columns = [f"y_15{week:02d}" for week in range(1, 31)]
    codes = np.zeros((5, 30), dtype=int)
    codes[0, 5:10], codes[0, 10:20] = 740, 771  # one spell from week 6
    codes[1, 0:20] = 810  # there in the first week: may be old
    codes[2, 5:10], codes[2, 14:20] = 810, 810  # four weeks without: the same spell
    codes[3, 5:10], codes[3, 15:20] = 810, 810  # five weeks without: two
    codes[4, 5:20] = 810  # the mentor comes before the benefit
    starts = pd.Series(pd.to_datetime(["2015-03-12"] * 2 + ["2015-04-20"] * 2 + ["2015-01-05"]))
    groups = grouping()
    found = benefit_spells.new_spells(
        groups.group[codes], groups.groups[:-1], columns, np.arange(5), starts
    )
    assert sorted(found["row"]) == [0, 2, 3]
    assert found["start_year"].tolist() == [2015] * 3
    runs = benefit_spells.spells(groups.group[codes] != groups.rest)
    assert runs[0].tolist() == [0, 1, 2, 3, 3, 4]


def dream(path: Path) -> Path:
    rows = {
        "person_id": pa.array([1, 2, 3], pa.int64()),
        "y_1552": pa.array([740, 730, 810], pa.uint16()),
        "y_1553": pa.array([740, 730, 810], pa.uint16()),
        "y_1601": pa.array([771, 810, 810], pa.uint16()),
        "nykom2015": pa.array([101, 147, 151], pa.int16()),
        "nykom2016": pa.array([751, 147, 851], pa.int16()),
    }
    pq.write_table(pa.table(rows), path)
    return path


def test_benefit_and_municipality_are_those_of_the_start(tmp_path: Path) -> None:
    path = dream(tmp_path / "dream.parquet")
    persons = np.array([3, 1, 2, 9])
    starts = np.array(["2015-12-31", "2016-01-04", "2016-01-01", "2016-01-05"], "datetime64[D]")
    group, place = at_start(persons, starts, path, grouping())
    # 1 January 2016 lies in week 53 of 2015; the year of the municipality is the day's own.
    assert list(group) == [
        *("ressourceforloeb", "fleksjob_ledighedsydelse"),
        *("andre_ydelser", "andre_ydelser"),
    ]
    assert place.tolist() == [151, 751, 147, 0]
    assert str(last_day(path)) == "2016-01-10"


def test_the_weeks_mentees_are_counted_where_the_episode_began(tmp_path: Path) -> None:
    path = dream(tmp_path / "dream.parquet")
    people = pd.concat(benefit_week.people_in(path, (2016, 1), grouping()), ignore_index=True)
    assert people["person_id"].tolist() == [1, 2, 3]
    episodes = parts(
        (1, "2015-06-01", "2016-01-04", 2.0),  # ends on the week's Monday
        (2, "2015-06-01", "2016-01-03", 2.0),  # ended the day before
        (3, "2014-06-01", "2016-06-01", 2.0),  # began before the first year that is known
    )
    running = benefit_week.under_way(episodes, (2016, 1))
    found = benefit_week.with_mentor(people, running, path)
    assert found["mentor"].tolist() == [True, False, True]
    assert found["municipality_code"].tolist() == [101, 147, 151]
