"""The report as a Word document: Pandoc writes it on our reference file."""

from __future__ import annotations

from pathlib import Path

from evalrapport.report import docx_finish, pandoc, quarto
from evalrapport.report.renderer import choose
from evalrapport.report.workspace import EXTENSION, Workspace, workspace
from evalrapport.step import Job


def step(job: Job) -> None:
    """Write the Word document."""
    with workspace(job) as work:
        if choose(job.settings["renderer"]) == "quarto":
            quarto.write_docx(work, job.output["docx"])
        else:
            write_docx(work, job.output["docx"])


def write_docx(work: Workspace, path: Path) -> None:
    """Write the report with Pandoc."""
    raw = work.folder / "raw.docx"
    pandoc.convert(
        work,
        "docx",
        f"--output={raw}",
        f"--reference-doc={EXTENSION}/reference.docx",
        f"--metadata=title:{work.book.title}",
        f"--metadata=subtitle:{work.book.subtitle}",
    )
    path.write_bytes(docx_finish.finished(raw, work))
