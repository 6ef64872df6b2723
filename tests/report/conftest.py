"""A small book with every construct that a report may hold, rendered once per session."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from evalrapport.report import docx, html_site, typst_pdf
from evalrapport.report.workspace import workspace
from evalrapport.step import Job

BOOK = Path(__file__).parent / "data" / "book"
EXTENSION = Path("report/_extensions")


def book_job(folder: Path = BOOK) -> Job:
    """A job whose inputs are the small book and the house's look."""
    settings = {"date": "2026-11-23", "renderer": "pandoc"}
    return Job("report.test", {"book": folder, "look": EXTENSION}, {}, settings, study="lille")


def with_bindings(folder: Path, change: Callable[[dict], None]) -> Job:
    """The small book with its bindings changed."""
    shutil.copytree(BOOK, folder, dirs_exist_ok=True)
    bindings = json.loads((folder / "bindings.json").read_text(encoding="utf-8"))
    change(bindings)
    (folder / "bindings.json").write_text(json.dumps(bindings), encoding="utf-8")
    return book_job(folder)


def with_a_wide_table(folder: Path) -> Job:
    """The small book whose last table is too wide for an upright page."""
    job = with_bindings(folder, lambda bindings: None)
    words = "".join(f'<td class="tekst">Et længere stykke tekst nummer {i}</td>' for i in range(9))
    heads = "".join(f'<th scope="col">Kolonneoverskrift {i}</th>' for i in range(9))
    (folder / "exhibits" / "tables" / "tidsforbrug.html").write_text(
        f'<table><thead><tr><th scope="col">Navn</th>{heads}</tr></thead>'
        f'<tbody><tr><th scope="row">Række</th>{words}</tr></tbody></table>',
        encoding="utf-8",
    )
    return job


def as_published(bindings: dict) -> None:
    """Bindings of published results, on which every claim holds."""
    bindings["data_status"] = "published"
    bindings["claims"] = {claim: {"outcome": "sand", "mark": False} for claim in bindings["claims"]}


def build_site(job: Job, folder: Path) -> Path:
    """The site of a job's book."""
    with workspace(job) as work:
        html_site.write_site(work, folder)
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The small book as a site."""
    return build_site(book_job(), tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def pdf(tmp_path_factory) -> Path:
    """The small book as PDF."""
    path = tmp_path_factory.mktemp("pdf") / "lille.pdf"
    with workspace(book_job()) as work:
        typst_pdf.write_pdf(work, path)
    return path


@pytest.fixture(scope="session")
def word(tmp_path_factory) -> Path:
    """The small book as a Word document."""
    path = tmp_path_factory.mktemp("word") / "lille.docx"
    with workspace(book_job()) as work:
        docx.write_docx(work, path)
    return path
