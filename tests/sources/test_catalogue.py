"""Names and periods of the declared columns stand in Statistics Denmark's public catalogue."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from evalrapport.contracts.sources import REGISTERS, dream

CATALOGUE = Path(__file__).parent / "data" / "dst_catalogue.csv"
FILES = {"bef": "BEF", "udda": "UDDA", "dream": "DREAM"}


def variables() -> dict[tuple[str, str], tuple[str, str]]:
    """(first, last period) by register and variable, as the catalogue prints them."""
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        rows = csv.DictReader(lines, delimiter=";")
        return {(r["register"], r["variable"]): (r["first"], r["last"]) for r in rows}


@pytest.mark.parametrize("name", ["bef", "udda"])
def test_names_and_periods_of_the_registers(name: str) -> None:
    known = variables()
    for column in REGISTERS[name].columns:
        first, last = known[FILES[name], column.name]
        for period in REGISTERS[name].files:
            assert first <= period <= last, (column.name, period)


def test_names_of_dream() -> None:
    known = {variable for register, variable in variables() if register == "DREAM"}
    for column in dream.REGISTER.columns:
        if column.name.startswith("Y_"):
            continue  # the extract leaves out the 1,822 weeks
        assert column.name in known, column.name


def test_the_months_of_the_files() -> None:
    assert {period[4:] for period in REGISTERS["bef"].files} == {"12"}
    assert {period[4:] for period in REGISTERS["udda"].files} == {"09"}  # September from 2008
