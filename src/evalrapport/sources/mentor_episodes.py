"""Reads, checks and types mentor episodes: raw file in, typed file out."""

from __future__ import annotations

from evalrapport.contracts.sources.mentor_episodes import REGISTER
from evalrapport.sources import typed_files
from evalrapport.step import Job


def step(job: Job) -> None:
    """Rule mentor_episodes: raw file(s) and code lists in, one typed file out."""
    typed_files.make(REGISTER, job)
