"""Table 4.7 of SFI 15:10: what citizens and mentors talk about, and guidance against control.

Each topic is a question of its own, so the shares don't add up. Mentors answered for their citizens
in general and were not asked how they weigh guidance against control; nor is their base printed.
"""

from __future__ import annotations

from evalrapport.contracts.sources.survey_questions import TOPICS
from evalrapport.results import survey_table
from evalrapport.results.survey_table import Questions
from evalrapport.step import Job

QUESTIONS = Questions(
    groups={"vaegtning": "vaegtning"},
    rows={f"emne.{topic}": f"emne_{topic}" for topic in TOPICS},
    not_put={("vaegtning", "mentorer"): "", ("mindste_beregningsgrundlag", "mentorer"): ""},
)


def step(job: Job) -> None:
    """Citizens, their frame and mentors → the table's estimates."""
    survey_table.run(QUESTIONS, job)
