"""Visitation groups from 2014: dataset and figure 3.1's numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import evalrapport.contracts as contracts
from evalrapport.config import VISITATION_CODES
from evalrapport.contracts.result_table import from_yaml
from evalrapport.contracts.sources.dream import visitation_columns
from evalrapport.datasets.visitation_groups import quarters_held, step, visitation_at
from evalrapport.errors import PlainError
from evalrapport.results.visitation import estimate
from evalrapport.step import Job

FIRST = 2014 * 4  # the first quarter of 2014, counted from year 0


@pytest.mark.parametrize(
    ("day", "group"), [("2014-01-01", 2), ("2014-03-31", 2), ("2014-04-01", 5), ("2014-09-01", 5)]
)
def test_the_group_at_the_end_of_the_quarter_or_the_last_held(day: str, group: int) -> None:
    days = np.array([day], dtype="datetime64[D]")
    assert visitation_at(days, np.array([[2, 5]], dtype=np.uint8), FIRST).tolist() == [group]


def test_a_delivery_holds_the_quarters_that_have_ended() -> None:
    assert visitation_columns("201404") == ["visit_1kv2014"]
    assert visitation_columns("201406") == ["visit_1kv2014", "visit_2kv2014"]
    assert visitation_columns("201312") == []


def dream(folder: Path, groups: list[int | None]) -> Path:
    table = pa.table({"person_id": [1, 2, 3], "visit_1kv2014": pa.array(groups, pa.uint8())})
    pq.write_table(table, folder / "dream.parquet")
    return folder / "dream.parquet"


def test_a_delivery_without_visitation_is_refused_plainly(tmp_path: Path) -> None:
    with pytest.raises(PlainError, match="VISIT_1KV2014"):
        quarters_held(dream(tmp_path, [None, None, None]))


def test_those_who_start_from_2014_on_have_a_row(tmp_path: Path) -> None:
    starts = pd.to_datetime(["2013-12-31", "2014-01-01", "2014-04-27", "2014-02-01"])
    people = pd.DataFrame({"person_id": [1, 2, 3, 9], "start_date": starts})
    people.assign(start_year=starts.year).to_parquet(tmp_path / "recipients.parquet")
    inputs = {"recipients": tmp_path / "recipients.parquet", "dream": dream(tmp_path, [1, 2, 5])}
    step(
        Job(
            "datasets.visitation_groups",
            inputs,
            {"visitation_groups": tmp_path / "visitation.parquet"},
        )
    )
    found = pd.read_parquet(tmp_path / "visitation.parquet")
    groups = dict(zip(found["person_id"], found["visitation"], strict=True))
    assert groups == {2: 2, 3: 5, 9: 0}  # 9 is not in DREAM


def test_shares_of_2014_starters() -> None:
    contract = from_yaml(Path(contracts.__file__).parent / "tables" / "visitation.yaml")
    recipients = pd.DataFrame({"start_year": 2014, "visitation": [2, 2, 5, 1, 0]})
    found = estimate(recipients, contract, VISITATION_CODES).set_index("row")["value"]
    assert found["aktivitetsparat"] == 60
    assert found["aktivitetsparat.uddannelseshjaelp"] == 20
    assert found["ikke_visiteret"] == 20
    assert found["uddannelsesparat"] == 0
    assert found["i_alt"] == 100


def test_other_codes_in_a_delivery_are_a_setting() -> None:
    contract = from_yaml(Path(contracts.__file__).parent / "tables" / "visitation.yaml")
    recipients = pd.DataFrame({"start_year": 2014, "visitation": [21, 21, 1]})
    codes = {**VISITATION_CODES, "aktivitetsparat.kontanthjaelp": 21}
    found = estimate(recipients, contract, codes).set_index("row")["value"]
    assert found["aktivitetsparat"] == pytest.approx(200 / 3)
