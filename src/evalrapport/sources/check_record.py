"""The record of what the reading of a register found: for the check report, and for the analyst.

The record (JSON) holds file, column, check, number and share: no row, no value. The numbers of the
rows stand in a CSV beside it that never leaves the secure machine.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evalrapport.contracts.sources import Register
from evalrapport.contracts.sources.checks import WITH_SHARE, check_of
from evalrapport.errors import PlainError
from evalrapport.sources.check_page import html
from evalrapport.sources.findings import Findings, Key


def lines(findings: Findings) -> list[dict[str, Any]]:
    """One line per finding: file, column, check, level, what was said, number of what, share."""
    groups: Iterable[tuple[str, dict[Key, int]]] = (
        ("error", findings.counts),
        ("warning", findings.warned),
        ("count", findings.noted),
    )
    return [
        line(level, key, count, findings.seen[key[0]])
        for level, found in groups
        for key, count in sorted(found.items())
    ]


def line(level: str, key: Key, count: int, rows: int) -> dict[str, Any]:
    """One finding in a file of `rows` rows; a rule may name the columns that it is about."""
    file, column, rule = key
    check = check_of(rule)
    named = re.search(check.pattern, rule) if check and check.pattern else None
    of = check.of if check else "rows"
    return {
        "file": file,
        "column": (named.groupdict() if named else {}).get("columns", column),
        "check": check.id if check else "other",
        "level": level,
        "rule": rule,
        "count": count,
        "of": of,
        "share": round(count / rows, 6) if rows and of in WITH_SHARE else None,
    }


def record(register: Register, findings: Findings) -> dict[str, Any]:
    """The whole record of a register."""
    return {
        "register": register.name,
        "label": register.label,
        "source": register.source,
        "files": dict(sorted(findings.seen.items())),
        "stopped": bool(findings.counts),
        "findings": lines(findings),
    }


def close(register: Register, findings: Findings, path: Path | None) -> None:
    """Write the record and the row numbers, and stop the run if there are errors."""
    if path is None:
        findings.stop_if_any()
        return
    content = record(register, findings)
    write_json(content, path)
    rows = write_rows(register, findings, path)
    for stale in stop_files(register, path):
        stale.unlink(missing_ok=True)
    try:
        findings.stop_if_any()
    except PlainError as error:
        told = stopped(error, content, stop_files(register, path))
        raise PlainError(f"{told}\n  Row numbers: {rows}" if rows else told) from None


def unreadable(
    register: Register, findings: Findings, path: Path | None, file: str, error: PlainError
) -> PlainError:
    """The stop at a file that can't be read at all: recorded as those for its rows are."""
    if path is None:
        return error
    content = record(register, findings)
    said = str(error).removeprefix(f"{file}: ")
    content["findings"].insert(0, line("error", (file, "*", said), 1, 0))
    content["stopped"] = True
    return PlainError(stopped(error, content, stop_files(register, path)))


def stop_files(register: Register, path: Path) -> tuple[Path, Path]:
    """What stays when a run stops, as the step's own outputs then vanish: JSON and a page."""
    stem = f"{register.name}_stop"
    return path.with_name(f"{stem}.json"), path.with_name(f"{stem}.html")


def stopped(error: PlainError, content: dict[str, Any], targets: tuple[Path, Path]) -> str:
    """Write what was found for who has to mend the file; the message, with where it stands."""
    write_json(content, targets[0])
    targets[1].write_text(html([content]), encoding="utf-8")
    return f"{error}\n  As a page: {targets[1]}"


def write_json(content: dict[str, Any], path: Path) -> None:
    """A record as a file."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_rows(register: Register, findings: Findings, path: Path) -> Path | None:
    """The numbers of the rows that break a rule, as CSV; an old list goes if there are none."""
    target = path.with_name(f"{register.name}_rows.csv")
    if not findings.rows:
        target.unlink(missing_ok=True)
        return None
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(("fil", "kolonne", "regel", "raekke"))
        for (name, column, rule), numbers in sorted(findings.rows.items()):
            writer.writerows((name, column, rule, number) for number in numbers)
    return target
