"""The report as PDF."""

from __future__ import annotations

from evalrapport.report import quarto, typst_pdf
from evalrapport.report.renderer import choose
from evalrapport.report.workspace import workspace
from evalrapport.step import Job


def step(job: Job) -> None:
    """Write the PDF."""
    writer = quarto if choose(job.settings["renderer"]) == "quarto" else typst_pdf
    with workspace(job) as work:
        writer.write_pdf(work, job.output["pdf"])
