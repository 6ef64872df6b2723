"""The page of what the sources leave open: which numbers move, and which share most."""

from validation import choices

KEYS = ("value", "text", "status", "unit")


def cell(value, unit="pct", status="ok"):
    return dict(zip(KEYS, (value, "", status, unit), strict=True))


BEFORE = {
    ("alder", "unge", "alle", "andel"): cell("10.0"),
    ("alder", "gamle", "alle", "andel"): cell("2.0"),
    ("alder", "i_alt", "alle", "antal"): cell("900", unit="personer"),
    ("koen", "maend", "alle", "andel"): cell("50.0"),
}


def test_what_moves_is_counted_and_the_largest_share_named():
    after = BEFORE | {
        ("alder", "unge", "alle", "andel"): cell("10.4"),
        ("alder", "gamle", "alle", "andel"): cell("", status="suppressed"),
        ("alder", "i_alt", "alle", "antal"): cell("990", unit="personer"),
    }
    row = choices.line(choices.CHOICES[0], BEFORE, "2013-W10", after)
    assert row.endswith("| 3 of 4 | 1 | 0.4 points: alder unge@alle |\n")


def test_where_nothing_moves_that_is_said():
    row = choices.line(choices.CHOICES[0], BEFORE, "2013-W10", BEFORE)
    assert row.endswith("| 0 of 4 | 0 | none |\n")


def test_every_choice_is_a_setting_of_the_study_with_another_value():
    for choice in choices.CHOICES:
        chosen = choices.place_of(choice, choices.study())[choice.setting[-1]]
        assert str(chosen) != choice.instead
