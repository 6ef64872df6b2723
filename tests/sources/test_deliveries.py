"""One delivery of DREAM is read, with its own columns and the codes that are valid in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import evalrapport.contracts as contracts
from evalrapport import config, deliveries
from evalrapport.contracts.sources import dream
from evalrapport.errors import PlainError
from evalrapport.sources.code_validity import misplaced

CODES = {path.stem: path for path in (Path(contracts.__file__).parent / "codes").glob("*.csv")}


def settings(tmp_path: Path, *named: str, real: bool = True) -> config.Config:
    study: dict[str, Any] = {
        "report": "report/evaluering",
        "window": {"first_day": "2012-01-01", "last_day": "2014-04-27"},
        "reference_week": "2013-W10",
        "reference_day": "2013-03-01",
    }
    folders = {"dream": str(tmp_path)} if real else {}
    studies = {f"s{n}": study | {"dream_delivery": name} for n, name in enumerate(named)}
    return config.check({"date": "2026-11-23", "studies": studies, "sources": {"folders": folders}})


def test_the_delivery_that_config_names_is_the_file_that_is_read(tmp_path: Path) -> None:
    found = deliveries.declared(settings(tmp_path, "201511"), "dream")
    assert found.files == {"201511": "dream201511"}
    assert found.columns[-2].name == "NYKOM2015"
    assert deliveries.told(settings(tmp_path, "201511"), "dream") == {"delivery": "201511"}


def test_two_deliveries_in_one_project_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PlainError, match="s0: 201404, s1: 201511"):
        deliveries.delivery_of_dream(settings(tmp_path, "201404", "201511"))


def test_stand_in_people_are_of_one_delivery(tmp_path: Path) -> None:
    with pytest.raises(PlainError, match="made in delivery 201404 only"):
        deliveries.delivery_of_dream(settings(tmp_path, "201511", real=False))


def test_match_groups_end_and_visitation_goes_on() -> None:
    assert dream.match_columns("202112")[-1] == "match_4kv2019"
    assert dream.visitation_columns("202112")[-1] == "visit_4kv2021"


@pytest.mark.parametrize(
    ("week", "code", "delivery", "check"),
    [
        ("Y_1210", "112", "201404", None),
        ("Y_1210", "112", "201803", "code_delivery"),  # rewritten, in old weeks too
        ("Y_1210", "115", "201404", "code_delivery"),
        ("Y_1210", "115", "201803", None),
        ("Y_1252", "810", "201404", "code_week"),
        ("Y_1301", "810", "201404", None),
        ("Y_1401", "720", "201404", None),  # 30 December 2013 to 5 January 2014
        ("Y_1352", "720", "201404", "code_week"),
        ("Y_1210", "870", "201404", "code_delivery"),
        ("Y_1210", "730", "202601", None),
    ],
)
def test_codes_and_when_they_are_valid(
    week: str, code: str, delivery: str, check: str | None
) -> None:
    (column,) = [c for c in dream.register(delivery).columns if c.name == week]
    assert misplaced(column, CODES, delivery).get(code) == check
