"""KOTO, enrolment in education as unbroken spells; closed, the one in use in 2014."""

from __future__ import annotations

from evalrapport.contracts.sources.declaration import Column, Register, person_number

_DST = "Danmarks Statistik, Forskningsservice, variabelliste for KOTO"
_TIMES = "Danmarks Statistik, TIMES"

REGISTER = Register(
    name="koto",
    label="Uddannelsesforløb (KOMP2)",
    unit_of_row="en periode, hvor en person er indskrevet på en uddannelse",
    files={"2014": "koto2014"},
    pattern="koto{year}",
    source="Danmarks Statistik",
    key=(),
    order=(("start_date", "end_date"),),
    period_column="period",
    notes=(
        "One file with all spells; its year is that of the last data.",
        "KOTO and KOTRE are alternatives: config says which is delivered.",
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
            name="ELEV2_VFRA",
            typed="start_date",
            type="date",
            storage="date32",
            label="Indskrevet fra",
            source=_DST,
        ),
        Column(
            name="ELEV2_VTIL",
            typed="end_date",
            type="date",
            storage="date32",
            label="Indskrevet til",
            source=_DST,
            nullable=True,
        ),
    ),
)
