"""Mentor episodes, as the municipalities report them to STAR's statistical warehouse.

No public list of columns exists: contents are documented (SFI 15:10, ch. 3, fn 8, 10, 11, 25), the
names are a proposal and can be mapped when the real delivery is known.
"""

from __future__ import annotations

from evalrapport.contracts.sources.declaration import Column, Register, person_number

_SFI = "SFI 15:10, kap. 3"

REGISTER = Register(
    name="mentor_episodes",
    label="Mentorforløb",
    unit_of_row="et registreret delforløb med uændret timetal",
    files={"": "mentorforloeb"},
    source="STAR, det statistiske varehus for beskæftigelsesindsatsen",
    key=("episode_id",),
    order=(("start_date", "end_date"),),
    notes=(
        "A change of weekly hours ends one record and starts the next the day after (fn 8, fn 25).",
        "0 or missing hours occur (fn 10); planned durations may be unrealistically long (fn 11).",
        "ASSUME: exact duplicates have their own FORLOEB_ID, as the warehouse gives every report"
        " one; joining or dropping them is the datasets' work.",
    ),
    columns=(
        person_number(_SFI, "content confirmed, name assumed"),
        Column(
            name="FORLOEB_ID",
            typed="episode_id",
            type="text",
            storage="string",
            label="Forløbets id",
            source="DFDG, ActivityIdentifier",
            sensitivity="identifier",
            confidence="evident",
        ),
        Column(
            name="START_DATO",
            typed="start_date",
            type="date",
            storage="date32",
            label="Startdato",
            source=_SFI,
            confidence="content confirmed, name assumed",
        ),
        Column(
            name="SLUT_DATO",
            typed="end_date",
            type="date",
            storage="date32",
            label="Slutdato (evt. planlagt)",
            source=f"{_SFI}, fn 11",
            nullable=True,
            confidence="content confirmed, name assumed",
        ),
        Column(
            name="TIMER_UGE",
            typed="hours_per_week",
            type="decimal",
            storage="double",
            unit="timer pr. uge",
            low=0,
            high=168,
            label="Bevilgede timer pr. uge",
            source=f"{_SFI}, fn 10",
            nullable=True,
            confidence="content confirmed, name assumed",
        ),
        Column(
            name="MENTORTYPE",
            typed="mentor_type",
            type="code",
            storage="string",
            codes={"1": "individuel", "2": "plads"},
            label="Mentorfunktionens type",
            source="SFI 15:10, tabel 3.10",
            nullable=True,
            confidence="labels confirmed, codes assumed",
        ),
        Column(
            name="KOMMUNE",
            typed="municipality_code",
            type="code",
            storage="int16",
            codes="municipalities",
            width=3,
            label="Ansvarlig kommune",
            source="DFDG, ResponsibleAuthority",
            confidence="evident",
        ),
        Column(
            name="JOBCENTER",
            typed="job_centre",
            type="text",
            storage="string",
            width=5,
            label="Jobcenter",
            source="STAR",
            nullable=True,
            confidence="evident",
        ),
    ),
)
