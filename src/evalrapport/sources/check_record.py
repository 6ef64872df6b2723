"""The record of what the reading of a register found: for the check report, and for the analyst.

The record (JSON) holds file, column, check, number and share: no row, no value. The numbers of the
rows stand in a CSV beside it that never leaves the secure machine.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evalrapport.contracts.sources import Register
from evalrapport.contracts.sources.checks import check_of
from evalrapport.errors import PlainError
from evalrapport.sources.check_page import html
from evalrapport.sources.findings import Findings, Key


def lines(findings: Findings) -> list[dict[str, Any]]:
    """One line per finding: file, column, check, level, what was said, number, share of rows."""
    groups: Iterable[tuple[str, dict[Key, int]]] = (
        ("error", findings.counts),
        ("warning", findings.warned),
        ("count", findings.noted),
    )
    return [
        {
            "file": file,
            "column": column,
            "check": getattr(check_of(rule), "id", "other"),
            "level": level,
            "rule": rule,
            "count": count,
            "share": round(count / findings.seen[file], 6) if findings.seen[file] else None,
        }
        for level, found in groups
        for (file, column, rule), count in sorted(found.items())
    ]


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
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    rows = write_rows(register, findings, path)
    page = path.with_name(f"{register.name}_stop.html")
    page.unlink(missing_ok=True)
    try:
        findings.stop_if_any()
    except PlainError as error:
        # The step's own outputs vanish when it stops; this page is for who has to mend the file.
        page.write_text(html([content]), encoding="utf-8")
        told = f"{error}\n  As a page: {page}"
        raise PlainError(f"{told}\n  Row numbers: {rows}" if rows else told) from None


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
