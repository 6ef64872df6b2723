"""The report as a site: index.html and one page per chapter."""

from __future__ import annotations

from evalrapport.report import html_site, quarto
from evalrapport.report.renderer import choose
from evalrapport.report.workspace import workspace
from evalrapport.step import Job


def step(job: Job) -> None:
    """Write the site's folder."""
    writer = quarto if choose(job.settings["renderer"]) == "quarto" else html_site
    with workspace(job) as work:
        writer.write_site(work, job.output["site"])
