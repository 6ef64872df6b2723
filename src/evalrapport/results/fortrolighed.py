"""Table 4.10 of SFI 15:10: how far citizens confide in and trust their mentor."""

from __future__ import annotations

from evalrapport.results import survey_table
from evalrapport.results.survey_table import Questions
from evalrapport.step import Job

QUESTIONS = Questions(
    groups={"fortrolighed": "fortrolighed", "tillid": "tillid"},
)


def step(job: Job) -> None:
    """The citizens and their frame → the table's estimates."""
    survey_table.run(QUESTIONS, job)
