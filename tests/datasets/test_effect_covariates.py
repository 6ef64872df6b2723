"""The declared covariates: each has a function, and windows end before the start."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evalrapport.contracts.covariates import COVARIATES
from evalrapport.datasets.benefits import CODES, Benefits
from evalrapport.datasets.effect_covariates import (
    FROM_HISTORY,
    FROM_PEOPLE,
    Codes,
    History,
    before_start,
    from_people,
    history_of,
    match_at,
    spell,
)

KINDS = ("selvforsoergelse_su", "aktiv.vejledning")


def look(benefits: Benefits) -> Codes:
    kind = np.zeros(CODES, dtype=np.uint8)
    kind[730] = 1
    return Codes(benefits, kind, KINDS)


def history(benefits: Benefits, weeks: dict[int, int], months: dict[int, int]) -> History:
    """One person: {weeks before the start: code}, {months before the start: industry}."""
    codes = np.zeros((1, 270), dtype=np.uint16)
    industries = np.zeros((1, 55), dtype=np.int32)
    for back, code in weeks.items():
        codes[0, 265 - back] = code
    for back, industry in months.items():
        industries[0, 50 - back] = industry
    end = np.array([265]), np.array([50])
    return history_of(codes, industries, np.array([2]), *end, look(benefits))


def ask(function: str, told: History, **arguments: object) -> int:
    return int(np.asarray(FROM_HISTORY[function](told, **arguments))[0])


def test_every_covariate_names_a_function_and_another_column_to_merge_into() -> None:
    names = [covariate.name for covariate in COVARIATES]
    assert len(names) == len(set(names))
    for covariate in COVARIATES:
        assert covariate.function in {**FROM_HISTORY, **FROM_PEOPLE}
        assert covariate.merge_into is None or covariate.merge_into in names
        assert covariate.merge_into != covariate.name
        assert covariate.label
        assert covariate.reason


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
    assert ask("any_in_group", told, groups=["kontanthjaelp"], weeks=1) == 0
    assert ask("any_in_group", told, groups=["kontanthjaelp"], weeks=2) == 1


def test_activation_and_changes(benefits: Benefits) -> None:
    told = history(benefits, {1: 111, 2: 730, 3: 730}, {})
    assert ask("weeks_active", told, weeks=52) == 2
    assert ask("any_active", told, kinds=["aktiv.vejledning"], weeks=1) == 0
    assert ask("any_active", told, kinds=["aktiv.vejledning"], weeks=13) == 1
    assert ask("changes", told, weeks=52) == 2  # none to kontanthjælp to dagpenge


@pytest.mark.parametrize(("weeks", "length"), [("1110", 3), ("0111", 0), ("1111", 4)])
def test_a_spell_is_the_unbroken_run_up_to_the_start(weeks: str, length: int) -> None:
    supported = np.array([[letter == "1"] for letter in weeks])
    assert spell(supported).tolist() == [length]


def test_each_person_is_looked_at_from_an_own_end() -> None:
    by_period = np.array([[1, 10], [2, 20], [3, 30], [4, 40]])
    assert before_start(by_period, np.array([2, 4]), 2).tolist() == [[2, 40], [1, 30]]


def test_match_group_is_that_of_the_quarter_of_the_start() -> None:
    starts = np.array(["2012-03-31", "2012-04-01"], dtype="datetime64[D]")
    groups = np.array([[1, 2], [1, 2]], dtype=np.uint8)
    found = match_at(starts, [(1, 2012), (2, 2012)], groups)
    assert found.tolist() == [1, 2]


def test_who_a_person_is() -> None:
    people = pd.DataFrame(
        {
            "sex": [1, 2],
            "age": [19, 50],
            "origin_type": [2, 9],
            "civil_status": ["U", "G"],
            "partner_id": pd.array([None, 7], dtype="Int64"),
            "children": [0, 3],
            "education_level": ["grundskole", "uoplyst"],
        }
    )
    found = {name: values.tolist() for name, values in from_people(people).items()}
    assert found["man"] == [1, 0]
    assert found["age_squared"] == [361, 2500]
    assert found["age_16_19"] == [1, 0]
    assert found["age_50_64"] == [0, 1]
    assert found["immigrant"] == [1, 0]
    assert found["descendant"] == [0, 0]
    assert found["married"] == found["partner"] == found["two_children"] == [0, 1]
    assert found["education_basic"] == [1, 0]
    assert found["education_unknown"] == [0, 1]
