"""Reads, checks and types SSKO: raw file(s) in, typed file out."""

from __future__ import annotations

from evalrapport.contracts.sources.ssko import REGISTER
from evalrapport.sources import typed_files
from evalrapport.step import Job


def step(job: Job) -> None:
    """Rule ssko: raw file(s) and code lists in, one typed file out."""
    raw, lists = typed_files.read_inputs(REGISTER, job)
    typed_files.write(REGISTER, raw, lists, job.output["ssko"], job.output.get("checks"))
