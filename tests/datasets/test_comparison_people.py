"""The population aged 18-64 and its two comparison groups."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

from evalrapport.datasets.comparison_groups import parse_week, population, step, with_benefit
from evalrapport.errors import PlainError
from evalrapport.step import Job


def bef_rows() -> list[tuple]:
    ages = {1: 17, 2: 18, 3: 64, 4: 65, 5: 30, 6: 40}
    rows = [(201212, person, "1980-01-01", age, 1, 1) for person, age in ages.items()]
    return [*reversed(rows), (201312, 7, "1980-01-01", 33, 1, 1)]


def test_the_population_is_18_to_64_in_december_before(make_bef) -> None:
    assert population(make_bef(bef_rows()), 2013)["person_id"].tolist() == [2, 3, 5, 6]


def test_a_missing_period_is_named(make_bef) -> None:
    with pytest.raises(PlainError, match="BEF lacks the period 201012"):
        population(make_bef(bef_rows()), 2011)


def test_su_is_no_public_support_and_kontanthjaelp_is_a_part_of_it(
    make_bef, make_dream, benefits
) -> None:
    dream = make_dream(
        {
            2: {"y_1310": 651},
            3: {"y_1310": 111, "y_1309": 730},
            4: {"y_1310": 730},
            5: {"y_1310": 730},
        }
    )
    people = with_benefit(population(make_bef(bef_rows()), 2013), dream, (2013, 10), benefits)
    assert people["publicly_supported"].tolist() == [False, True, True, False]
    assert people["kontanthjaelp"].tolist() == [False, False, True, False]
    assert people["in_dream"].tolist() == [True, True, True, False]
    assert people["benefit_group"].tolist()[0] == "su"


def test_the_week_of_a_setting() -> None:
    assert parse_week("2013-W10") == (2013, 10)


def test_the_step(tmp_path, make_bef, make_udda, make_dream) -> None:
    (tmp_path / "codes.csv").write_text(
        "code,benefit_group,public_support\n730,kontanthjaelp,yes\n"
    )
    (tmp_path / "levels.csv").write_text("level,report_category\n10,grundskole\n")
    (tmp_path / "sources.csv").write_text("code,self_reported_by_immigrants\n17,yes\n")
    inputs = {
        "bef": make_bef(bef_rows()),
        "udda": make_udda([(201209, 2, 15, "10"), (201109, 3, 15, "10")]),
        "dream": make_dream({5: {"y_1310": 730, "match_1kv2013": 3, "match_2kv2013": 1}}),
        "benefit_codes": tmp_path / "codes.csv",
        "education_levels": tmp_path / "levels.csv",
        "education_sources": tmp_path / "sources.csv",
    }
    settings = {
        "reference_day": "2013-03-01",
        "reference_week": "2013-W10",
        "benefit_grouping": "sfi_15_10",
    }
    output = {"comparison_groups": tmp_path / "out.parquet"}
    step(Job("datasets.comparison_groups", inputs, output, settings))
    found = pq.read_table(tmp_path / "out.parquet").to_pydict()
    assert found["person_id"] == [2, 3, 5, 6]
    assert found["education_level"] == ["grundskole", "uoplyst", "uoplyst", "uoplyst"]
    assert found["match_group"] == [0, 0, 3, 0]
    assert found["kontanthjaelp"] == [False, False, True, False]
