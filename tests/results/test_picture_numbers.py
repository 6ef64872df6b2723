"""The numbers behind figures 3.2-3.4, and footnote 10."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from evalrapport.results import (
    forsoergelse_foer_start,
    kommunernes_brug,
    loenindkomst_ved_start,
    timer_37,
)
from evalrapport.results.kommunernes_brug import Period, periods, recipients_of, tied, use

WINDOW = date(2012, 1, 1), date(2014, 4, 27)


def test_benefit_before_start_is_added_over_years_and_small_groups(contract, cell) -> None:
    table = contract("forsoergelse_foer_start")
    weeks = forsoergelse_foer_start.weeks_of(table)
    assert (weeks[0], weeks[-1]) == (260, 1)
    rows = [
        (year, week, group, persons, base)
        for week in weeks
        for year, base in ((2012, 6), (2013, 4))
        for group, persons in (("kontanthjaelp", 1), ("fleksjob", 2), ("revalidering", base - 3))
    ]
    names = ["start_year", "weeks_before", "benefit_group", "persons", "base"]
    found = forsoergelse_foer_start.estimate(pd.DataFrame(rows, columns=names), table)
    assert cell(found, "uge_1.kontanthjaelp", "alle")[["value", "n"]].tolist() == [20, 10]
    assert cell(found, "uge_260.oevrige", "alle")["value"] == 80
    assert cell(found, "uge_260.su", "alle")["value"] == 0


def test_wage_income_in_the_month_of_the_start(contract, cell) -> None:
    recipients = pd.DataFrame(
        {"start_year": [2012, 2012, 2012, 2014], "employed_in_month": [True, False, False, False]}
    )
    found = loenindkomst_ved_start.estimate(recipients, contract("loenindkomst_ved_start"))
    assert cell(found, "loenindkomst", "2012")["value"] == pytest.approx(100 / 3)
    assert cell(found, "loenindkomst", "2014")[["value", "n"]].tolist() == [0, 1]
    assert cell(found, "beregningsgrundlag", "alle", "antal")["value"] == 4


def test_37_hours_or_more_by_kind(contract, cell) -> None:
    recipients = pd.DataFrame(
        {
            "start_year": 2012,
            "mentor_type": ["individuel", "individuel", "plads", "plads", None],
            "hours_per_week": [37.0, 36.9, 40.0, None, 50.0],
        }
    )
    found = timer_37.estimate(recipients, contract("timer_37"))
    assert cell(found, "alle_forloeb", "alle")[["count", "n"]].tolist() == [2, 4]
    assert cell(found, "individuel_mentor", "alle")["value"] == 50
    assert cell(found, "pladsmentor", "alle")["count"] == 1


def test_the_whole_period_has_851_days_and_its_years_make_it_up() -> None:
    whole, *years = periods(*WINDOW)
    assert (whole.days, whole.last) == (851, date(2014, 4, 30))
    assert [(year.column, year.days) for year in years] == [
        *[("2012", 366), ("2013", 365), ("2014", 120)]
    ]


EPISODES = pd.DataFrame(
    {
        "person_id": [1, 1, 2, 3, 4],
        "municipality_code": [101, 101, 101, 155, 155],
        "start_date": pd.to_datetime(
            ["2012-01-01", "2013-01-01", "2011-12-01", "2012-05-01", "2015-01-01"]
        ),
        "end_date": pd.to_datetime(
            ["2012-12-31", "2013-01-10", "2012-01-10", "2012-06-01", "2015-02-01"]
        ),
        "hours_per_week": [37.0, 3.7, 18.5, None, 37.0],
    }
)


def test_an_episode_counts_with_its_days_times_its_hours() -> None:
    found = use(EPISODES, periods(*WINDOW)[0])
    # a full-time year, ten days at a tenth, and the ten days inside the period at a half
    assert found.loc[101, "full_time"] == pytest.approx((366 + 10 * 0.1 + 10 * 0.5) / 851)
    assert found.loc[101, "persons"] == 2
    assert 155 not in found.index  # no hours known; and outside the period


def test_recipients_are_a_mean_over_months_without_the_periods_last() -> None:
    statistics = pd.DataFrame(
        {
            "municipality_code": 101,
            "year": [2012, 2013, 2014, 2014, 2014],
            "month": [12, 12, 1, 3, 4],
            "full_time_persons": [10.0, 20.0, 30.0, 50.0, 900.0],
        }
    )
    whole, first, *_, last = periods(*WINDOW)
    assert recipients_of(statistics, whole)[101] == pytest.approx(27.5)
    assert recipients_of(statistics, first)[101] == 10
    assert recipients_of(statistics, last)[101] == 40


def test_use_by_municipality_country_and_spread(contract, cell) -> None:
    statistics = pd.DataFrame(
        [
            {"municipality_code": code, "year": 2012, "month": 1, "full_time_persons": 50.0}
            for code in (101, 155)
        ]
    )
    found = kommunernes_brug.estimate(EPISODES, statistics, WINDOW, contract("kommunernes_brug"))
    used = (366 + 10 * 0.5) / 366
    own = cell(found, "kommune_101", "2012", "gennemsnit")
    assert own["value"] == pytest.approx(100 * used / 50)
    assert own["count"] == 2
    none = cell(found, "kommune_155", "2012", "gennemsnit")
    assert none[["value", "count", "status"]].tolist() == [0, 0, "ok"]
    assert cell(found, "hele_landet", "2012", "gennemsnit")["value"] == pytest.approx(used)
    spread = cell(found, "kvartilafstand", "2012", "spredning")["value"]
    assert spread == pytest.approx(100 * used / 50 / 2)
    unknown = cell(found, "kommune_147", "2012", "gennemsnit")
    assert unknown["status"] == "not_applicable"


def test_no_year_of_a_municipality_is_hidden_alone() -> None:
    cells = pd.DataFrame(
        {
            "row": ["kommune_101"] * 4 + ["hele_landet"],
            "column": ["alle", "2012", "2013", "2014", "2012"],
            "count": [30, 3, 20, 8, 900],
        }
    )
    assert tied(cells, ["2012", "2013", "2014"])["count"].tolist() == [30, 3, 20, 3, 900]


def test_a_period_counts_both_its_days() -> None:
    assert Period("x", date(2012, 1, 1), date(2012, 1, 1)).days == 1
