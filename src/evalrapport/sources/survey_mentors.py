"""Reads, checks and types the survey of mentors: raw file in, typed file out."""

from __future__ import annotations

from evalrapport.contracts.sources.survey_mentors import REGISTER
from evalrapport.sources import survey_file
from evalrapport.step import Job


def step(job: Job) -> None:
    """Rule survey_mentors: raw file and code lists in, one typed file out."""
    survey_file.run(REGISTER, job)
