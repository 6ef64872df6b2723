"""Table 4.11 of SFI 15:10: whether citizens had a say, and whether they needed a mentor."""

from __future__ import annotations

from evalrapport.results import survey_table
from evalrapport.results.survey_table import Questions
from evalrapport.step import Job

QUESTIONS = Questions(
    groups={"taget_med_paa_raad": "taget_med_paa_raad", "behov": "behov"},
)


def step(job: Job) -> None:
    """The citizens and their frame → the table's estimates."""
    survey_table.run(QUESTIONS, job)
