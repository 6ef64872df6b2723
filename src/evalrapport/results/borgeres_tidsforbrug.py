"""Table 4.4 of SFI 15:10: citizens' time with their mentor, and whether it is as agreed.

Answers per month have been turned into weeks (see `survey_respondents`).
"""

from __future__ import annotations

from evalrapport.results import survey_table
from evalrapport.results.survey_table import Questions
from evalrapport.step import Job

QUESTIONS = Questions(
    groups={"som_aftalt": "som_aftalt"},
    rows={"timer.kontakt": "uge_kontakt", "timer.ansigt_til_ansigt": "uge_ansigt"},
)


def step(job: Job) -> None:
    """The citizens and their frame → the table's estimates."""
    survey_table.run(QUESTIONS, job)
