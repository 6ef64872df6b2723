"""KOTRE, enrolment in education as spells: today's successor of KOTO."""

from __future__ import annotations

from evalrapport.contracts.sources.declaration import Column, Register, person_number

_DST = "Danmarks Statistik, Forskningsservice, variabelliste for KOTRE"
_TIMES = "Danmarks Statistik, TIMES"

REGISTER = Register(
    name="kotre",
    label="Uddannelsesforløb (KOMP3)",
    unit_of_row="en periode, hvor en person er indskrevet på en uddannelse",
    files={"2025": "kotre2025"},
    pattern="kotre{year}",
    source="Danmarks Statistik",
    key=(),
    order=(("start_date", "end_date"),),
    period_column="period",
    notes=(
        "One file with all spells; its year is that of the last data.",
        "Values of UDD are of another vintage than KOTO's.",
    ),
    columns=(
        person_number(_DST),
        Column(
            name="UDD",
            typed="education_code",
            type="integer",
            storage="int32",
            label="Uddannelsens kode",
            source=_DST,
            low=0,
            high=99999,
            blank=0,
        ),
        Column(
            name="UDEL",
            typed="part",
            type="integer",
            storage="int16",
            label="Uddannelsens del (20-31 er klassetrin i grundskolen)",
            source=_TIMES,
            low=0,
            high=99,
            blank=0,
        ),
        Column(
            name="ELEV3_VFRA",
            typed="start_date",
            type="date",
            storage="date32",
            label="Indskrevet fra",
            source=_DST,
        ),
        Column(
            name="ELEV3_VTIL",
            typed="end_date",
            type="date",
            storage="date32",
            label="Indskrevet til",
            source=_DST,
            nullable=True,
        ),
    ),
)
