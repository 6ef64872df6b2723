"""The frame of the interviews: every job centre with its cluster, and which were drawn."""

from __future__ import annotations

from evalrapport.contracts.sources.declaration import Register
from evalrapport.contracts.sources.survey_questions import answer, identifier

REGISTER = Register(
    name="interview_frame",
    label="Ramme og udvalg af jobcentre",
    unit_of_row="et jobcenter",
    files={"": "ramme_jobcentre"},
    suffix=".csv",
    source="Udvælgelse af jobcentre til kvalitative interview, 2014",
    key=("frame_id",),
    columns=(
        identifier("RAMME_ID", "frame_id", "Løbenummer i rammen"),
        identifier("KLYNGE", "cluster", "Klynge af kommuner, som jobcentret hører til"),
        answer("udtrukket", "Udvalgt til interview", "afsnit 4.1", question="ja_nej"),
        identifier(
            "JOBCENTER_ID", "centre_id", "Jobcentrets løbenummer i kodningen", nullable=True
        ),
    ),
    notes=(
        "SFI 15:10 chose 18 job centres from different clusters of municipalities, for the greatest"
        " variation; it doesn't say which clusters, nor how many from each.",
    ),
)
