"""Tables 3.10-3.12: kind of mentor and hours a week."""

from __future__ import annotations

import pandas as pd
import pytest

from evalrapport.results import mentortype, weekly_hours

NONE = weekly_hours.NONE


def test_episodes_without_a_registered_kind_are_not_in_the_base(contract, cell) -> None:
    kinds = pd.Categorical(["individuel", "individuel", "plads", None])
    recipients = pd.DataFrame({"start_year": 2012, "mentor_type": kinds})
    found = mentortype.estimate(recipients, contract("mentortype"))
    assert cell(found, "pladsmentor", "2012")[["count", "n"]].tolist() == [1, 3]


@pytest.mark.parametrize(
    ("hours", "row"),
    [
        *[(None, NONE), (0.0, NONE), (0.01, "0_01_1_timer"), (1.0, "0_01_1_timer")],
        *[(1.01, "1_01_2_timer"), (1.005, "1_01_2_timer"), (5.0, "4_01_5_timer")],
        *[(5.5, "5_01_10_timer"), (10.0, "5_01_10_timer"), (10.01, "over_10_timer")],
        *[(168.0, "over_10_timer")],
    ],
)
def test_hours_fall_in_their_band(hours: float | None, row: str) -> None:
    assert weekly_hours.band(pd.Series([hours], dtype=float)).tolist() == [row]


def test_means_and_medians_are_over_hours_above_nought(contract, cell) -> None:
    recipients = pd.DataFrame(
        {
            "start_year": 2013,
            "mentor_type": ["individuel"] * 5 + ["plads"],
            "hours_per_week": [0.0, None, 2.0, 3.0, 7.0, 37.0],
        }
    )
    table = contract("timer_individuel_mentor")
    found = weekly_hours.estimate(recipients, "individuel", table)
    assert cell(found, NONE, "2013")["value"] == 40
    assert cell(found, "gennemsnit", "2013", "gennemsnit")[["value", "n"]].tolist() == [4, 3]
    assert cell(found, "median", "alle", "median")["value"] == 3
    plads = weekly_hours.estimate(recipients, "plads", contract("timer_pladsmentor"))
    assert cell(plads, "over_10_timer", "2013")["value"] == 100


def test_the_bands_are_the_contracts_rows(contract) -> None:
    for name in ("timer_individuel_mentor", "timer_pladsmentor"):
        rows = [row.id for row in contract(name).rows if row.role is None]
        assert rows == [NONE, *weekly_hours.LOWEST]
