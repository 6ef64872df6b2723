"""UDDA, Statistics Denmark's register of highest completed education, by September."""

from __future__ import annotations

from evalrapport.contracts.sources.declaration import Column, Register, person_number

_DST = "Danmarks Statistik, Forskningsservice, variabelliste for UDDA"
_TIMES = "Danmarks Statistik, TIMES"

REGISTER = Register(
    name="udda",
    label="Højeste fuldførte uddannelse",
    unit_of_row="en person med bopæl i Danmark",
    files={"201109": "udda201109", "201209": "udda201209", "201309": "udda201309"},
    pattern="udda{year}{month}",
    source="Danmarks Statistik",
    key=("period", "person_id"),
    period_column="period",
    notes=(
        "HFAUDD identifies an education; its level comes from contracts/codes/education_codes.csv.",
        "Main groups 25 and 35 mean other things in DISCED-15 than in the 2014 nomenclature.",
    ),
    columns=(
        person_number(_DST),
        Column(
            name="HFAUDD",
            typed="education_code",
            type="code",
            storage="int32",
            codes="education_codes",
            blank=0,
            label="Højeste fuldførte uddannelse",
            source=_TIMES,
        ),
        Column(
            name="HF_KILDE",
            typed="education_source",
            type="code",
            storage="int16",
            codes="hf_kilde",
            blank=0,
            label="Kilde til højeste fuldførte uddannelse",
            source=_TIMES,
        ),
    ),
)
