"""Puts a study's finished documents side by side, all at once: what readers are handed."""

from __future__ import annotations

import shutil
from pathlib import Path

from evalrapport.step import Job


def step(job: Job) -> None:
    """Site, PDF, DOCX and list of claims → build/report/<study>."""
    publish(job.input, job.output["report"], str(job.study))


def publish(documents: dict[str, Path], folder: Path, name: str) -> None:
    """Copy the site into `folder` and the other documents beside its index.html."""
    shutil.copytree(documents["site"], folder)
    shutil.copyfile(documents["pdf"], folder / f"{name}.pdf")
    shutil.copyfile(documents["docx"], folder / f"{name}.docx")
    shutil.copyfile(documents["claims"], folder / "paastande.csv")
    for kind in ("html", "pdf"):
        if summary := documents.get(f"overblik_{kind}"):
            shutil.copyfile(summary, folder / f"overblik.{kind}")
