"""The frame of the citizens' survey: all who started with a mentor in 2014, and who was drawn."""

from __future__ import annotations

from evalrapport.contracts.sources.declaration import Register
from evalrapport.contracts.sources.survey_questions import answer, identifier, number

REGISTER = Register(
    name="survey_frame_citizens",
    label="Ramme og stikprøve af borgere",
    unit_of_row="en person, der er startet i et mentorforløb i 2014",
    files={"": "ramme_borgere"},
    suffix=".csv",
    source="SFI's stikprøve, august 2014",
    key=("frame_id",),
    columns=(
        identifier("RAMME_ID", "frame_id", "Løbenummer i rammen"),
        answer("benefit_group", "Registreret ydelse", "tabel 4.2", nullable=False),
        answer("koen", "Køn", "tabel 4.2", nullable=False),
        number("alder", "Alder", "aar", 99, "tabel 4.2"),
        answer("udtrukket", "Udtrukket til stikprøven", "afsnit 4.1", question="ja_nej"),
        answer("udfald", "Kontaktens udfald", "afsnit 4.1", asked_if=("udtrukket", "ja")),
        identifier("RESP_ID", "respondent_id", "Interviewets løbenummer", nullable=True),
    ),
    notes=("All 14,852 who started in 2014 stand in the frame, whatever the stand-in's scale.",),
)
