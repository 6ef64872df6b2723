"""Danish print forms."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalrapport import danish
from evalrapport.errors import PlainError


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (4.9, 1, "4,9"),
        ("43485", 0, "43.485"),
        (1234567.891, 2, "1.234.567,89"),
        (-1.25, 1, "−1,3"),
        (0.125, 2, "0,13"),  # half up on the digits as written, not on the binary number
        (2.675, 2, "2,68"),
        (-0.04, 1, "0,0"),  # nothing is printed as minus zero
        (0, 1, "0,0"),
        (999.95, 1, "1.000,0"),
    ],
)
def test_numbers_have_decimal_comma_thousands_point_and_real_minus(
    value: float, decimals: int, text: str
) -> None:
    assert danish.number(value, decimals) == text


def test_a_sign_is_printed_when_asked_for_but_not_on_zero() -> None:
    assert danish.number(1.3, 1, sign=True) == "+1,3"
    assert danish.number(-1.3, 1, sign=True) == "−1,3"
    assert danish.number(0.01, 1, sign=True) == "0,0"


def test_years_are_printed_ungrouped() -> None:
    assert danish.number(2013, grouped=False) == "2013"


@pytest.mark.parametrize("value", ["", "abc", "nan", "inf"])
def test_what_is_not_a_number_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="number"):
        danish.number(value)


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_a_printed_whole_number_reads_back(value: int) -> None:
    text = danish.number(value)
    assert int(text.replace(".", "").replace(danish.MINUS, "-")) == value


def test_units_follow_after_a_no_break_space_and_agree_in_number() -> None:
    assert danish.quantity(4.9, "pct", 1) == "4,9\u00a0pct."
    assert danish.quantity(1, "dage") == "1\u00a0dag"
    assert danish.quantity(0.9, "dage") == "1\u00a0dag"  # agrees with what is printed
    assert danish.quantity(-1, "maaneder") == "−1\u00a0måned"
    assert danish.quantity(1.5, "maaneder", 1) == "1,5\u00a0måneder"
    assert danish.quantity(3, "antal") == "3"


def test_an_unknown_unit_names_the_unit_and_the_place() -> None:
    with pytest.raises(PlainError, match=r"“skæpper”.*danish\.py"):
        danish.unit_text("skæpper")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "nul"),
        (1, "en"),
        (12, "tolv"),
        (21, "enogtyve"),
        (50, "halvtreds"),
        (99, "nioghalvfems"),
        (100, "et hundrede"),
        (105, "et hundrede og fem"),
        (223, "to hundrede og treogtyve"),
        (1000, "et tusind"),
        (6487, "seks tusind fire hundrede og syvogfirs"),
    ],
)
def test_number_words(value: int, words: str) -> None:
    assert danish.number_word(value) == words


def test_number_words_know_gender_and_their_reach() -> None:
    assert danish.number_word(1, neuter=True) == "et"
    with pytest.raises(ValueError, match="999"):
        danish.number_word(-1)


def test_number_words_are_all_different() -> None:
    assert len({danish.number_word(value) for value in range(2000)}) == 2000


def test_approximate_says_on_which_side() -> None:
    assert danish.approximate(34.6) == "knap\u00a035"
    assert danish.approximate(34.4) == "godt\u00a034"
    assert danish.approximate(35.0) == "35"
    assert danish.approximate(43485, to=1000) == "godt\u00a043.000"
    assert danish.approximate(-0.22, to="0.1", decimals=1) == "godt\u00a0−0,2"


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (24.1, "knap\u00a0en fjerdedel"),
        (50, "halvdelen"),
        (33.3, "en tredjedel"),
        (34, "godt\u00a0en tredjedel"),
        (41, None),
    ],
)
def test_shares_in_words(percent: float, words: str | None) -> None:
    assert danish.share_words(percent) == words


def test_dates_months_and_periods() -> None:
    assert danish.day_text(date(2013, 3, 1)) == "1.\u00a0marts 2013"
    assert danish.month_text(2014, 4) == "april 2014"
    assert (
        danish.period_text(date(2012, 1, 1), date(2014, 4, 27))
        == "1.\u00a0januar 2012 til 27.\u00a0april 2014"
    )
    assert (
        danish.period_text(date(2012, 2, 1), date(2012, 7, 31))
        == "1.\u00a0februar til 31.\u00a0juli 2012"
    )


def test_lists_and_runs() -> None:
    assert danish.listing([]) == ""
    assert danish.listing(["a"]) == "a"
    assert danish.listing(["a", "b", "c"]) == "a, b og c"
    assert danish.runs([8, 6, 7, 11, 13, 14]) == "6–8, 11 og 13–14"


def test_capitals_leave_abbreviations_alone() -> None:
    assert danish.capitalised("su og andet") == "Su og andet"
    assert danish.capitalised("SU") == "SU"
