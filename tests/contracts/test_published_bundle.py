"""The published numbers: every table whole, in its contract's shape, and adding up as printed."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from evalrapport.contracts import bundle, result_table

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "data/published/evaluering"
TABLES = sorted(PUBLISHED.glob("*.csv"))
CONTRACTS = ROOT / "src/evalrapport/contracts/tables"

# Printed so in the report itself: the mentors' answers on responsibility add up to 95.
KNOWN_SUMS = {("fremskridt", "ansvar", "mentorer"): 95}

# How facts that are no plain number are written.
VALUE_OF_FACT = {
    "dato": r"\d{4}-\d\d-\d\d",
    "maaned": r"\d{4}-\d\d",
    "skatteaar": r"\d{4}-\d{4}",
    "formel": r"[\w()*/]+",
}


def printed_number(path: Path) -> str:
    about = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    found = re.fullmatch(r"SFI 15:10, tabel (\d+\.\d+)", about["contract"]["published_as"])
    return found.group(1) if found else ""


def test_every_table_of_the_report_is_in_the_bundle() -> None:
    expected = [
        f"{chapter}.{n}" for chapter, last in ((3, 13), (4, 12), (5, 1)) for n in range(1, last + 1)
    ]
    numbers = [number for path in TABLES if (number := printed_number(path))]
    assert sorted(numbers) == sorted(expected)
    package = json.loads((PUBLISHED / bundle.PACKAGE).read_text(encoding="utf-8"))
    pairs = [(path, path.with_suffix(".json")) for path in TABLES]
    assert package == bundle.package("evaluering", "published", pairs)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_cells_are_those_of_the_contract(path: Path) -> None:
    about = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    carried = result_table.from_dict(about["contract"])
    own = result_table.from_yaml(CONTRACTS / path.name.replace(".csv", ".yaml"))
    if own.rows_from:  # the rows are the lines of a data file; another test holds them to it
        own = replace(own, rows=carried.rows, row_groups=carried.row_groups)
    assert carried.to_dict() == {**own.to_dict(), "disclosure_class": "public"}
    assert set(about) == set(bundle.JSON_KEYS)
    assert about["data_status"] == "published"
    cells = bundle.read_cells(path)
    assert [(c["row"], c["column"], c["statistic"]) for c in cells] == [
        cell.key for cell in own.cells()
    ]
    for found, cell in zip(cells, own.cells(), strict=True):
        assert found["unit"] == cell.unit
        assert found["row_group"] == (cell.row.group or "")
        assert found["status"] in ("ok", "not_applicable", "not_published")
        if found["status"] == "ok" and cell.statistic != "tekst":
            digits = rf"\.\d{{{cell.decimals}}}" if cell.decimals else ""
            assert re.fullmatch(rf"\d+{digits}", found["value"]), found
        else:
            assert found["value"] == ""


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_shares_add_up_within_rounding(path: Path) -> None:
    contract = result_table.from_yaml(CONTRACTS / path.name.replace(".csv", ".yaml"))
    every = bundle.read_cells(path)
    cells = [c for c in every if c["status"] == "ok" and c["statistic"] == "andel"]
    open_ = {(c["row_group"], c["column"]) for c in every if c["status"] == "not_published"}
    value = {(c["row"], c["column"]): float(c["value"]) for c in cells}
    parts: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in contract.rows:
        if (row.group or "") in contract.adds_up and row.role is None and row.statistic == "andel":
            for column in contract.columns:
                known = (row.group or "", column.id) not in open_
                if known and (row.id, column.id) in value:
                    parts[row.group or "", column.id].append(value[row.id, column.id])
    decimals = {row.decimals for row in contract.rows if row.statistic == "andel"}
    for (group, column), shares in parts.items():
        whole = value.get((group, column), 100.0)
        # Each printed share, and a printed subtotal, may be off by half of its last digit.
        room = (len(shares) + ((group, column) in value)) * 0.5 * 10.0 ** -max(decimals)
        expected = KNOWN_SUMS.get((path.stem, group, column), whole)
        assert sum(shares) == pytest.approx(expected, abs=room + 1e-9), (group, column)
    assert all(value[key] == 100 for key in value if contract.row(key[0]).role == "total")


def test_the_known_exception_is_still_one() -> None:
    cells = bundle.read_cells(PUBLISHED / "fremskridt.csv")
    mentors = [c for c in cells if c["row_group"] == "ansvar" and c["column"] == "mentorer"]
    assert sum(float(c["value"]) for c in mentors if c["value"]) == 95
    assert [c["text"] for c in mentors if c["status"] == "not_applicable"] == ["-"]


def test_start_years_add_up_to_the_whole_window() -> None:
    for name in ("ydelse", "aktiv_indsats", "maaneder_i_beskaeftigelse"):
        cells = bundle.read_cells(PUBLISHED / f"{name}.csv")
        base = {c["column"]: int(c["value"]) for c in cells if c["row"] == "beregningsgrundlag"}
        assert base["2012"] + base["2013"] + base["2014"] == base["alle"]


@pytest.mark.parametrize(
    ("address", "printed"),
    [
        ("ydelse kontanthjaelp@2014", "80.7"),
        ("fremskridt klare.meget_bedre@i_alt", "10"),
        ("balance alder@kontrolgruppe", "32.5"),
        ("varighed i_alt@alle", "100.0"),
    ],
)
def test_printed_digits_are_kept(address: str, printed: str) -> None:
    table, row, column = re.split("[ @]", address)
    cells = bundle.read_cells(PUBLISHED / f"{table}.csv")
    (cell,) = [c for c in cells if (c["row"], c["column"]) == (row, column)]
    assert cell["value"] == printed


def test_facts_have_a_value_a_unit_and_a_place() -> None:
    with (ROOT / "data/facts.csv").open(encoding="utf-8", newline="") as file:
        facts = list(csv.DictReader(file))
    ids = [fact["id"] for fact in facts]
    assert len(ids) == len(set(ids)) == 368
    assert list(facts[0]) == ["id", "value", "unit", "quantity", "source", "place"]
    for fact in facts:
        assert all(fact.values()), fact["id"]
        assert re.fullmatch(r"[a-z_]+", fact["unit"]), fact["id"]
        assert re.fullmatch(VALUE_OF_FACT.get(fact["unit"], bundle.NUMBER), fact["value"]), fact[
            "id"
        ]
