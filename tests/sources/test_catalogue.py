"""Names and periods of the declared columns stand in Statistics Denmark's public catalogue."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from evalrapport.contracts.sources import OPTIONAL, REGISTERS, UNREAD, dream

CATALOGUE = Path(__file__).parent / "data" / "dst_catalogue.csv"
DECLARED = REGISTERS | UNREAD
OF_DST = ("bef", "udda", *OPTIONAL, *UNREAD)


def variables() -> dict[tuple[str, str], tuple[str, str]]:
    """(first, last period) by register and variable, as the catalogue prints them."""
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        rows = csv.DictReader(lines, delimiter=";")
        return {(r["register"], r["variable"]): (r["first"], r["last"]) for r in rows}


@pytest.mark.parametrize("name", OF_DST)
def test_names_and_periods_of_the_registers(name: str) -> None:
    known = variables()
    for column in DECLARED[name].columns:
        first, last = known[name.upper(), column.name]
        for period in DECLARED[name].files:
            assert first <= period <= last, (column.name, period)


@pytest.mark.parametrize("name", OF_DST)
def test_files_are_named_by_the_registers_pattern(name: str) -> None:
    for period, stem in DECLARED[name].files.items():
        assert stem == DECLARED[name].pattern.format(year=period[:4], month=period[4:])
        assert stem.startswith(name)


def test_until_2008_dwellings_stand_in_bol_and_from_2009_in_bolig() -> None:
    known = variables()
    assert max(last for (register, _), (_, last) in known.items() if register == "BOL") == "200812"
    assert min(first for (register, _), (first, _) in known.items() if register == "BOLIG") > "2009"
    assert max(UNREAD["bol"].files) < "2009" < min(REGISTERS["bolig"].files)


def test_names_of_dream() -> None:
    known = {variable for register, variable in variables() if register == "DREAM"}
    for column in dream.REGISTER.columns:
        if column.name.startswith("Y_"):
            continue  # the extract leaves out the 1,822 weeks
        assert column.name in known, column.name


def test_the_months_of_the_files() -> None:
    assert {period[4:] for period in REGISTERS["bef"].files} == {"12"}
    assert {period[4:] for period in REGISTERS["udda"].files} == {"09"}  # September from 2008
