"""Marked values planted in every column of the raw files leave no trace outside the person level.

The sources are read for real, with errors in them, so that every message that the reading can give
is given; then messages, records outside `checks/*_rows.csv`, and pages are searched.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import evalrapport.contracts as contracts
from evalrapport.contracts.sources import Register
from evalrapport.contracts.sources.later import DECLARED, LATER
from evalrapport.step import main

CODES = {path.stem: path for path in (Path(contracts.__file__).parent / "codes").glob("*.csv")}
PEOPLE = 7
# Every marked value is a possible one, as they hold keys and words alone: nothing stops them.
KEYS_ALONE = ("perbolig",)


def marked(register: Register, row: int, kind: str) -> dict[str, Any]:
    """One row in which every cell is a value that can be recognised."""
    cells: dict[str, Any] = {}
    for place, column in enumerate(register.columns):
        mark = f"{70_000_000 + 1000 * place + row}"
        if column.type == "person" and kind != "person":
            cells[column.name] = f"0000{mark}"
        elif kind == "text":
            cells[column.name] = f"XQZ{mark}"
        else:
            cells[column.name] = mark
    return cells


def written(register: Register, folder: Path, kind: str, suffix: str) -> dict[str, Path]:
    rows = [marked(register, row, kind) for row in range(PEOPLE)]
    paths = {}
    for stem in register.files.values():
        path = folder / f"{stem}{suffix}"
        if suffix == ".parquet":
            pq.write_table(pa.Table.from_pylist(rows), path)
        else:
            lines = [";".join(rows[0]), *(";".join(row.values()) for row in rows)]
            if suffix == ".broken.csv":
                lines.append(lines[-1] + ";" + lines[-1])
            path.write_text("\n".join(lines), encoding="utf-8")
        paths[stem] = path
    return paths


@pytest.mark.parametrize("name", DECLARED)
@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".broken.csv"])
@pytest.mark.parametrize("kind", ["text", "number"])
def test_no_message_and_no_page_holds_a_persons_value(
    name: str, suffix: str, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    register = DECLARED[name]
    raw = written(register, tmp_path, kind, suffix)
    outputs = {name: tmp_path / "out" / f"{name}.parquet", "checks": tmp_path / "out/checks.json"}
    inputs = raw | {stem: CODES[stem] for stem in (*register.code_lists, "education_codes")}
    code = main(
        json.dumps(
            {
                "module": "sources.delivery" if name in LATER else f"sources.{name}",
                "input": {key: str(path) for key, path in inputs.items()},
                "output": {key: str(path) for key, path in outputs.items()},
            }
        )
    )
    said = capsys.readouterr()
    stopped = name not in KEYS_ALONE or suffix == ".broken.csv"
    assert code == int(stopped)
    assert ("✗" in said.err) == stopped
    left = "".join(path.read_text("utf-8") for path in (tmp_path / "out").rglob("*.html"))
    rows = "".join(path.read_text("utf-8") for path in (tmp_path / "out").rglob("*_rows.csv"))
    planted = {
        str(value)[-8:] for row in range(PEOPLE) for value in marked(register, row, kind).values()
    }
    for text in (said.out, said.err, left, rows):
        assert "XQZ" not in text
        assert not [mark for mark in planted if mark in text]
    assert outputs[name].exists() != stopped
