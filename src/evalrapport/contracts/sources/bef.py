"""BEF, Statistics Denmark's population register: residents at the end of a period."""

from __future__ import annotations

from evalrapport.contracts.sources.declaration import Column, Register, person_number

_DST = "Danmarks Statistik, Forskningsservice, variabelliste for BEF"
_TIMES = "Danmarks Statistik, TIMES"

REGISTER = Register(
    name="bef",
    label="Befolkningen",
    unit_of_row="en person med bopæl i Danmark ved periodens udgang",
    files={"201112": "bef201112", "201212": "bef201212", "201312": "bef201312"},
    source="Danmarks Statistik",
    key=("period", "person_id"),
    period_column="period",
    notes=(
        "Files are dated at the period's end: residents primo 2013 stand in BEF201212.",
        "Case of variable names varies between years of the same register.",
    ),
    columns=(
        person_number(_DST),
        Column(
            name="KOEN",
            typed="sex",
            type="code",
            storage="uint8",
            codes={"1": 1, "2": 2},
            label="Køn (1 mand, 2 kvinde)",
            source=_TIMES,
        ),
        Column(
            name="FOED_DAG",
            typed="birth_date",
            type="date",
            storage="date32",
            label="Fødselsdato",
            source=_TIMES,
        ),
        Column(
            name="ALDER",
            typed="age",
            type="integer",
            storage="int16",
            unit="år",
            low=0,
            high=125,
            label="Alder ved periodens udgang",
            source=_TIMES,
        ),
        Column(
            name="KOM",
            typed="municipality_code",
            type="code",
            storage="int16",
            codes="municipalities",
            label="Bopælskommune",
            source=_TIMES,
        ),
        Column(
            name="IE_TYPE",
            typed="origin_type",
            type="code",
            storage="uint8",
            codes={"1": 1, "2": 2, "3": 3, "9": 9},
            label="Herkomst (1 dansk, 2 indvandrer, 3 efterkommer, 9 uoplyst)",
            source=_TIMES,
            sensitivity="sensitive",
        ),
        Column(
            name="OPR_LAND",
            typed="origin_country",
            type="code",
            storage="int16",
            codes="origin_countries",
            label="Oprindelsesland",
            source=_TIMES,
            sensitivity="sensitive",
        ),
        Column(
            name="CIVST",
            typed="civil_status",
            type="code",
            storage="string",
            codes="civil_status",
            width=1,
            label="Civilstand",
            source=_TIMES,
        ),
        Column(
            name="ANTBOERNF",
            typed="children",
            type="integer",
            storage="int8",
            unit="børn",
            low=0,
            high=25,
            label="Antal børn i familien",
            source=_TIMES,
        ),
        Column(
            name="E_FAELLE_ID",
            typed="partner_id",
            type="person",
            storage="int64",
            label="Partnerens pseudonymiserede personnummer",
            source=_TIMES,
            sensitivity="identifier",
            nullable=True,
        ),
    ),
)
