"""Named edge-case people: one for each rule that a step must get right, in every build.

Their person numbers run from 9999900001 in the order below: no real number, and none of the other
stand-in people's. `fate` says in words what must become of each, `expect` the same for tests:
`start`, `duration_days`, `parts`, `open_end`, `hours` of the first episode in the window
2012-01-01 to 2014-04-27 at gap 0; `recipient` whether the person is described in chapter 3
(resident at the start of the year); `benefit_code` in the week of the start; `treated` whether the
person belongs to the effect analysis (start 2012-02-01 to 2012-07-31, footnote 25).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FIRST_ID = 9_999_900_001
ALL_PERIODS = ("201112", "201212", "201312")


@dataclass(frozen=True)
class Episode:
    """One reported record; dates are ISO texts, an empty end is missing."""

    start: str
    end: str
    hours: float | None = 3.0
    kind: str = "1"
    municipality: int = 461


@dataclass(frozen=True)
class EdgeCase:
    """One named person. benefits: (first week, last week, code) by ISO texts such as 2012-W05."""

    id: str
    fate: str
    episodes: tuple[Episode, ...] = ()
    benefits: tuple[tuple[str, str, str], ...] = ()
    jobs: tuple[tuple[str, str], ...] = ()
    match: str = "2"
    visitation: str = ""  # at the end of the first quarter of 2014
    birth: str = "1980-05-15"
    sex: int = 1
    resident: tuple[str, ...] = ALL_PERIODS
    in_dream: bool = True
    education: str | None = "1007"
    education_source: str = "15"
    origin: tuple[int, int] = (1, 5100)
    expect: Mapping[str, Any] = field(default_factory=dict)


HELP = (("2010-W01", "2014-W17", "730"),)


def one(start: str, end: str, **more: Any) -> tuple[Episode, ...]:
    """A single episode."""
    return (Episode(start, end, **more),)


EDGE_CASES: tuple[EdgeCase, ...] = (
    EdgeCase(
        "adjacent_parts",
        "Hours change: the second part starts the day after the first ends. One episode of 90 days"
        " with the first part's hours (fn 8, fn 25; table 3.11 note 1).",
        (Episode("2012-03-05", "2012-04-18", 2.0), Episode("2012-04-19", "2012-06-02", 4.0)),
        HELP,
        expect={"recipient": True, "treated": True, "start": "2012-03-05", "duration_days": 90,
                "parts": 2, "hours": 2.0, "benefit_code": 730},
    ),
    EdgeCase(
        "gap_of_one_day",
        "One day lies between two episodes: not joined at gap 0. The first alone counts, 30 days.",
        (Episode("2012-03-01", "2012-03-30"), Episode("2012-04-01", "2012-05-30")),
        HELP,
        expect={"recipient": True, "treated": True, "start": "2012-03-01", "duration_days": 30,
                "parts": 1},
    ),
    EdgeCase(
        "overlapping_records",
        "Two records overlap: one episode from the first start to the last end, 45 days.",
        (Episode("2013-05-01", "2013-05-31"), Episode("2013-05-20", "2013-06-14")),
        HELP,
        expect={"recipient": True, "start": "2013-05-01", "duration_days": 45, "parts": 2},
    ),
    EdgeCase(
        "nested_record",
        "A short record lies inside a long one, a third follows the long one's end: one episode.",
        (Episode("2013-01-07", "2013-03-31"), Episode("2013-01-14", "2013-01-20"),
         Episode("2013-04-01", "2013-04-06")),
        HELP,
        expect={"recipient": True, "start": "2013-01-07", "duration_days": 90, "parts": 3},
    ),
    EdgeCase(
        "duplicate_record",
        "The same record twice under two ids: one episode of 60 days.",
        (Episode("2013-02-04", "2013-04-04"), Episode("2013-02-04", "2013-04-04")),
        HELP,
        expect={"recipient": True, "start": "2013-02-04", "duration_days": 60},
    ),
    EdgeCase(
        "three_parts_over_new_year",
        "Parts join across the year: the start year is 2012, the length 120 days.",
        (Episode("2012-11-01", "2012-12-31", 5.0), Episode("2013-01-01", "2013-01-31", 3.0),
         Episode("2013-02-01", "2013-02-28", 1.0)),
        HELP,
        expect={"recipient": True, "start": "2012-11-01", "duration_days": 120, "parts": 3,
                "hours": 5.0},
    ),
    EdgeCase(
        "carried_on_from_2011",
        "Begun on 1 December 2011 and joined to a part that starts in 2012: the episode starts"
        " before the window, so the person has none in it.",
        (Episode("2011-12-01", "2011-12-31"), Episode("2012-01-01", "2012-03-31")),
        HELP,
        expect={"recipient": False, "treated": False},
    ),
    EdgeCase(
        "earlier_episode_in_2011",
        "An episode in 2011 ended long before another starts in 2012: the later one is the first in"
        " the window.",
        (Episode("2011-03-01", "2011-05-31"), Episode("2012-05-07", "2012-06-30")),
        HELP,
        expect={"recipient": True, "treated": True, "start": "2012-05-07", "duration_days": 55},
    ),
    EdgeCase(
        "second_episode_ignored",
        "Two episodes a year apart: only the first in the window counts.",
        (Episode("2012-09-03", "2012-10-02"), Episode("2013-09-02", "2013-12-31")),
        HELP,
        expect={"recipient": True, "start": "2012-09-03", "duration_days": 30},
    ),
    EdgeCase(
        "first_day_of_window",
        "Starts on Sunday 1 January 2012, which lies in week y_1152: in the window, with the"
        " benefit of that week (sygedagpenge), not of y_1201 (kontanthjælp).",
        one("2012-01-01", "2012-01-30"),
        (("2011-W40", "2011-W52", "890"), ("2012-W01", "2014-W17", "730")),
        expect={"recipient": True, "treated": False, "start": "2012-01-01", "benefit_code": 890},
    ),
    EdgeCase(
        "iso_year_differs",
        "Starts on Monday 30 December 2013: start year 2013, start week y_1401.",
        one("2013-12-30", "2014-03-29"),
        (("2013-W01", "2013-W52", "111"), ("2014-W01", "2014-W17", "731")),
        expect={"recipient": True, "start": "2013-12-30", "benefit_code": 731,
                "duration_days": 90},
    ),
    EdgeCase(
        "last_day_of_window",
        "Starts on Sunday 27 April 2014, the window's last day: counts.",
        one("2014-04-27", "2014-10-23"),
        HELP,
        expect={"recipient": True, "start": "2014-04-27", "duration_days": 180},
    ),
    EdgeCase(
        "day_after_window",
        "Starts on 28 April 2014: outside the window.",
        one("2014-04-28", "2014-10-24"),
        HELP,
        expect={"recipient": False},
    ),
    EdgeCase(
        "one_day_episode",
        "Starts and ends on the same day: one day long.",
        one("2013-08-12", "2013-08-12"),
        HELP,
        expect={"recipient": True, "start": "2013-08-12", "duration_days": 1},
    ),
    EdgeCase(
        "open_end",
        "The end is missing: described by start, benefit and age, but without a length.",
        one("2013-06-03", ""),
        HELP,
        expect={"recipient": True, "start": "2013-06-03", "open_end": True},
    ),
    EdgeCase(
        "unreal_planned_end",
        "Planned for five years: kept as registered (fn 11), longer than 360 days.",
        one("2012-10-01", "2017-09-30"),
        HELP,
        expect={"recipient": True, "start": "2012-10-01", "duration_days": 1826},
    ),
    EdgeCase(
        "zero_hours",
        "0 hours a week: counted among 0 or unknown, left out of mean hours (table 3.11 note 2).",
        one("2014-02-03", "2014-05-03", hours=0.0),
        HELP,
        expect={"recipient": True, "start": "2014-02-03", "hours": 0.0, "duration_days": 90},
    ),
    EdgeCase(
        "missing_hours",
        "Hours are missing: counted among 0 or unknown.",
        one("2014-02-10", "2014-03-11", hours=None),
        HELP,
        expect={"recipient": True, "start": "2014-02-10", "hours": None, "duration_days": 30},
    ),
    EdgeCase(
        "pladsmentor",
        "A pladsmentor at a workplace.",
        one("2013-10-07", "2013-12-05", kind="2"),
        HELP,
        expect={"recipient": True, "start": "2013-10-07", "mentor_type": "plads",
                "duration_days": 60},
    ),
    EdgeCase(
        "not_resident",
        "Came to the country in March 2013 and starts in May: not resident at the start of 2013, so"
        " not described.",
        one("2013-05-06", "2013-08-03"),
        (("2013-W12", "2014-W17", "710"),),
        resident=("201312",),
        origin=(2, 5486),
        education=None,
        expect={"recipient": False},
    ),
    EdgeCase(
        "left_before_start_year",
        "Resident at the end of 2011 but gone at the end of 2012; a record starts in 2013 all the"
        " same: not described.",
        one("2013-03-04", "2013-05-02"),
        (("2012-W40", "2014-W17", "997"),),
        resident=("201112",),
        expect={"recipient": False},
    ),
    EdgeCase(
        "not_in_dream",
        "Resident but without a row in DREAM: described as self-supporting and without match group,"
        " not in table 3.9, not in the effect analysis.",
        one("2012-04-02", "2012-06-30"),
        in_dream=False,
        expect={"recipient": True, "treated": False, "in_dream": False, "start": "2012-04-02",
                "benefit_code": 0},
    ),
    EdgeCase(
        "efterloen_in_start_week",
        "On efterløn in the week of the start: described, but out of the effect analysis (fn 25).",
        one("2012-05-14", "2012-07-12"),
        (("2011-W01", "2014-W17", "621"),),
        birth="1950-03-01",
        match="0",
        expect={"recipient": True, "treated": False, "start": "2012-05-14", "benefit_code": 621},
    ),
    EdgeCase(
        "voksenlaerling_in_start_week",
        "Voksenlærling in the week of the start: under other benefits in table 3.1, out of the"
        " effect analysis (fn 25).",
        one("2012-06-04", "2012-08-02"),
        (("2011-W34", "2013-W30", "521"),),
        (("2011-09", "2013-07"),),
        match="1",
        expect={"recipient": True, "treated": False, "start": "2012-06-04", "benefit_code": 521},
    ),
    EdgeCase(
        "mentor_in_january_2012",
        "An episode in January 2012 and another that starts in March: described by the first, out"
        " of the effect analysis (fn 25, no mentor support in January 2012).",
        (Episode("2012-01-09", "2012-01-31"), Episode("2012-03-12", "2012-06-09")),
        HELP,
        expect={"recipient": True, "treated": False, "start": "2012-01-09", "duration_days": 23},
    ),
    EdgeCase(
        "mentor_from_2011_into_january_2012",
        "Support from November 2011 to 20 January 2012, then a new episode in April 2012: the first"
        " in the window, but out of the effect analysis (support in January 2012).",
        (Episode("2011-11-01", "2012-01-20"), Episode("2012-04-16", "2012-06-14")),
        HELP,
        expect={"recipient": True, "treated": False, "start": "2012-04-16", "duration_days": 60},
    ),
    EdgeCase(
        "fifteen_at_start_of_2012",
        "15 years old at the start of 2012 (under 16): described, out of the effect analysis.",
        one("2012-02-06", "2012-05-05"),
        birth="1996-06-20",
        match="0",
        education=None,
        expect={"recipient": True, "treated": False, "start": "2012-02-06", "age": 15,
                "benefit_code": 0},
    ),
    EdgeCase(
        "birthday_on_start_day",
        "Turns 25 on the day of the start: in the band 25-29.",
        one("2013-04-08", "2013-07-06"),
        HELP,
        birth="1988-04-08",
        expect={"recipient": True, "start": "2013-04-08", "age": 25},
    ),
    EdgeCase(
        "day_before_birthday",
        "Turns 25 the day after the start: in the band 20-24.",
        one("2013-04-08", "2013-07-06"),
        HELP,
        birth="1988-04-09",
        expect={"recipient": True, "start": "2013-04-08", "age": 24},
    ),
    EdgeCase(
        "over_64",
        "66 years old with folkepension: in the band over 64, outside the benefits of table 3.1.",
        one("2014-03-03", "2014-05-31"),
        (("2012-W10", "2014-W17", "998"),),
        birth="1947-03-03",
        match="0",
        expect={"recipient": True, "start": "2014-03-03", "age": 67, "benefit_code": 998},
    ),
    EdgeCase(
        "match_group_blank_in_2013",
        "Starts in 2014; match group blank in the last quarter of 2013 but 3 in the one before: the"
        " last one registered before 2014 counts (table 3.7 note 1).",
        one("2014-01-13", "2014-07-11"),
        HELP,
        match="3 to 2013Q3",
        expect={"recipient": True, "start": "2014-01-13", "duration_days": 180, "match_group": 3},
    ),
    EdgeCase(
        "self_reported_education",
        "An immigrant with a long education by self-report (HF_KILDE 17): education unknown (table"
        " 3.6 note 2).",
        one("2013-09-09", "2013-12-07"),
        HELP,
        origin=(2, 5436),
        education="600",
        education_source="17",
        expect={"recipient": True, "start": "2013-09-09", "education_category": "uoplyst"},
    ),
    EdgeCase(
        "unknown_education",
        "Not in the education register: education unknown.",
        one("2013-09-16", "2013-12-14"),
        HELP,
        education=None,
        expect={"recipient": True, "start": "2013-09-16", "education_category": "uoplyst"},
    ),
    EdgeCase(
        "every_week_on_benefit",
        "A benefit in all 260 weeks before the start: five years, not 4-4.99 (table 3.8).",
        one("2012-07-02", "2012-09-29"),
        (("2007-W01", "2014-W17", "730"),),
        match="3",
        expect={"recipient": True, "treated": True, "start": "2012-07-02",
                "weeks_on_support_260": 260, "months_employed_48": 0},
    ),
    EdgeCase(
        "never_on_benefit",
        "No benefit in the 260 weeks before and a job in all 48 months before the start.",
        one("2012-06-18", "2012-09-15"),
        jobs=(("2008-01", "2014-04"),),
        match="0",
        expect={"recipient": True, "treated": True, "start": "2012-06-18", "benefit_code": 0,
                "weeks_on_support_260": 0, "months_employed_48": 48},
    ),
    EdgeCase(
        "su_is_not_support",
        "SU in the start week: not public support in the comparison, row SU in table 3.1.",
        one("2012-09-10", "2012-12-08"),
        (("2011-W36", "2013-W26", "652"),),
        birth="1991-01-20",
        match="0",
        expect={"recipient": True, "start": "2012-09-10", "benefit_code": 652,
                "weeks_on_support_260": 0},
    ),
    EdgeCase(
        "job_and_benefit_in_one_month",
        "From August 2012 to the end a job every month and one week of sygedagpenge in March 2013:"
        " employed without benefit in all those months but that one.",
        one("2012-07-09", "2012-08-07"),
        (("2012-W20", "2012-W28", "730"), ("2013-W11", "2013-W11", "890")),
        (("2012-08", "2014-04"),),
        expect={"recipient": True, "treated": True, "start": "2012-07-09",
                "employed_without_benefit": {"2013-02": True, "2013-03": False,
                                             "2013-04": True}},
    ),
    EdgeCase(
        "last_day_of_effect_window",
        "Starts on 31 July 2012: treated.",
        one("2012-07-31", "2012-10-28"),
        HELP,
        expect={"recipient": True, "treated": True, "start": "2012-07-31"},
    ),
    EdgeCase(
        "day_after_effect_window",
        "Starts on 1 August 2012: not treated, and a control only if drawn as such.",
        one("2012-08-01", "2012-10-29"),
        HELP,
        expect={"recipient": True, "treated": False, "start": "2012-08-01"},
    ),
    EdgeCase(
        "sixty_five_at_start_of_2012",
        "65 years old at the start of 2012: described, out of the effect analysis (16-64 years).",
        one("2012-05-21", "2012-07-19"),
        birth="1946-11-11",
        match="0",
        expect={"recipient": True, "treated": False, "start": "2012-05-21", "age": 65,
                "benefit_code": 0},
    ),
    EdgeCase(
        "skaanejob",
        "Førtidspension with skånejob (781): one row in table 3.1, active in table 3.2.",
        one("2013-03-18", "2013-05-16"),
        (("2008-W01", "2014-W17", "781"),),
        (("2008-01", "2014-04"),),
        match="0",
        expect={"recipient": True, "start": "2013-03-18", "benefit_code": 781},
    ),
    EdgeCase(
        "wage_in_start_month_only",
        "Løntilskud (735) in the month of the start and no other: wages then (figure 3.3), but none"
        " in the 48 months before (table 3.9).",
        one("2013-11-11", "2014-02-08"),
        (("2010-W01", "2013-W44", "730"), ("2013-W45", "2013-W48", "735"),
         ("2013-W49", "2014-W17", "730")),
        (("2013-11", "2013-11"),),
        expect={"recipient": True, "start": "2013-11-11", "benefit_code": 735,
                "months_employed_48": 0, "employed_in_month": True},
    ),
    EdgeCase(
        "wage_until_the_month_before",
        "A job to the month before the start: no wage income in the month of it (figure 3.3), and 6"
        " months of the 48 before.",
        one("2013-11-18", "2014-02-15"),
        (("2013-W45", "2014-W17", "730"),),
        (("2013-05", "2013-10"),),
        expect={"recipient": True, "start": "2013-11-18", "months_employed_48": 6,
                "employed_in_month": False},
    ),
    EdgeCase(
        "ready_for_activity_at_quarter_end",
        "Starts on 17 February 2014; visitated as ready for activity at the end of the quarter"
        " (figure 3.1).",
        one("2014-02-17", "2014-08-17"),
        HELP,
        visitation="2",
        expect={"recipient": True, "start": "2014-02-17", "visitation": 2},
    ),
    EdgeCase(
        "april_start_before_quarter_end",
        "Starts in April 2014, whose quarter ends after the delivery: the group of the last quarter"
        " that it holds counts (uddannelsesparat).",
        one("2014-04-07", "2014-10-06"),
        (("2013-W01", "2013-W52", "730"), ("2014-W01", "2014-W17", "720")),
        birth="1991-09-12",
        visitation="4",
        expect={"recipient": True, "start": "2014-04-07", "benefit_code": 720, "visitation": 4},
    ),
    EdgeCase(
        "started_in_2013_without_visitation",
        "Starts in December 2013, before there were groups: not in figure 3.1, whatever the group"
        " in March 2014.",
        one("2013-12-02", "2014-06-01"),
        HELP,
        visitation="2",
        expect={"recipient": True, "start": "2013-12-02", "visitation": None},
    ),
    EdgeCase(
        "first_of_two_in_dragoer",
        "Dragør reports two episodes in all, of a few hours a week in half of 2013: the"
        " municipality that uses mentors least (figure 3.4), hidden in print as so few.",
        one("2013-02-04", "2013-08-04", hours=5.0, municipality=155),
        HELP,
        expect={"recipient": True, "start": "2013-02-04", "hours": 5.0, "duration_days": 182},
    ),
    EdgeCase(
        "second_of_two_in_dragoer",
        "The other of Dragør's two episodes.",
        one("2013-05-13", "2013-11-10", hours=7.0, municipality=155),
        HELP,
        expect={"recipient": True, "start": "2013-05-13", "hours": 7.0, "duration_days": 182},
    ),
    EdgeCase(
        "never_a_mentor",
        "On kontanthjælp at the start of March 2013 without any mentor: in both comparison groups.",
        (),
        HELP,
        expect={"recipient": False, "population": True, "publicly_supported": True,
                "kontanthjaelp": True},
    ),
    EdgeCase(
        "eighteen_on_reference_day",
        "18 years at the start of 2013 and on SU: in the population, not publicly supported.",
        (),
        (("2012-W36", "2014-W17", "652"),),
        birth="1994-12-31",
        match="0",
        expect={"recipient": False, "population": True, "publicly_supported": False,
                "kontanthjaelp": False},
    ),
)  # fmt: skip


def person_id(case: EdgeCase) -> int:
    """The person number of a case, as an integer."""
    return FIRST_ID + EDGE_CASES.index(case)


def by_id() -> dict[str, EdgeCase]:
    """All cases by their speaking id."""
    return {case.id: case for case in EDGE_CASES}
