"""IDAP, persons in Statistics Denmark's labour market database: experience and unemployment."""

from __future__ import annotations

from evalrapport.contracts.sources.declaration import Column, Register, person_number

_DST = "Danmarks Statistik, Forskningsservice, variabelliste for IDAP"
_TIMES = "Danmarks Statistik, TIMES"

REGISTER = Register(
    name="idap",
    label="IDA, personer",
    unit_of_row="en person med bopæl i Danmark",
    files={"2011": "idap2011"},
    pattern="idap{year}",
    source="Danmarks Statistik",
    key=("period", "person_id"),
    period_column="period",
    notes=(
        "One row a person, also those without work; dated at the end of November.",
        "ERHVER counts from 1980; the years 1964-79 stand in ERHVER79.",
        "ARLEDGR_BRUTTO from 2008; until 2007 the column was ARLEDGR.",
    ),
    columns=(
        person_number(_DST),
        Column(
            name="ERHVER",
            typed="experience",
            type="integer",
            storage="int32",
            label="Erhvervserfaring siden 1980, tusindedele af et år",
            source=_TIMES,
            low=0,
            high=60000,
            nullable=True,
            unit="tusindedele år",
        ),
        Column(
            name="ARLEDGR_BRUTTO",
            typed="unemployment_degree",
            type="integer",
            storage="int16",
            label="Bruttoledighed i året, tusindedele af et år",
            source=_TIMES,
            low=0,
            high=1000,
            blank=0,
            unit="tusindedele år",
        ),
    ),
)
