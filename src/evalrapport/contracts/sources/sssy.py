"""SSSY, services of the public health insurance: doctors, psychologists, dentists."""

from __future__ import annotations

from evalrapport.contracts.sources.declaration import Column, Register, person_number

_DST = "Danmarks Statistik, Forskningsservice, variabelliste for SSSY"
_TIMES = "Danmarks Statistik, TIMES"

REGISTER = Register(
    name="sssy",
    label="Sygesikringsydelser",
    unit_of_row="en ydelse (eller flere ens) til en person",
    files={"2011": "sssy2011"},
    pattern="sssy{year}",
    source="Danmarks Statistik",
    key=(),
    period_column="period",
    notes=(
        "Rows with BARNMAK 1 are a child's, on the grown-up's card; they are left out.",
        "Some 100 million rows a year.",
        "2005 overlaps the older register SYSI.",
    ),
    columns=(
        person_number(_DST),
        Column(
            name="SPECIALE",
            typed="service_code",
            type="integer",
            storage="int32",
            label="Ydelsens speciale, seks cifre, de to første yderens",
            source=_TIMES,
            low=0,
            high=999999,
            width=6,
            sensitivity="sensitive",
        ),
        Column(
            name="YDLANT",
            typed="services",
            type="integer",
            storage="int16",
            label="Antal ydelser",
            source=_TIMES,
            low=-999,
            high=9999,
            unit="ydelser",
            blank=0,
            sensitivity="sensitive",
        ),
        Column(
            name="BARNMAK",
            typed="for_a_child",
            type="code",
            storage="uint8",
            label="Ydelsen gjaldt et barn uden eget kort",
            source=_TIMES,
            codes={"0": 0, "1": 1},
            blank=0,
        ),
    ),
)
