"""The frame of the mentors' survey: all episodes, and what they say of who the mentor is."""

from __future__ import annotations

from evalrapport.contracts.sources.declaration import Register
from evalrapport.contracts.sources.survey_questions import answer, identifier, number, words

# Fields that name nobody, whatever their case (SFI 15:10, section 4.1, names three of them); a
# telephone number is eight digits that are not all the same.
# ASSUME: the words beside “Ikke opgivet”, “00000000” and “Call Center” are ours.
NO_NAME = (
    r"ikke opgivet|ikke oplyst|ukendt|call ?center|jobcenter|ingen|afventer|diverse|se journal"
    r"|mentor|virksomheden|[\d\W]*"
)
PHONE = r"(?!(\d)\1{7})\d{8}"


REGISTER = Register(
    name="survey_frame_mentors",
    label="Ramme af mentorer: forløb med oplysning om mentor",
    unit_of_row="et mentorforløb, der er startet siden 2012",
    files={"": "ramme_mentorer"},
    suffix=".csv",
    source="Mentorforløb pr. 1. juli 2014",
    key=("frame_id",),
    columns=(
        identifier("FORLOEB_ID", "frame_id", "Forløbets løbenummer"),
        number("start_aar", "Startår", "aar", 2014, "afsnit 4.1"),
        answer("fortsat_2014", "Fortsat i 2014", "afsnit 4.1", question="ja_nej"),
        words("MENTOR_NAVN", "mentor_name", "Mentorens navn", "identifier"),
        words("MENTOR_TLF", "mentor_phone", "Mentorens telefonnummer", "identifier"),
        answer("udfald", "Kontaktens udfald", "afsnit 4.1"),
        identifier("RESP_ID", "respondent_id", "Interviewets løbenummer", nullable=True),
    ),
    notes=(
        "2,468 of 80,477 episodes say who the mentor is; 2,397 of them started in 2013 or 2014."
        " ASSUME: the other 71 started in 2012 and were left out.",
    ),
)
