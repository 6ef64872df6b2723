"""Tiny released files, with everything that a table can hold."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from evalrapport.contracts.bundle import RESULT_COLUMNS

CONTRACT: dict[str, Any] = {
    "id": "proeve",
    "published_as": "SFI 15:10, tabel 9.9",
    "disclosure_class": "survey",
    "row_header": "Svar",
    "columns": [
        {"id": "a", "label": "Gruppe A", "span": "Borgere"},
        {"id": "b", "label": "Gruppe B & C", "span": "Borgere"},
        {"id": "m", "label": "Mentorer"},
    ],
    "row_groups": [{"id": "klare", "label": "Klarer borgeren mere?"}],
    "rules": "",
    "population": "",
    "rows": [
        {"id": "klare.ja", "label": "Ja", "statistic": "andel", "decimals": 1, "group": "klare"},
        {"id": "klare.nej", "label": "Nej", "statistic": "andel", "decimals": 1, "group": "klare"},
        {"id": "i_alt", "label": "I alt", "statistic": "andel", "decimals": 1, "role": "total"},
        {"id": "heraf", "label": "Heraf unge", "statistic": "andel", "decimals": 0, "indent": 1},
        {"id": "n", "label": "Grundlag", "statistic": "antal", "decimals": 0, "role": "base"},
    ],
}

CELLS = [
    ("klare.ja", "a", "andel", "43.5", "pct", "1234", "ok"),
    ("klare.ja", "b", "andel", "-0.25", "pct", "80", "ok"),
    ("klare.ja", "m", "andel", "-", "pct", "", "not_applicable"),
    ("klare.nej", "a", "andel", "56.5", "pct", "1234", "ok"),
    ("klare.nej", "b", "andel", "", "pct", "", "suppressed"),
    ("klare.nej", "m", "andel", "", "pct", "", "not_published"),
    ("i_alt", "a", "andel", "100.0", "pct", "1234", "ok"),
    ("heraf", "a", "andel", "12", "pct", "1234", "ok"),
    ("n", "a", "antal", "1234", "personer", "1234", "ok"),
    ("n", "b", "antal", "80", "personer", "80", "ok"),
]


def write_released(
    folder: Path, contract: dict[str, Any], cells: list[tuple[str, ...]]
) -> tuple[Path, Path]:
    """Write a released table; cells: row, column, statistic, value, unit, n, status[, bounds]."""
    csv_path, json_path = folder / f"{contract['id']}.csv", folder / f"{contract['id']}.json"
    with csv_path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(RESULT_COLUMNS)
        for row, column, statistic, value, unit, n, status, *interval in cells:
            words = value if statistic == "tekst" or status == "not_applicable" else ""
            number = "" if words else value
            bounds = interval or ["", ""]
            writer.writerow(["", row, column, statistic, number, words, unit, n, *bounds, status])
    described = {
        "table": contract["id"],
        "study": "lille",
        "contract": contract,
        "data_status": "stand_in",
        "manifest": {},
    }
    json_path.write_text(json.dumps(described), encoding="utf-8")
    return csv_path, json_path
