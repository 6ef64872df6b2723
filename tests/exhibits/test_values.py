"""Numbers under their addresses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tiny import CONTRACT, write_released

from evalrapport.errors import PlainError
from evalrapport.exhibits.released import Released, read_released
from evalrapport.exhibits.values import named_values, step
from evalrapport.step import Job


def test_an_address_leads_to_all_that_is_known_of_a_cell(table: Released) -> None:
    assert named_values([table])["proeve klare.ja@a andel"] == {
        "value": 43.5,
        "text": "43,5",
        "unit": "pct",
        "unit_text": "pct.",
        "decimals": 1,
        "n": 1234,
        "lower": None,
        "upper": None,
        "status": "ok",
        "labels": {
            "group": "Klarer borgeren mere?",
            "row": "Ja",
            "span": "Borgere",
            "column": "Gruppe A",
        },
        "published_as": "SFI 15:10, tabel 9.9",
        "disclosure_class": "survey",
        "data_status": "stand_in",
    }


def test_a_suppressed_cell_has_a_sign_and_no_value(table: Released) -> None:
    hidden = named_values([table])["proeve klare.nej@b andel"]
    assert (hidden["value"], hidden["text"], hidden["status"]) == (None, "·", "suppressed")


def test_intervals_are_kept(tmp_path: Path) -> None:
    cells = [("klare.ja", "a", "andel", "-1.5", "pctpoint", "90", "ok", "-3", "-0.1")]
    table = read_released(*write_released(tmp_path, CONTRACT, cells))
    value = named_values([table])["proeve klare.ja@a andel"]
    assert (value["lower"], value["upper"], value["text"]) == (-3, -0.1, "−1,5")
    assert value["unit_text"] == "procentpoint"


def test_the_step_reads_tables_in_pairs(paths: tuple[Path, Path], tmp_path: Path) -> None:
    inputs = {"proeve_csv": paths[0], "proeve_json": paths[1]}
    out = tmp_path / "values.json"
    step(Job("exhibits.values", inputs, {"values": out}))
    assert len(json.loads(out.read_text(encoding="utf-8"))) == 10


def test_no_tables_at_all_is_an_error() -> None:
    with pytest.raises(PlainError, match="nothing to bind"):
        named_values([])
