"""The declared covariates: each has a function, and windows end before the start."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evalrapport.contracts.covariates import (
    COVARIATES,
    EFFECT_BACKGROUND,
    EFFECT_COVARIATES,
    SECTIONS,
    Covariate,
)
from evalrapport.contracts.sources import GROUPS
from evalrapport.datasets.benefits import CODES, Benefits
from evalrapport.datasets.covariate_functions import FROM_HISTORY, FROM_YEAR, of_year
from evalrapport.datasets.effect_covariates import Codes, calendar_of, match_at
from evalrapport.datasets.history import History, between, latest, places, running

KINDS = ("selvforsoergelse_su", "aktiv.vejledning")


def look(benefits: Benefits) -> Codes:
    kind = np.zeros(CODES, dtype=np.uint8)
    kind[730] = 1
    return Codes(benefits, kind, KINDS)


def history(benefits: Benefits, weeks: dict[int, int], months: dict[int, int]) -> History:
    """One person: {weeks before the start: code}, {months before the start: industry}."""
    codes = np.zeros((270, 1), dtype=np.uint16)
    industries = np.zeros((55, 1), dtype=np.int32)
    for back, code in weeks.items():
        codes[265 - back] = code
    for back, industry in months.items():
        industries[50 - back] = industry
    calendar = calendar_of(codes, industries, look(benefits))
    return History(calendar, np.array([265]), np.array([50]), np.array([2]))


def ask(function: str, told: History, **arguments: object) -> int:
    return int(np.asarray(FROM_HISTORY[function](told, **arguments))[0])


def test_every_covariate_names_a_function_and_another_column_to_merge_into() -> None:
    names = [covariate.name for covariate in COVARIATES]
    assert len(names) == len(set(names))
    for covariate in COVARIATES:
        functions = FROM_HISTORY if covariate.at == "start" else FROM_YEAR
        assert covariate.function in functions
        assert covariate.merge_into is None or covariate.merge_into in names
        assert covariate.merge_into != covariate.name
        assert covariate.needs is None or covariate.needs in GROUPS
        for words in (covariate.label, covariate.reason, covariate.missing, covariate.definition):
            assert words


def test_merging_never_goes_in_a_circle() -> None:
    into = {covariate.name: covariate.merge_into for covariate in COVARIATES}
    for name in into:
        seen = [name]
        while (following := into[seen[-1]]) is not None:
            assert following not in seen
            seen.append(following)


def test_there_are_as_many_as_the_issue_asks_for_under_headings() -> None:
    assert 120 <= sum(covariate.in_model for covariate in COVARIATES) <= 150
    assert {c.heading for c in COVARIATES} == {section.id for section in SECTIONS}
    of_year_ = {c.name for c in COVARIATES if c.at == "year"}
    assert set(EFFECT_BACKGROUND.names) == {"person_id", *of_year_}
    assert set(EFFECT_COVARIATES.names) == {"person_id", *(c.name for c in COVARIATES)}


def test_every_optional_group_gives_covariates() -> None:
    assert {covariate.needs for covariate in COVARIATES} - {None} == set(GROUPS)


def test_windows_end_the_week_before_the_start(benefits: Benefits) -> None:
    told = history(benefits, {0: 730, 1: 730, 52: 730, 53: 730}, {0: 9, 1: 9, 12: 9, 13: 9})
    assert ask("weeks_supported", told, weeks=1) == 1
    assert ask("weeks_supported", told, weeks=52) == 2
    assert ask("weeks_supported", told, weeks=260) == 3
    assert ask("months_employed", told, months=12) == 2
    assert ask("months_employed", told, months=48) == 3


def test_su_is_no_support_but_a_group_of_its_own(benefits: Benefits) -> None:
    told = history(benefits, {1: 651, 2: 730}, {})
    assert ask("weeks_supported", told, weeks=13) == 1
    assert ask("weeks_in_group", told, groups=["su"], weeks=13) == 1
    assert ask("any_in_group", told, groups=["kontanthjaelp"], first=0, last=1) == 0
    assert ask("any_in_group", told, groups=["kontanthjaelp"], first=0, last=2) == 1


def test_activation_and_changes(benefits: Benefits) -> None:
    told = history(benefits, {1: 111, 2: 730, 3: 730}, {})
    assert ask("weeks_active", told, weeks=52) == 2
    assert ask("any_active", told, kinds=["aktiv.vejledning"], weeks=1) == 0
    assert ask("any_active", told, kinds=["aktiv.vejledning"], weeks=13) == 1
    assert ask("changes", told, weeks=52) == 2  # none to kontanthjælp to dagpenge


@pytest.mark.parametrize(("weeks", "length"), [("0111", 3), ("1110", 0), ("1111", 4), ("0011", 2)])
def test_a_spell_is_the_unbroken_run_up_to_the_start(weeks: str, length: int) -> None:
    broken = np.array([[letter == "0"] for letter in weeks])
    assert len(weeks) - latest(broken)[-1].item() == length


def test_each_person_is_looked_at_from_an_own_start() -> None:
    flags = np.array([[1, 0], [0, 0], [1, 1], [1, 1]], dtype=bool)
    at = places(np.array([2, 4]))
    assert between(running(flags), at, 0, 2).tolist() == [1, 2]
    assert between(running(flags), at, 1, 2).tolist() == [1, 1]


def test_match_group_is_that_of_the_quarter_of_the_start() -> None:
    starts = np.array(["2012-03-31", "2012-04-01"], dtype="datetime64[D]")
    groups = np.array([[1, 2], [1, 2]], dtype=np.uint8)
    found = match_at(starts, [(1, 2012), (2, 2012)], groups)
    assert found.tolist() == [1, 2]


def test_quarters_before_the_start_are_thirteen_weeks_each(benefits: Benefits) -> None:
    told = history(benefits, {14: 730}, {})
    declared = {c.name: c for c in COVARIATES}
    found = [
        ask("any_in_group", told, **declared[name].arguments)
        for name in ("kontanthjaelp_quarter", "kontanthjaelp_quarter_2", "kontanthjaelp_quarter_3")
    ]
    assert found == [0, 1, 0]


def test_a_move_goes_from_the_earlier_week_to_the_later(benefits: Benefits) -> None:
    told = history(benefits, {5: 730, 6: 0, 7: 0}, {})
    assert ask("moved", told, groups=["selvforsoergelse"], then=["kontanthjaelp"], weeks=52) == 1
    assert ask("moved", told, groups=["kontanthjaelp"], then=["selvforsoergelse"], weeks=52) == 1
    assert ask("moved", told, groups=["kontanthjaelp"], then=["selvforsoergelse"], weeks=4) == 0
    ongoing = history(benefits, dict.fromkeys(range(1, 200), 730), {})
    assert ask("moved", ongoing, groups=["kontanthjaelp"], then=["selvforsoergelse"], weeks=52) == 0


def test_long_spells_and_none(benefits: Benefits) -> None:
    year = history(benefits, dict.fromkeys(range(1, 53), 730), {})
    over = history(benefits, dict.fromkeys(range(1, 54), 730), {})
    ever = history(benefits, dict.fromkeys(range(1, 261), 730), {})
    assert [ask("spell_over", told, weeks=52) for told in (year, over, ever)] == [0, 1, 1]
    assert [ask("spell_over", told, weeks=259) for told in (over, ever)] == [0, 1]
    assert [
        ask("never_supported", told, weeks=260) for told in (year, history(benefits, {}, {}))
    ] == [
        0,
        1,
    ]


def test_months_since_a_job_are_at_most_those_looked_at(benefits: Benefits) -> None:
    assert ask("months_since_job", history(benefits, {}, {3: 9, 20: 9})) == 2
    assert ask("months_since_job", history(benefits, {}, {})) == 48
    assert ask("never_employed", history(benefits, {}, {49: 9})) == 1


@pytest.mark.parametrize("wide", [255, 256, 259, 260])
def test_counts_hold_more_than_a_byte(wide: int) -> None:
    counts = running(np.ones((300, 2), dtype=bool))
    assert between(counts, places(np.array([265, 300])), 0, wide).tolist() == [wide, wide]


def test_one_calendar_tells_of_any_number_of_starts(benefits: Benefits) -> None:
    codes = np.zeros((300, 3), dtype=np.uint16)
    codes[280:] = 730
    calendar = calendar_of(codes, np.zeros((60, 3), dtype=np.int32), look(benefits))
    for weeks in ([265, 281, 299], [299, 280, 282]):
        told = History(calendar, np.array(weeks), np.full(3, 50), np.zeros(3))
        found = FROM_HISTORY["spell_weeks"](told)
        assert found.tolist() == [max(week - 280, 0) for week in weeks]


def people() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "sex": [1, 2],
            "age": [19, 50],
            "origin_type": [2, 9],
            "country_group": ["middle_east", ""],
            "years_here": [7, -1],
            "civil_status": ["U", "G"],
            "has_partner": [0, 1],
            "children": [0, 3],
            "youngest_child": [99, 6],
            "education_level": ["grundskole", "uoplyst"],
        }
    )


def test_who_a_person_is() -> None:
    found = {name: values.tolist() for name, values in of_year(people()).items()}
    assert found["man"] == [1, 0]
    assert found["age_squared"] == [361, 2500]
    assert found["age_16_19"] == [1, 0]
    assert found["age_50_64"] == [0, 1]
    assert found["immigrant"] == found["country_middle_east"] == found["here_5_9"] == [1, 0]
    assert found["descendant"] == [0, 0]
    assert found["married"] == found["partner"] == found["two_children"] == [0, 1]
    assert found["youngest_3_6"] == [0, 1]
    assert found["education_basic"] == [1, 0]
    assert found["education_unknown"] == [0, 1]


def test_without_a_register_its_covariates_are_zero_for_all() -> None:
    found = of_year(people())
    health = [c for c in COVARIATES if c.needs == "health"]
    assert health
    for covariate in health:
        assert not found[covariate.name].any()


@pytest.mark.parametrize("covariate", COVARIATES, ids=lambda covariate: covariate.name)
def test_a_covariate_fits_the_type_that_it_is_stored_in(covariate: Covariate) -> None:
    if covariate.function == "number":
        limit = {"count": 32_767, "amount": 2**31 - 1}[covariate.kind]
        assert covariate.arguments["most"] <= limit
