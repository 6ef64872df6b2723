"""The declared registers: what each raw file holds and what it becomes. Data, no computation."""

from __future__ import annotations

from evalrapport.contracts.sources import (
    bef,
    dream,
    interview_coding,
    mentor_episodes,
    survey_citizens,
    survey_frame_citizens,
    survey_frame_mentors,
    survey_mentors,
    udda,
)
from evalrapport.contracts.sources.declaration import Column, Register

REGISTERS: dict[str, Register] = {
    module.REGISTER.name: module.REGISTER
    for module in (
        *(mentor_episodes, dream, bef, udda),
        *(survey_citizens, survey_mentors, survey_frame_citizens, survey_frame_mentors),
        interview_coding,
    )
}
# Files of the fieldwork: small, labelled in words, and not scaled with the population.
FIELDWORK: tuple[str, ...] = (
    *("survey_citizens", "survey_mentors", "survey_frame_citizens", "survey_frame_mentors"),
    "interview_coding",
)

__all__ = ["FIELDWORK", "REGISTERS", "Column", "Register"]
