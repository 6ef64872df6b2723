"""The contracts of the result tables, and the published bundle held against them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evalrapport import danish
from evalrapport.contracts import result_table
from evalrapport.contracts.bundle import NUMBER
from evalrapport.errors import PlainError

ROOT = Path(__file__).parents[2]
CONTRACTS = sorted((ROOT / "src/evalrapport/contracts/tables").glob("*.yaml"))

SMALL = {
    "id": "koen",
    "published_as": "Prøve, tabel 1",
    "disclosure_class": "register",
    "row_header": "Køn",
    "columns": [
        {"id": "alle", "label": "Alle"},
        {"id": "2012", "label": "2012", "part_of": "alle"},
        {"id": "forskel", "label": "Forskel", "statistic": "forskel", "unit": "pctpoint"},
    ],
    "row_groups": [],
    "rows": [
        {"id": "mand", "label": "Mænd", "statistic": "andel", "unit": "pct", "decimals": 1},
        {"id": "n", "label": "Antal", "statistic": "antal", "unit": "personer", "role": "base"},
    ],
    "rules": "",
    "population": "",
    "adds_up": [""],
}


def with_change(**changes: object) -> dict[str, object]:
    return {**SMALL, **changes}


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.stem)
def test_every_contract_is_sound_and_survives_the_way_through_json(path: Path) -> None:
    contract = result_table.from_yaml(path)
    assert result_table.from_dict(contract.to_dict()) == contract
    keys = [cell.key for cell in contract.cells()]
    assert len(keys) == len(set(keys)) == len(contract.rows) * len(contract.columns)


def test_the_tables_of_the_report_are_all_there() -> None:
    numbers = {
        match[1]
        for path in CONTRACTS
        if (match := re.fullmatch(r"SFI 15:10, tabel (\d\.\d+)", _published_as(path)))
    }
    chapters = {3: 13, 4: 12, 5: 1}
    assert numbers == {f"{c}.{t}" for c, last in chapters.items() for t in range(1, last + 1)}


def _published_as(path: Path) -> str:
    return result_table.from_yaml(path).published_as


def test_a_column_may_have_its_own_measure() -> None:
    cells = {cell.key: cell for cell in result_table.from_dict(SMALL).cells()}
    assert cells["mand", "forskel", "forskel"].unit == "pctpoint"
    assert cells["mand", "forskel", "forskel"].decimals == 1
    assert cells["mand", "2012", "andel"].unit == "pct"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"rows": [{"id": "mand", "label": "Mænd"}]}, "statistic is missing"),
        ({"rows": [*SMALL["rows"], SMALL["rows"][0]]}, "row “mand” occurs twice"),
        ({"columns": [{"id": "alle", "label": "Alle", "colour": "red"}]}, "unknown colour"),
        ({"columns": [{"id": "a", "label": "A", "part_of": "b"}]}, "“b”, its whole"),
        ({"columns": [{"id": "Ålle", "label": "Alle"}]}, "“Ålle” may hold only"),
        ({"disclosure_class": "secret"}, "disclosure_class must be one of register"),
        ({"adds_up": ["alder"]}, "no row is in the group “alder”"),
        ({"row_groups": "none"}, "a list is expected"),
    ],
)
def test_a_faulty_contract_is_refused_in_plain_words(change: dict, said: str) -> None:
    with pytest.raises(PlainError, match=re.escape(said)):
        result_table.from_dict(with_change(**change), "koen.yaml")


def test_a_contract_file_is_named_after_its_table(tmp_path: Path) -> None:
    path = tmp_path / "alder.yaml"
    path.write_text((CONTRACTS[0]).read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(PlainError, match=r"must be the file's name"):
        result_table.from_yaml(path)


def test_a_number_is_written_plainly() -> None:
    assert all(re.fullmatch(NUMBER, text) for text in ("0.0", "-1.25", "43485"))
    assert not any(re.fullmatch(NUMBER, text) for text in ("1,5", "1e3", "", "nan", ".5"))


def test_every_unit_has_a_danish_word() -> None:
    for path in CONTRACTS:
        for cell in result_table.from_yaml(path).cells():
            danish.unit_text(cell.unit, 2)  # PlainError names a unit without one
