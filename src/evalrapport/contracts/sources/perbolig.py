"""PERBOLIG, the key from persons to dwellings, by quarter from 2009 on."""

from __future__ import annotations

from evalrapport.contracts.sources.declaration import Column, Register, person_number

_DST = "Danmarks Statistik, Forskningsservice, variabelliste for PERBOLIG"

REGISTER = Register(
    name="perbolig",
    label="Personers bolig",
    unit_of_row="en person med bopæl i Danmark",
    files={"201112": "perbolig201112"},
    pattern="perbolig{year}{month}",
    source="Danmarks Statistik",
    key=("period", "person_id"),
    period_column="period",
    columns=(
        person_number(_DST),
        Column(
            name="DST_BOLIGERHVERVSENHED_ID",
            typed="dwelling_id",
            type="text",
            storage="string",
            label="Boligens pseudonymiserede id",
            source=_DST,
            sensitivity="identifier",
            nullable=True,
        ),
    ),
)
