"""Reads, checks and types SSKO: raw file(s) in, typed file out."""

from __future__ import annotations

from evalrapport.contracts.sources.ssko import REGISTER
from evalrapport.sources import typed_files
from evalrapport.step import Job


def step(job: Job) -> None:
    """Rule ssko: raw file(s) and code lists in, one typed file out."""
    typed_files.make(REGISTER, job)
