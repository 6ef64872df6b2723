"""Table 4.5 of SFI 15:10: mentors' time with citizens, in all and per citizen.

Time per citizen is the mean over mentors of their own ratio (footnotes 14 and 16), so it is more
than the quotient of the two means where those with few citizens give each of them more time.
"""

from __future__ import annotations

from evalrapport.results import survey_table
from evalrapport.results.survey_table import Questions
from evalrapport.step import Job

QUESTIONS = Questions(
    rows={
        "timer_i_alt.kontakt": "uge_kontakt",
        "timer_i_alt.ansigt_til_ansigt": "uge_ansigt",
        "timer_pr_borger.kontakt": "pr_borger_kontakt",
        "timer_pr_borger.ansigt_til_ansigt": "pr_borger_ansigt",
    },
    by="sektor",
)


def step(job: Job) -> None:
    """The mentors → the table's estimates."""
    survey_table.run(QUESTIONS, job)
