"""Reads, checks and types the frame of the mentors' survey: raw file in, typed file out."""

from __future__ import annotations

from evalrapport.contracts.sources.survey_frame_mentors import REGISTER
from evalrapport.sources import survey_file
from evalrapport.step import Job


def step(job: Job) -> None:
    """Rule survey_frame_mentors: raw file and code lists in, one typed file out."""
    survey_file.run(REGISTER, job)
