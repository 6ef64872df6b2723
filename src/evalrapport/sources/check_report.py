"""The check report: what was found in the files and what was done about it. Danish HTML and JSON.

It holds files, columns, checks, numbers and shares. The rows stand in lists that, like the report
itself, stay on the secure machine: its small numbers have not been through disclosure control.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evalrapport.contracts.sources.later import DECLARED
from evalrapport.sources import check_record, references
from evalrapport.sources.check_page import html
from evalrapport.step import Job

ORDER = tuple(DECLARED)


def step(job: Job) -> None:
    """Rule check_report: the records of the registers and the typed files → HTML and JSON."""
    typed = {name: path for name, path in job.input.items() if path.suffix == ".parquet"}
    files = [path for path in job.input.values() if path.suffix == ".json"]
    records = [json.loads(path.read_text(encoding="utf-8")) for path in files]
    records.sort(key=lambda record: ORDER.index(record["register"]))
    between = references.check(typed)
    records.append(between_record(check_record.lines(between)))
    write(records, job.output["json"], job.output["html"])
    between.stop_if_any()
    job.output["passed"].write_text("ok\n", encoding="utf-8")


def write(records: list[dict[str, Any]], as_json: Path, as_html: Path) -> None:
    """The report in its two forms."""
    text = json.dumps(records, ensure_ascii=False, indent=1) + "\n"
    as_json.write_text(text, encoding="utf-8")
    as_html.write_text(html(records), encoding="utf-8")


def between_record(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """The checks between registers in the shape of a register's record."""
    return {
        "register": "mellem_registre",
        "label": "Mellem registrene",
        "source": "",
        "files": {},
        "stopped": any(line["level"] == "error" for line in lines),
        "findings": lines,
    }
