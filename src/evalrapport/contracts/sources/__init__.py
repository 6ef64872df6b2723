"""The declared registers: what each raw file holds and what it becomes. Data, no computation."""

from __future__ import annotations

from evalrapport.contracts.sources import (
    bef,
    bfl,
    bol,
    bolig,
    dream,
    idan,
    idap,
    interview_coding,
    interview_frame,
    koto,
    kotre,
    lpr_adm,
    mentor_episodes,
    perbolig,
    psyk_adm,
    ssko,
    sssy,
    survey_citizens,
    survey_frame_citizens,
    survey_frame_mentors,
    survey_mentors,
    udda,
)
from evalrapport.contracts.sources.declaration import Column, Register
from evalrapport.contracts.sources.groups import FIELDWORK_OF, GROUPS, Group

REGISTERS: dict[str, Register] = {
    module.REGISTER.name: module.REGISTER
    for module in (
        *(mentor_episodes, dream, bef, udda),
        *(idap, idan, bfl, sssy, ssko, lpr_adm, psyk_adm, bolig, perbolig, koto, kotre),
        *(survey_citizens, survey_mentors, survey_frame_citizens, survey_frame_mentors),
        *(interview_coding, interview_frame),
    )
}
# Files of the fieldwork: small, labelled in words, and not scaled with the population.
FIELDWORK: tuple[str, ...] = tuple(name for names in FIELDWORK_OF.values() for name in names)
# Registers without which a run goes on, with fewer covariates or outcomes.
OPTIONAL: tuple[str, ...] = tuple(
    name for group in GROUPS.values() for need in group.needs for name in need
)
# Declared for whoever works on an earlier window; no study reads them.
UNREAD: dict[str, Register] = {"bol": bol.REGISTER}

__all__ = [
    "FIELDWORK",
    "GROUPS",
    "OPTIONAL",
    "REGISTERS",
    "UNREAD",
    "Column",
    "Group",
    "Register",
]
