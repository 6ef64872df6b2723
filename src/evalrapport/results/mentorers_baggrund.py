"""Table 4.1 of SFI 15:10: who the mentors are, by where they are employed.

Private employment is a firm; kommunal mv. is everybody else, by the mentor's own answer. Only those
who took a course were asked how long it was, so that question is outside the smallest base.
"""

from __future__ import annotations

from evalrapport.results import survey_table
from evalrapport.results.survey_table import Questions
from evalrapport.step import Job

QUESTIONS = Questions(
    groups={"ansaettelse": "ansaettelse", "koen": "koen", "uddannelse": "uddannelse"},
    rows={
        "mentor_hovedbeskaeftigelse": "mentor_hovedbeskaeftigelse",
        "kursus": "kursus",
        "kursustimer.gennemsnit": "kursustimer",
        "kursustimer.median": "kursustimer",
        "erhvervserfaring": "erhvervserfaring",
        "mentorerfaring": "mentorerfaring",
        "borgere.gennemsnit": "borgere",
        "borgere.median": "borgere",
    },
    branch=("kursustimer",),
    by="sektor",
)


def step(job: Job) -> None:
    """The mentors → the table's estimates."""
    survey_table.run(QUESTIONS, job)
