"""Weeks, months and quarters as the registers name them.

DREAM's week columns are exactly ISO 8601 weeks; the label's year is the ISO year, so 30 December
2013 lies in `y_1401` and 1 January 2012 in `y_1152`. Two-digit years sort wrongly by name
(`y_9132` after `y_1417`): always go through (year, week).
"""

from __future__ import annotations

from datetime import date, timedelta

Week = tuple[int, int]
Month = tuple[int, int]


def week_of(day: date) -> Week:
    """The ISO (year, week) of a day."""
    iso = day.isocalendar()
    return iso.year, iso.week


def week_monday(year: int, week: int) -> date:
    """The Monday that begins an ISO week."""
    return date.fromisocalendar(year, week, 1)


def week_column(year: int, week: int) -> str:
    """DREAM's column name of a week, in lower case: (2013, 10) is `y_1310`."""
    return f"y_{year % 100:02d}{week:02d}"


def column_week(column: str) -> Week:
    """The ISO (year, week) of a DREAM week column; 1991-2090."""
    year = int(column[2:4])
    return (1900 + year if year > 90 else 2000 + year), int(column[4:6])


def weeks_between(first: Week, last: Week) -> list[Week]:
    """All ISO weeks from `first` to `last`, both included."""
    monday, end = week_monday(*first), week_monday(*last)
    weeks = []
    while monday <= end:
        weeks.append(week_of(monday))
        monday += timedelta(days=7)
    return weeks


def month_column(stem: str, year: int, month: int) -> str:
    """DREAM's column name of a month: ("branche", 2012, 3) is `branche_2012_03`."""
    return f"{stem}_{year:04d}_{month:02d}"


def months_between(first: Month, last: Month) -> list[Month]:
    """All months from `first` to `last`, both included."""
    start, end = first[0] * 12 + first[1] - 1, last[0] * 12 + last[1] - 1
    return [(index // 12, index % 12 + 1) for index in range(start, end + 1)]


def add_months(month: Month, count: int) -> Month:
    """The month `count` months later (earlier if negative)."""
    index = month[0] * 12 + month[1] - 1 + count
    return index // 12, index % 12 + 1


def quarter_of(day: date) -> tuple[int, int]:
    """The (quarter, year) of a day."""
    return (day.month - 1) // 3 + 1, day.year


def match_column(quarter: int, year: int) -> str:
    """DREAM's column name of a quarter's match group: (1, 2013) is `match_1kv2013`."""
    return f"match_{quarter}kv{year:04d}"


def week_month(year: int, week: int) -> Month:
    """The month in which the Thursday of an ISO week lies.

    Source: DREAMtoolsR puts a week in the month of its Thursday; SFI 15:10 does not say which rule
    it used.
    """
    thursday = date.fromisocalendar(year, week, 4)
    return thursday.year, thursday.month


def week_months(year: int, week: int) -> list[Month]:
    """The one or two months in which a week has a day."""
    first = date.fromisocalendar(year, week, 1)
    last = date.fromisocalendar(year, week, 7)
    return sorted({(first.year, first.month), (last.year, last.month)})
