"""Table 4.8 of SFI 15:10: mentors' contact with the job centre, and where they can get advice."""

from __future__ import annotations

from evalrapport.results import survey_table
from evalrapport.results.survey_table import Questions
from evalrapport.step import Job

QUESTIONS = Questions(
    groups={"intensitet": "tilbagemelding", "raad": "raad"},
    by="sektor",
)


def step(job: Job) -> None:
    """The mentors → the table's estimates."""
    survey_table.run(QUESTIONS, job)
