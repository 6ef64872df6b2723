"""An isolated copy of what a renderer may read: the rule's declared inputs and nothing else.

A renderer works in a fresh folder, so a file that the rule did not declare can't be read, and
nothing is left behind in the report's own folder. Layout of the copy:

    _quarto.yml, *.qmd, *.bib …        the prose, as it lies in its folder
    _extensions/evalrapport/…          filter, template, theme, fonts
    exhibits/tables|figures/…          what the exhibits room made
    bindings.json
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evalrapport.danish import day_text
from evalrapport.errors import PlainError
from evalrapport.report.book import Book, read_book
from evalrapport.report.data_status import Status, status_of
from evalrapport.step import Job

EXTENSION = "_extensions/evalrapport"
EXHIBITS = ("tables", "figures")
MADE_BIBLIOGRAPHIES = ("studier.bib",)


@dataclass(frozen=True)
class Workspace:
    """A folder with the declared inputs, and what every renderer asks of them."""

    folder: Path
    book: Book
    status: Status
    date: datetime
    study: str | None

    @property
    def extension(self) -> Path:
        """The folder with filter, template, theme and fonts."""
        return self.folder / EXTENSION

    @property
    def timestamp(self) -> int:
        """The date of the report as seconds since 1970 (SOURCE_DATE_EPOCH)."""
        return int(self.date.timestamp())

    @property
    def date_text(self) -> str:
        """The date of the report as readers see it: 23. november 2026."""
        return day_text(self.date.date())

    def references(self) -> dict[str, Any]:
        """The bibliographies; studies of the literature table are listed even if nobody cites them.

        An entry of the report's own that nothing cites is a fault that the prose's review finds.
        """
        made = [name for name in MADE_BIBLIOGRAPHIES if (self.folder / name).is_file()]
        listed = {"nocite": "@*"} if made else {}
        return {"bibliography": [*self.book.bibliography, *made], **listed}

    def metadata(self) -> dict[str, Any]:
        """What the filter and the citation processor are told."""
        return {
            "lang": self.book.lang,
            "evalrapport-bindings": "bindings.json",
            "evalrapport-exhibits": "exhibits",
            "evalrapport-index-out": "index.json",
            **self.references(),
            "csl": f"{EXTENSION}/evalrapport.csl",
            "link-citations": True,
        }


@contextmanager
def workspace(job: Job) -> Iterator[Workspace]:
    """A temporary folder with the job's inputs laid out for a renderer."""
    with tempfile.TemporaryDirectory(prefix="evalrapport-") as name:
        folder = Path(name)
        lay_out(list(job.input.values()), folder)
        bindings = json.loads((folder / "bindings.json").read_text(encoding="utf-8"))
        yield Workspace(
            folder=folder,
            book=read_book(folder / "_quarto.yml"),
            status=status_of(bindings["data_status"], bindings["publication"]),
            date=datetime.fromisoformat(str(job.settings["date"])).replace(tzinfo=UTC),
            study=job.study,
        )


def lay_out(inputs: list[Path], folder: Path) -> None:
    """Copy declared files (and all files of declared folders) to their places."""
    files = [file for path in inputs for file in files_under(path)]
    roots = [file.parent for file in files if file.name == "_quarto.yml"]
    if len(roots) != 1:
        raise PlainError("A report needs exactly one _quarto.yml among its files.")
    for file in files:
        target = folder / place(file, roots[0])
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)


def files_under(path: Path) -> list[Path]:
    """The file itself, or all files of a folder in a stable order."""
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if file.is_file())
    return [path]


def place(file: Path, prose: Path) -> Path:
    """Where a declared file goes in the copy, by what it is."""
    if "_extensions" in file.parts:
        position = len(file.parts) - 1 - file.parts[::-1].index("_extensions")
        return Path(*file.parts[position:])
    if file.parent.name in EXHIBITS:
        return Path("exhibits", file.parent.name, file.name)
    if file.is_relative_to(prose):
        return file.relative_to(prose)
    return Path(file.name)
