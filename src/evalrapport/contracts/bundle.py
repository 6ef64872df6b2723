"""The shape of what leaves the secure machine: a result CSV, the JSON beside it, and the bundle.

A bundle is a folder: per table `<table>.csv` and `<table>.json`, and `datapackage.json`, a
Frictionless Data Package that names and hashes every file (https://datapackage.org/standard/).
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

RESULT_COLUMNS = (
    "row_group",
    "row",
    "column",
    "statistic",
    "value",
    "text",
    "unit",
    "n",
    "lower",
    "upper",
    "status",
)
# What stands left of the wall has the people behind each number as well.
ESTIMATE_COLUMNS = (*RESULT_COLUMNS, "count")
KEY_COLUMNS = ("row", "column", "statistic")
NUMBER_COLUMNS = ("value", "n", "lower", "upper")
STATUSES = ("ok", "suppressed", "not_published", "not_applicable")
DATA_STATUSES = ("stand_in", "real", "published")
JSON_KEYS = ("table", "study", "contract", "data_status", "manifest")
PACKAGE = "datapackage.json"
NUMBER = r"-?\d+(\.\d+)?"

Cells = list[dict[str, str]]

_DESCRIPTIONS = {
    "row_group": "Id of the heading over the row; empty if there is none.",
    "row": "Id of the row.",
    "column": "Id of the column.",
    "statistic": "What the number is: andel, antal, gennemsnit, median, …",
    "value": "The number, rounded as it is published.",
    "text": "The words of a text cell; the mark printed in a cell that cannot have a number.",
    "unit": "Unit of the number.",
    "n": "People behind the row and column (the base).",
    "lower": "Lower end of the 95 per cent interval.",
    "upper": "Upper end of the 95 per cent interval.",
    "status": "ok, suppressed (hidden for disclosure), not_published or not_applicable.",
}


def table_schema() -> dict[str, Any]:
    """The Table Schema that every result CSV follows."""
    named = [_field(name) for name in RESULT_COLUMNS]
    return {"fields": named, "primaryKey": list(KEY_COLUMNS), "missingValues": [""]}


def _field(name: str) -> dict[str, Any]:
    kind = "number" if name in NUMBER_COLUMNS else "string"
    spec: dict[str, Any] = {"name": name, "type": kind, "description": _DESCRIPTIONS[name]}
    if name in KEY_COLUMNS:
        spec["constraints"] = {"required": True, "pattern": r"[a-z0-9_]+(\.[a-z0-9_]+)*"}
    if name == "status":
        spec["constraints"] = {"required": True, "enum": list(STATUSES)}
    return spec


def read_cells(path: Path) -> Cells:
    """The rows of a result or estimate CSV, every field as the text that stands there."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def csv_text(cells: Iterable[Mapping[str, str]]) -> str:
    """Result cells as CSV text (UTF-8, \\n); the order of the cells is kept."""
    out = io.StringIO()
    writer = csv.DictWriter(out, RESULT_COLUMNS, lineterminator="\n", extrasaction="raise")
    writer.writeheader()
    writer.writerows(cells)
    return out.getvalue()


def json_text(value: Any) -> str:
    """JSON as it is written everywhere in a bundle: readable Danish, same input, same bytes."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def sha256(content: bytes) -> str:
    """The fingerprint by which a bundle names a file's content."""
    return hashlib.sha256(content).hexdigest()


def file_entry(path: Path) -> dict[str, Any]:
    """Name, size in bytes and hash of a file, as a Data Package states them."""
    content = path.read_bytes()
    return {"path": path.name, "bytes": len(content), "hash": f"sha256:{sha256(content)}"}


def package(study: str, data_status: str, tables: Iterable[tuple[Path, Path]]) -> dict[str, Any]:
    """The content of `datapackage.json` for the (CSV, JSON) pairs of a study's released tables."""
    resources = [_resource(csv_path, json_path) for csv_path, json_path in tables]
    content = {
        "name": f"evalrapport-{study.replace('_', '-')}",
        "profile": "tabular-data-package",
        "study": study,
        "data_status": data_status,
        "resources": sorted(resources, key=lambda resource: resource["name"]),
    }
    return {**content, "fingerprint": fingerprint(content)}


def fingerprint(content: Mapping[str, Any]) -> str:
    """The hash of a package's content without its own fingerprint.

    It shows that a bundle is whole and as it was written. It is no signature: who means to deceive
    can write a new one.
    """
    bare = {key: value for key, value in content.items() if key != "fingerprint"}
    return f"sha256:{sha256(json.dumps(bare, sort_keys=True).encode())}"


def _resource(csv_path: Path, json_path: Path) -> dict[str, Any]:
    """One table: its CSV as a tabular resource, with labels and the JSON that belongs to it."""
    about = json.loads(json_path.read_text(encoding="utf-8"))
    contract = about["contract"]
    return {
        "name": about["table"],
        "title": contract["published_as"],
        **file_entry(csv_path),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": table_schema(),
        "labels": {
            "rows": {row["id"]: row["label"] for row in contract["rows"]},
            "columns": {column["id"]: column["label"] for column in contract["columns"]},
        },
        "disclosure": about["manifest"]["disclosure"],
        "about": file_entry(json_path),
    }
