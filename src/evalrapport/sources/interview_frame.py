"""Reads, checks and types the frame of the interviews: raw file in, typed file out."""

from __future__ import annotations

from evalrapport.contracts.sources.interview_frame import REGISTER
from evalrapport.sources import survey_file
from evalrapport.step import Job


def step(job: Job) -> None:
    """Rule interview_frame: raw file and code lists in, one typed file out."""
    survey_file.run(REGISTER, job)
