"""Where a file came from: a small record beside each output, written by the runner.

The record of an output holds the step that wrote it (module, code hash, settings, the files it
read) and the content hash and row count of the output, together with the records of everything
before it. Release copies them into the table's manifest, so that a later comparison can follow a
number back and say why it changed.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

ROOMS = ("sources", "datasets", "results")
# What these write is free to leave: no record lies beside it, since from the hash of a small
# unreleased table its hidden numbers could be found by trying. Release tells the chain itself.
DOORS = ("results.release", "results.bundle", "results.carried")
Record = dict[str, Any]


def record_path(path: Path) -> Path:
    """Where the record of a file lies: in a hidden folder beside it."""
    return path.parent / ".lineage" / f"{path.name}.json"


def content_hash(path: Path) -> str:
    """SHA-256 of a file (first 16 hex digits); of a folder: over its files in name order."""
    digest = hashlib.sha256()
    for part in sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]:
        with part.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()[:16]


def row_count(path: Path) -> int | None:
    """Rows of a Parquet or CSV file (without the header); None for anything else."""
    if path.suffix == ".parquet":
        import pyarrow.parquet as pq

        return int(pq.read_metadata(path).num_rows)
    if path.suffix == ".csv":
        with path.open("rb") as stream:
            return max(sum(1 for _ in stream) - 1, 0)
    return None


def name_of(output: Path, module: str) -> str:
    """The name a file goes by in records.

    A dataset may be called as a source is, and an estimate as a published table.
    """
    room = module.split(".")[0]
    return output.name if room == "sources" else f"{room}/{output.name}"


def gather(inputs: dict[str, Path]) -> Record:
    """The records of all inputs, merged: {"steps": {...}, "files": {...}, "reads": [names]}.

    A file without a record is a source from outside: its hash and row count are taken now.
    """
    steps: Record = {}
    files: Record = {}
    reads: set[str] = set()
    for path in inputs.values():
        record = record_path(path)
        if record.is_file():
            known = json.loads(record.read_text(encoding="utf-8"))
            steps |= known["steps"]
            files |= known["files"]
            reads.add(known.get("name", path.name))
        elif path.exists():
            files[path.name] = {"sha256": content_hash(path), "rows": row_count(path)}
            reads.add(path.name)
    return {
        "steps": dict(sorted(steps.items())),
        "files": dict(sorted(files.items())),
        "reads": sorted(reads),
    }


def write(output: Path, staged: Path, before: Record, step: Record, module: str) -> None:
    """Write the record of one output (whose content still lies at `staged`)."""
    name = name_of(output, module)
    file = {"sha256": content_hash(staged), "rows": row_count(staged), "by": module}
    record = {
        "name": name,
        "steps": before["steps"] | {module: step | {"reads": before["reads"]}},
        "files": before["files"] | {name: file},
    }
    path = record_path(output)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(record, ensure_ascii=False, sort_keys=True), encoding="utf-8")
