"""The declared registers: what each raw file holds and what it becomes. Data, no computation."""

from __future__ import annotations

from evalrapport.contracts.sources import (
    bef,
    dream,
    mentor_episodes,
    survey_citizens,
    survey_mentors,
    udda,
)
from evalrapport.contracts.sources.declaration import Column, Register

REGISTERS: dict[str, Register] = {
    module.REGISTER.name: module.REGISTER
    for module in (mentor_episodes, dream, bef, udda, survey_citizens, survey_mentors)
}

__all__ = ["REGISTERS", "Column", "Register"]
