"""Reads, checks and types IDAN: raw file(s) in, typed file out."""

from __future__ import annotations

from evalrapport.contracts.sources.idan import REGISTER
from evalrapport.sources import typed_files
from evalrapport.step import Job


def step(job: Job) -> None:
    """Rule idan: raw file(s) and code lists in, one typed file out."""
    typed_files.make(REGISTER, job)
