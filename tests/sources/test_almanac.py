"""Days looked up are as Python's calendar says."""

from datetime import date, timedelta

import numpy as np
import pytest

from evalrapport.sources.stand_in import almanac

EPOCH = date(1970, 1, 1)
DAYS = np.arange(almanac.FIRST, almanac.FIRST + len(almanac.YEAR), 17)


def days(*texts: str) -> np.ndarray:
    return np.array([(date.fromisoformat(text) - EPOCH).days for text in texts])


def test_years_and_months_are_the_calendars() -> None:
    told = [EPOCH + timedelta(days=int(day)) for day in DAYS]
    assert almanac.year(DAYS).tolist() == [day.year for day in told]
    months = [(day.year - 1970) * 12 + day.month - 1 for day in told]
    assert almanac.month(DAYS).tolist() == months
    in_year = [(day - date(day.year, 1, 1)).days for day in told]
    assert almanac.of(almanac.IN_YEAR, DAYS).tolist() == in_year


def test_age_grows_on_the_birthday() -> None:
    births = days("1990-06-15", "1990-06-16", "1992-02-29", "2013-01-02")
    (day,) = days("2012-06-15")
    assert almanac.whole_years(births, day).tolist() == [22, 21, 20, -1]
    leap = days("1992-02-29")
    on = [almanac.whole_years(leap, day)[0] for day in days("2013-02-28", "2013-03-01")]
    assert on == [20, 21]


def test_days_outside_the_almanac_are_refused() -> None:
    for day in (almanac.FIRST - 1, almanac.FIRST + len(almanac.YEAR)):
        with pytest.raises(IndexError):
            almanac.year(np.array([day]))
