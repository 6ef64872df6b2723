"""Every rule that the sources state has a named person on either side of it; the test lists those
without one. A new rule is a new line here and a new person in `edge_cases`."""

from evalrapport.sources.stand_in.edge_cases import by_id

# Rule, with its place in SFI 15:10 → the people who show it.
RULES = {
    "parts that follow directly are one episode (fn 8, 25)": ("adjacent_parts",),
    "parts with a day between are not (fn 8)": ("gap_of_one_day",),
    "overlapping, nested and doubled records are one episode": (
        *("overlapping_records", "nested_record", "duplicate_record"),
    ),
    "the year is that of the episode's start (ch. 3)": (
        *("three_parts_over_new_year", "iso_year_differs"),
    ),
    "only the first episode that starts in the window (ch. 3)": (
        *("second_episode_ignored", "earlier_episode_in_2011", "carried_on_from_2011"),
    ),
    "the window's days, both included (ch. 3)": (
        *("first_day_of_window", "last_day_of_window", "day_after_window"),
    ),
    "resident at the start of the year (ch. 3)": ("not_resident", "left_before_start_year"),
    "benefit of the week of the start (table 3.1)": ("first_day_of_window", "iso_year_differs"),
    "SU is no public support (table 3.1 note 1)": ("su_is_not_support",),
    "voksenlærlinge among the self-supporting in 3.2 (note 2)": ("voksenlaerling_in_start_week",),
    "skånejob is active (table 3.2)": ("skaanejob",),
    "age at the start, by bands (table 3.3)": (
        *("birthday_on_start_day", "day_before_birthday", "over_64", "fifteen_at_start_of_2012"),
    ),
    "comparison groups primo 2013 and March 2013 (notes 1)": (
        *("never_a_mentor", "eighteen_on_reference_day"),
    ),
    "immigrants' own education counts as unknown (table 3.6 note 2)": (
        *("self_reported_education", "unknown_education"),
    ),
    "last match group before 2014 (table 3.7)": ("match_group_blank_in_2013",),
    "not in DREAM: self-supporting, no match group (table 3.7 note 2)": ("not_in_dream",),
    "260 weeks before the start (table 3.8 note 1)": ("every_week_on_benefit", "never_on_benefit"),
    "48 months before the start (table 3.9 note 1)": ("never_on_benefit", "every_week_on_benefit"),
    "kind of mentor (table 3.10)": ("pladsmentor",),
    "hours at the start (table 3.11 note 1)": ("adjacent_parts",),
    "means over hours above 0 (table 3.11 note 2)": ("zero_hours", "missing_hours"),
    "durations as registered, long plans kept (fn 11)": (
        *("unreal_planned_end", "one_day_episode", "open_end"),
    ),
    "16-64 years at the start of 2012 (fn 25)": (
        *("fifteen_at_start_of_2012", "sixty_five_at_start_of_2012"),
    ),
    "start from February to July 2012 (fn 25)": (
        *("last_day_of_effect_window", "day_after_effect_window"),
    ),
    "not on efterløn, in voksenlærlinge and such (fn 25)": (
        *("efterloen_in_start_week", "voksenlaerling_in_start_week"),
    ),
    "no mentor in January 2012 (fn 25)": (
        *("mentor_in_january_2012", "mentor_from_2011_into_january_2012"),
    ),
    "visitation group at the end of the quarter, from 2014 (figure 3.1)": (
        *("ready_for_activity_at_quarter_end", "april_start_before_quarter_end"),
        "started_in_2013_without_visitation",
    ),
    "wage income in the month of the start (figure 3.3)": (
        *("wage_in_start_month_only", "wage_until_the_month_before"),
    ),
    "municipality of the episode (figure 3.4)": (
        *("first_of_two_in_dragoer", "second_of_two_in_dragoer"),
    ),
    "employed without benefit in the same month (figure 5.1)": ("job_and_benefit_in_one_month",),
}


def test_no_rule_lacks_a_person():
    known = by_id()
    lacking = [rule for rule, people in RULES.items() if not set(people) & set(known)]
    assert not lacking
    unknown = {name for people in RULES.values() for name in people} - set(known)
    assert not unknown


def test_no_person_is_without_a_rule():
    named = {name for people in RULES.values() for name in people}
    assert not set(by_id()) - named
