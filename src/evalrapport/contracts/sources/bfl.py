"""BFL, paid hours and wages month by month, from the employers' reports to eIndkomst."""

from __future__ import annotations

from evalrapport.contracts.sources.declaration import Column, Register, person_number

_DST = "Danmarks Statistik, Forskningsservice, variabelliste for BFL"
_TIMES = "Danmarks Statistik, TIMES"

REGISTER = Register(
    name="bfl",
    label="Beskæftigelse for lønmodtagere",
    unit_of_row="et job i en måned",
    files={"201112": "bfl201112"},
    pattern="bfl{year}12",
    source="Danmarks Statistik",
    key=(),
    order=(("start_date", "end_date"),),
    period_column="period",
    notes=(
        "A row is a month of a job after Statistics Denmark's compression.",
        "Some 35 million rows a year.",
    ),
    columns=(
        person_number(_DST),
        Column(
            name="AJO_JOB_START_DATO",
            typed="start_date",
            type="date",
            storage="date32",
            label="Jobbets første dag i måneden",
            source=_TIMES,
        ),
        Column(
            name="AJO_JOB_SLUT_DATO",
            typed="end_date",
            type="date",
            storage="date32",
            label="Jobbets sidste dag i måneden",
            source=_TIMES,
        ),
        Column(
            name="AJO_LOENTIMER",
            typed="paid_hours",
            type="decimal",
            storage="double",
            label="Løntimer i måneden",
            source=_TIMES,
            low=0,
            high=1000,
            nullable=True,
            unit="timer",
        ),
    ),
)
