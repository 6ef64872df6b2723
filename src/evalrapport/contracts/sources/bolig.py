"""BOLIG, dwellings at the end of the year, from 2009 on."""

from __future__ import annotations

from evalrapport.contracts.sources.declaration import Column, Register

_DST = "Danmarks Statistik, Forskningsservice, variabelliste for BOLIG"
_TIMES = "Danmarks Statistik, TIMES"

REGISTER = Register(
    name="bolig",
    label="Boliger",
    unit_of_row="en bolig",
    files={"201112": "bolig201112"},
    pattern="bolig{year}12",
    source="Danmarks Statistik",
    key=("period", "dwelling_id"),
    period_column="period",
    notes=("Joined to persons over PERBOLIG; until 2008 the register was BOL.",),
    columns=(
        Column(
            name="DST_BOLIGERHVERVSENHED_ID",
            typed="dwelling_id",
            type="text",
            storage="string",
            label="Boligens pseudonymiserede id",
            source=_DST,
            sensitivity="identifier",
        ),
        Column(
            name="UDLEJNINGFH",
            typed="tenure",
            type="code",
            storage="uint8",
            label="Udlejningsforhold (1 udlejet, 2 beboet af ejer, 3 ikke benyttet, 9 uoplyst)",
            source=_TIMES,
            codes={"1": 1, "2": 2, "3": 3, "9": 9},
            blank=9,
        ),
        Column(
            name="ANTAL_PERSONER",
            typed="residents",
            type="integer",
            storage="int16",
            label="Personer i boligen",
            source=_DST,
            low=0,
            high=9999,
            blank=0,
            unit="personer",
        ),
    ),
)
