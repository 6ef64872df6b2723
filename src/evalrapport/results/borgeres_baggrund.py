"""Table 4.2 of SFI 15:10: who the citizens are, by the benefit registered for them."""

from __future__ import annotations

from evalrapport.results import survey_table
from evalrapport.results.survey_table import Questions
from evalrapport.step import Job

QUESTIONS = Questions(
    groups={
        "koen": "koen",
        "alder": "aldersgruppe",
        "uddannelse": "uddannelse",
        "situation": "situation",
    },
    rows={
        "alder.gennemsnit": "alder",
        "erhvervserfaring.gennemsnit": "erhvervserfaring",
        "erhvervserfaring.median": "erhvervserfaring",
        "foedt_i_danmark": "foedt_i_danmark",
    },
)


def step(job: Job) -> None:
    """The citizens and their frame → the table's estimates."""
    survey_table.run(QUESTIONS, job)
