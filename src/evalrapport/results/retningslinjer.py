"""Table 4.9 of SFI 15:10: whether the job centre gives clear guidelines, by both parties."""

from __future__ import annotations

from evalrapport.results import survey_table
from evalrapport.results.survey_table import Questions
from evalrapport.step import Job

QUESTIONS = Questions(
    groups={"retningslinjer": "retningslinjer"},
)


def step(job: Job) -> None:
    """Citizens, their frame and mentors → the table's estimates."""
    survey_table.run(QUESTIONS, job)
