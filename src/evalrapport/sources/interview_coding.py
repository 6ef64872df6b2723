"""Reads, checks and types the coding of the interviews: raw file in, typed file out."""

from __future__ import annotations

from evalrapport.contracts.sources.interview_coding import REGISTER
from evalrapport.sources import survey_file
from evalrapport.step import Job


def step(job: Job) -> None:
    """Rule interview_coding: raw file and code lists in, one typed file out."""
    survey_file.run(REGISTER, job)
