"""Reads what a database exports: RIS and BibTeX through Pandoc, CSV as it is.

Pandoc knows both formats, in the variants that databases write, and is already a part of the house
(it renders the report); so no further parser is needed. A reference gets an id of our own, file
and position, as databases' ids are neither unique nor kept from one export to the next.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evalrapport.errors import PlainError

FORMATS = {".ris": "ris", ".bib": "bibtex"}
CSV_FIELDS = ("title", "authors", "year", "doi")
DOI = re.compile(r"10\.\d{4,9}/\S+", re.IGNORECASE)


@dataclass(frozen=True)
class Reference:
    """One hit of one database. `year` is None and `doi` empty where the export doesn't say."""

    id: str
    database: str
    title: str
    first_author: str
    year: int | None
    doi: str


def read_export(path: Path) -> list[Reference]:
    """All references of an export; the file's name is the database's.

    Raises:
        PlainError: a format that isn't read, a file that can't be, or a reference without a title.
    """
    if path.suffix == ".csv":
        found = from_csv(path)
    elif path.suffix in FORMATS:
        found = from_pandoc(path)
    else:
        known = ", ".join((*FORMATS, ".csv"))
        raise PlainError(f"{path.name}: exports are read as {known}; export it as one of these.")
    for position, reference in enumerate(found, start=1):
        if not reference.title:
            raise PlainError(f"{path.name}, reference number {position}: it has no title.")
    return found


def from_pandoc(path: Path) -> list[Reference]:
    """References of a RIS or BibTeX file."""
    import pypandoc

    command = [pypandoc.get_pandoc_path(), f"--from={FORMATS[path.suffix]}", "--to=csljson"]
    done = subprocess.run(
        [*command, str(path)], capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        reason = done.stderr.strip().splitlines()[:1]
        raise PlainError(f"{path.name}: can't be read as {path.suffix[1:]}: {' '.join(reason)}")
    entries = json.loads(done.stdout or "[]")
    return [from_csl(entry, name(path, n), path.stem) for n, entry in enumerate(entries, start=1)]


def from_csl(entry: Mapping[str, Any], reference: str, database: str) -> Reference:
    """A reference from Pandoc's CSL JSON."""
    author = (entry.get("author") or [{}])[0]
    dates = entry.get("issued", {}).get("date-parts") or [[None]]
    return Reference(
        reference,
        database,
        str(entry.get("title", "")).strip(),
        str(author.get("family") or author.get("literal") or ""),
        int(dates[0][0]) if dates[0] and dates[0][0] else None,
        plain_doi(str(entry.get("DOI", ""))),
    )


def from_csv(path: Path) -> list[Reference]:
    """References of a CSV file with the columns title, authors (Family, Given; …), year, doi."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [field for field in CSV_FIELDS if field not in (reader.fieldnames or ())]
        if missing:
            raise PlainError(f"{path.name}: the column {', '.join(missing)} is missing.")
        lines = list(reader)
    return [
        Reference(
            name(path, position),
            path.stem,
            line["title"].strip(),
            line["authors"].split(";")[0].split(",")[0].strip(),
            int(line["year"]) if line["year"].strip().isdigit() else None,
            plain_doi(line["doi"]),
        )
        for position, line in enumerate(lines, start=1)
    ]


def name(path: Path, position: int) -> str:
    """A reference's id: its file and its place in it."""
    return f"{path.name}:{position}"


def plain_doi(text: str) -> str:
    """The DOI in lower case without its address; empty if there is none."""
    found = DOI.search(text)
    return found.group().lower().rstrip(".,;") if found else ""
