"""Employment and SU month by month from each person's own start."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from evalrapport.contracts.datasets.effect_outcomes import effect_outcomes
from evalrapport.datasets.benefits import Benefits
from evalrapport.datasets.effect_months import (
    calendar,
    flagged_months,
    outcomes,
    weeks_of_month,
)
from evalrapport.datasets.effect_outcomes import from_start
from evalrapport.dates import weeks_between
from evalrapport.errors import PlainError

WEEKS = weeks_between((2012, 5), (2012, 18))  # 30 January to 6 May
MONTHS = [(2012, 2), (2012, 3), (2012, 4)]


def numbers(month: tuple[int, int], rule: str) -> list[int]:
    return [WEEKS[place][1] for place in weeks_of_month(WEEKS, month, rule)]


def test_each_week_belongs_to_the_month_of_its_thursday() -> None:
    assert numbers((2012, 2), "thursday") == [5, 6, 7, 8]
    assert numbers((2012, 3), "thursday") == [9, 10, 11, 12, 13]


def test_any_day_counts_a_week_in_both_months_that_it_touches() -> None:
    assert numbers((2012, 2), "any_day") == [5, 6, 7, 8, 9]
    assert numbers((2012, 3), "any_day") == [9, 10, 11, 12, 13]
    assert numbers((2012, 4), "any_day") == [13, 14, 15, 16, 17, 18]


def test_an_unknown_rule_is_said_plainly() -> None:
    with pytest.raises(PlainError, match="allowed: thursday, any_day"):
        weeks_of_month(WEEKS, (2012, 2), "monday")


def test_one_week_flags_the_month() -> None:
    flags = np.zeros((2, len(WEEKS)), dtype=bool)
    flags[1, 6] = True  # week 11
    found = flagged_months(flags, WEEKS, MONTHS, "thursday")
    assert found.tolist() == [[False, False], [False, True], [False, False]]


def test_months_are_counted_from_each_persons_own_start() -> None:
    by_month = np.array([[1, 2], [3, 4], [5, 6]])
    assert from_start(by_month, np.array([0, 1]), 1).tolist() == [[1, 4], [3, 6]]


def test_wage_with_support_is_employment_but_not_without_benefit(benefits: Benefits) -> None:
    codes = np.zeros((4, len(WEEKS)), dtype=np.uint16)
    codes[1, 6] = 730  # kontanthjælp in week 11
    codes[2, 6] = 651  # SU: not public support
    industries = np.zeros((4, 3), dtype=np.int32)
    industries[:3, 1] = 561010
    found = outcomes(codes, industries, WEEKS, MONTHS, benefits, "thursday")
    assert found["employed"][1].tolist() == [True, True, True, False]
    assert found["employed_without_benefit"][1].tolist() == [True, False, True, False]
    assert found["su"][1].tolist() == [False, False, True, False]
    assert not found["employed"][[0, 2]].any()


def test_the_calendar_reaches_the_last_follow_up_month_and_no_week_beyond_the_delivery() -> None:
    months, weeks = calendar(date(2012, 2, 1), date(2012, 7, 31), 21, (2014, 17))
    assert (months[0], months[-1]) == ((2012, 2), (2014, 4))
    assert (weeks[0], weeks[-1]) == ((2012, 5), (2014, 17))


def test_a_delivery_that_ends_too_early_is_said_plainly() -> None:
    with pytest.raises(PlainError, match="follow_up_months lower"):
        calendar(date(2012, 2, 1), date(2012, 7, 31), 21, (2014, 15))


def test_enrolment_is_an_outcome_only_where_its_register_is_there() -> None:
    with_it = effect_outcomes(2, 1).names
    assert [name for name in with_it if name.startswith("enrolled")] == [
        "enrolled_00",
        "enrolled_01",
    ]
    assert set(with_it) - set(effect_outcomes(2).names) == {"enrolled_00", "enrolled_01"}
