"""Groups of optional registers: what each gives, and what is lost without it. Data only.

`needs` lists, per need, the registers that can meet it, the usual one first: KOTO was replaced by
KOTRE, and SSKO is a light alternative to SSSY.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """One group: what it is called in the report, its registers, and what it feeds."""

    name: str
    label: str
    needs: tuple[tuple[str, ...], ...]
    tables: tuple[str, ...] = ()  # result tables that are made from it, besides covariates


GROUPS: dict[str, Group] = {
    group.name: group
    for group in (
        Group("jobs", "Erhvervserfaring og tidligere job", (("idap",), ("idan",))),
        Group("hours", "Løntimer", (("bfl",),)),
        Group("health", "Helbred", (("sssy", "ssko"), ("lpr_adm",), ("psyk_adm",))),
        Group("housing", "Bolig", (("bolig",), ("perbolig",))),
        Group(
            *("enrolment", "Igangværende uddannelse", (("koto", "kotre"),)),
            ("under_uddannelse", "akkumuleret_under_uddannelse"),
        ),
    )
}

# The fieldwork, by the disclosure class of the tables that are made from it: with half of the files
# some of its tables would rest on others' answers, so it is all of a class or none.
FIELDWORK_OF: dict[str, tuple[str, ...]] = {
    "survey": (
        *("survey_citizens", "survey_mentors"),
        *("survey_frame_citizens", "survey_frame_mentors"),
    ),
    "interview": ("interview_coding", "interview_frame"),
}
FIELDWORK_LABELS = {"survey": "surveys", "interview": "interviews"}
