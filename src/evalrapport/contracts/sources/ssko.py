"""SSKO, contacts with the public health insurance a year: the light alternative to SSSY."""

from __future__ import annotations

from evalrapport.contracts.sources.declaration import Column, Register, person_number

_DST = "Danmarks Statistik, Forskningsservice, variabelliste for SSKO"
_TIMES = "Danmarks Statistik, TIMES"

REGISTER = Register(
    name="ssko",
    label="Sygesikringskontakter",
    unit_of_row="en person og et speciale i året",
    files={"2011": "ssko2011"},
    pattern="ssko{year}",
    source="Danmarks Statistik",
    key=(),
    period_column="period",
    notes=("Counts contacts where SSSY counts services; not for one analysis together with it.",),
    columns=(
        person_number(_DST),
        Column(
            name="SPEC2",
            typed="speciality",
            type="integer",
            storage="int16",
            label="Yderens speciale, to cifre",
            source=_TIMES,
            low=0,
            high=99,
            width=2,
            sensitivity="sensitive",
        ),
        Column(
            name="KONTAKTAGG",
            typed="contacts",
            type="integer",
            storage="int16",
            label="Antal kontakter i året",
            source=_TIMES,
            low=-999,
            high=9999,
            unit="kontakter",
            blank=0,
            sensitivity="sensitive",
        ),
    ),
)
