"""The note's published numbers: whole, in their contracts' shape, and adding up as printed."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from evalrapport.contracts import bundle, result_table

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "data/published/notat"
TABLES = sorted(PUBLISHED.glob("*.csv"))
CONTRACTS = ROOT / "src/evalrapport/contracts/tables"
CODES = ROOT / "src/evalrapport/contracts/codes"


def values(table: str) -> dict[tuple[str, str], float]:
    cells = bundle.read_cells(PUBLISHED / f"{table}.csv")
    return {(c["row"], c["column"]): float(c["value"]) for c in cells if c["status"] == "ok"}


def test_the_package_names_every_table() -> None:
    package = json.loads((PUBLISHED / bundle.PACKAGE).read_text(encoding="utf-8"))
    pairs = [(path, path.with_suffix(".json")) for path in TABLES]
    assert package == bundle.package("notat", "published", pairs)
    assert len(TABLES) == 7


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_cells_are_those_of_the_contract(path: Path) -> None:
    about = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    own = result_table.from_yaml(CONTRACTS / f"{path.stem}.yaml")
    assert about["contract"] == replace(own, disclosure_class="public").to_dict()
    cells = bundle.read_cells(path)
    assert [(c["row"], c["column"], c["statistic"]) for c in cells] == [c.key for c in own.cells()]
    assert all(bool(c["value"]) == (c["status"] == "ok") for c in cells)


def test_counts_add_up_and_give_the_printed_shares() -> None:
    for table, years in (("ydelse_ved_start", (2016,)), ("nye_ydelsesforloeb", (2015, 2016))):
        found = values(table)
        for year in years:
            counts = {row: n for (row, column), n in found.items() if column == f"antal_{year}"}
            whole = counts.pop("i_alt")
            assert sum(counts.values()) == whole
            for row, count in counts.items():
                assert found[row, f"andel_{year}"] == round(100 * count / whole)


def test_the_annex_counts_the_episodes_started_in_2015() -> None:
    """Its printed title speaks of week 20 of 2016, when only some 4,089 had a mentor."""
    found = values("mentorforloeb_i_kommuner")
    total = sum(n for (_, column), n in found.items() if column == "antal")
    assert total == 6674
    stock = values("mentor_i_uge")
    groups = {row for row, _ in stock}
    in_week = sum(stock[g, "andel"] * stock[g, "personer"] / 100 for g in groups)
    assert in_week == pytest.approx(4089, abs=1)
    hidden = [
        c["row"]
        for c in bundle.read_cells(PUBLISHED / "mentorforloeb_i_kommuner.csv")
        if c["status"] == "suppressed"
    ]
    assert set(hidden) == {"kommune_563", "kommune_825"}  # Fanø and Læsø


def test_the_notes_spellings_lead_to_codes_and_official_names() -> None:
    with (CODES / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["note_spelling"]: row for row in csv.DictReader(file)}
    for printed, code, official in (
        ("Århus", "751", "Aarhus"),
        ("Nordfyn", "480", "Nordfyns"),
        ("Vesthimmerland", "820", "Vesthimmerlands"),
        ("Høje Tåstrup", "169", "Høje-Taastrup"),
    ):
        assert (listed[printed]["code"], listed[printed]["name"]) == (code, official)


def test_every_municipality_has_a_tile_of_its_own() -> None:
    with (CODES / "municipality_tiles.csv").open(encoding="utf-8", newline="") as file:
        tiles = list(csv.DictReader(file))
    with (CODES / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        names = {row["code"]: row["name"] for row in csv.DictReader(file) if row["note_spelling"]}
    assert {tile["code"]: tile["name"] for tile in tiles} == names
    assert len({(tile["column"], tile["row"]) for tile in tiles}) == len(tiles) == 98
    assert len({tile["short"] for tile in tiles}) == 98
    place = {tile["name"]: (int(tile["column"]), int(tile["row"])) for tile in tiles}
    # North is up and east is right.
    assert place["Hjørring"][1] < place["Aalborg"][1] < place["Aarhus"][1] < place["Sønderborg"][1]
    assert place["Esbjerg"][0] < place["Odense"][0] < place["Roskilde"][0] < place["København"][0]
