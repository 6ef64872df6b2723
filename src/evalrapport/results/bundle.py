"""Closes a study's results bundle: the data package around all released tables, and the report."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evalrapport.contracts.bundle import json_text, package
from evalrapport.errors import PlainError
from evalrapport.results.release_report import html, markdown
from evalrapport.step import Job


def step(job: Job) -> None:
    """All released tables (CSV and JSON side by side) → datapackage.json and the release report."""
    pairs = tables(job.input.values())
    abouts = [json.loads(path.read_text(encoding="utf-8")) for _, path in pairs]
    content = package(str(job.study), data_status(abouts), pairs)
    job.output["package"].write_text(json_text(content), encoding="utf-8")
    job.output["report_md"].write_text(markdown(str(job.study), abouts), encoding="utf-8")
    job.output["report_html"].write_text(html(str(job.study), abouts), encoding="utf-8")


def tables(paths: Iterable[Path]) -> list[tuple[Path, Path]]:
    """The (CSV, JSON) pair of every table among `paths`, by name."""
    given = set(paths)
    pairs = [(path, path.with_suffix(".json")) for path in sorted(given) if path.suffix == ".csv"]
    alone = given.symmetric_difference({path for pair in pairs for path in pair})
    if alone or not pairs:
        names = ", ".join(sorted(path.name for path in alone)) or "none given"
        raise PlainError(f"A bundle needs a CSV and a JSON for each table; look at: {names}.")
    return pairs


def data_status(abouts: Iterable[dict[str, Any]]) -> str:
    """The status of the whole: one table from stand-in people makes all of it stand-in."""
    found = {about["data_status"] for about in abouts}
    for status in ("stand_in", "real", "published"):
        if status in found:
            return status
    raise PlainError("No table says whether its data are real.")
