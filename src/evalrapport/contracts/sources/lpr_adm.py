"""LPR_ADM, contacts with somatic hospitals; closed 2019. PSYK_ADM has the same columns."""

from __future__ import annotations

from evalrapport.contracts.sources.declaration import Column, Register, person_number

_DST = "Danmarks Statistik, Forskningsservice, variabelliste for LPR_ADM"


def columns(source: str) -> tuple[Column, ...]:
    """The columns used of a hospital register."""
    return (
        person_number(source),
        Column(
            name="RECNUM",
            typed="contact_id",
            type="text",
            storage="string",
            label="Kontaktens id",
            source=source,
            sensitivity="identifier",
        ),
        Column(
            name="C_PATTYPE",
            typed="patient_type",
            type="code",
            storage="uint8",
            codes={"0": 0, "1": 1, "2": 2, "3": 3},
            label="Patienttype (0 indlagt, 2 ambulant, 3 skadestue)",
            source=source,
            confidence="name confirmed, values evident",
            sensitivity="sensitive",
        ),
        Column(
            name="D_INDDTO",
            typed="start_date",
            type="date",
            storage="date32",
            label="Indlagt eller henvendt",
            source=source,
            sensitivity="sensitive",
        ),
        Column(
            name="V_SENGDAGE",
            typed="bed_days",
            type="integer",
            storage="int16",
            low=0,
            high=30000,
            blank=0,
            unit="dage",
            label="Sengedage",
            source=source,
            sensitivity="sensitive",
        ),
    )


REGISTER = Register(
    name="lpr_adm",
    label="Landspatientregistret",
    unit_of_row="en kontakt med et sygehus",
    files={"2010": "lpr_adm2010", "2011": "lpr_adm2011"},
    pattern="lpr_adm{year}",
    source="Sundhedsdatastyrelsen, fra Danmarks Statistik",
    key=("period", "contact_id"),
    period_column="period",
    notes=(
        "Contacts ended in the file's year; bed days belong to patient type 0.",
        "Psychiatry is a register of its own (PSYK_ADM): without it bed days miss many.",
    ),
    columns=columns(_DST),
)
