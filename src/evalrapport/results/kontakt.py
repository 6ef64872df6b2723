"""Table 4.6 of SFI 15:10: how often and when citizens are in contact with their mentor."""

from __future__ import annotations

from evalrapport.results import survey_table
from evalrapport.results.survey_table import Questions
from evalrapport.step import Job

QUESTIONS = Questions(
    groups={"intensitet": "kontakt_hyppighed", "tidspunkt": "kontakt_tidspunkt"},
    rows={"samme_arbejdsplads": "samme_arbejdsplads"},
)


def step(job: Job) -> None:
    """The citizens and their frame → the table's estimates."""
    survey_table.run(QUESTIONS, job)
