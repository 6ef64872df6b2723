"""IDAN, jobs in Statistics Denmark's labour market database, by the end of November."""

from __future__ import annotations

from evalrapport.contracts.sources.declaration import Column, Register, person_number

_DST = "Danmarks Statistik, Forskningsservice, variabelliste for IDAN"
_TIMES = "Danmarks Statistik, TIMES"

REGISTER = Register(
    name="idan",
    label="IDA, ansættelser",
    unit_of_row="en ansættelse i året",
    files={"2009": "idan2009", "2010": "idan2010", "2011": "idan2011"},
    pattern="idan{year}",
    source="Danmarks Statistik",
    key=(),
    period_column="period",
    notes=(
        "Several rows a person: the main job at the end of November and others.",
        "The files from 2008 on were remade in 2022-24; one of 2014 may carry older names.",
    ),
    columns=(
        person_number(_DST),
        Column(
            name="TYPE_2008",
            typed="job_type",
            type="code",
            storage="string",
            label="Ansættelsens type (H er hovedbeskæftigelse ultimo november)",
            source=_TIMES,
            codes={"H": "H", "B": "B", "N": "N", "E": "E", "3": "3", "A": "A", "S": "S", "M": "M"},
            width=1,
            nullable=True,
            confidence="name confirmed, values assumed: those of TYPE",
        ),
        Column(
            name="ARB_HOVED_BRA_DB07",
            typed="industry",
            type="integer",
            storage="int32",
            label="Arbejdsstedets branche (DB07)",
            source=_TIMES,
            low=0,
            high=999999,
            blank=0,
            width=6,
        ),
        Column(
            name="ARB_SEKTORKODE",
            typed="sector",
            type="code",
            storage="int16",
            label="Arbejdsstedets sektor",
            source=_TIMES,
            codes="sector_codes",
            blank=99,
            confidence="name confirmed, values assumed: those of the functional code used to 2012",
        ),
        Column(
            name="SMAL_TIMELOEN",
            typed="hourly_wage",
            type="decimal",
            storage="double",
            label="Timeløn, smalt lønbeløb",
            source=_TIMES,
            low=0,
            high=100000,
            nullable=True,
            unit="kr. pr. time",
        ),
    ),
)
