"""Writes a comparison: the page, the JSON beside it, and the Word file with tracked changes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from evalrapport.contracts.bundle import json_text
from evalrapport.review import approvals, page
from evalrapport.review.versions import Version

PAGE = "index.html"
DATA = "aendringer.json"


def write(
    comparison: Mapping[str, Any], old: Version, new: Version, folder: Path, fonts: Path | None
) -> list[Path]:
    """Write everything into `folder`; the files written, the page first."""
    folder.mkdir(parents=True, exist_ok=True)
    approved = approvals.carried(folder, new.study)
    links = site_link(old, folder), site_link(new, folder)
    written = [folder / PAGE, folder / DATA]
    written[0].write_text(page.html(comparison, approved, links, fonts), encoding="utf-8")
    written[1].write_text(json_text(without_pictures(comparison, approved)), encoding="utf-8")
    if old.docx and new.docx and comparison["changes"]:
        from evalrapport.review import word

        written.append(folder / f"{new.study}-rettelser.docx")
        word.write(old.docx, new.docx, written[-1], day_of(new))
    return written


def day_of(version: Version) -> date:
    """The date of a version, for the marks in Word; files must not depend on the clock."""
    return date.fromisoformat(version.manifest.get("date") or "1980-01-01")


def site_link(version: Version, folder: Path) -> str:
    """The way from the page to a version's own pages; empty if it has none."""
    return Path(os.path.relpath(version.site, folder)).as_posix() if version.site else ""


def without_pictures(comparison: Mapping[str, Any], approved: list[str]) -> dict[str, Any]:
    """The comparison for a program: each change with whether it is approved, no pictures."""
    changes = [
        {k: v for k, v in change.items() if k not in ("old_picture", "new_picture")}
        | {"approved": change["id"] in approved}
        for change in comparison["changes"]
    ]
    return {**comparison, "changes": changes}
