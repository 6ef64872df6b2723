"""Reads, checks and types DREAM: raw file(s) in, typed file out."""

from __future__ import annotations

from evalrapport.contracts.sources.dream import DELIVERY, register
from evalrapport.sources import typed_files
from evalrapport.step import Job


def step(job: Job) -> None:
    """Rule dream: raw file(s) and code lists in, one typed file out."""
    typed_files.make(register(job.settings.get("delivery", DELIVERY)), job)
