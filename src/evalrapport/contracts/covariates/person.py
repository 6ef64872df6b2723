"""Who a person is: BEF, UDDA and the local labour market."""

from __future__ import annotations

from typing import Any

from evalrapport.contracts.covariates.declaration import (
    NONE_MISSING,
    PLACE,
    UNKNOWN_LEVEL,
    Covariate,
    Section,
    among,
    band,
    number,
    year,
)

ANY = 32_000


def _age(low: int, high: int, merge_into: str | None) -> Covariate:
    label = f"{low}-{high} år"
    return band(f"age_{low}_{high}", label, "BEF", "age", low=low, high=high, merge_into=merge_into)


def _country(name: str, label: str, **more: Any) -> Covariate:
    words = f"Indvandrer eller efterkommer med oprindelse i {label}"
    told = {"merge_into": "immigrant", "missing": "Uoplyst land: nul"} | more
    return among(f"country_{name}", words, "BEF", "country_group", [name], **told)


def _years_here(low: int, high: int, merge_into: str) -> Covariate:
    label = (
        f"Indvandret for {low}-{high} år siden"
        if low
        else f"Indvandret for under {high + 1} år siden"
    )
    told = {"merge_into": merge_into, "missing": "Uden dato: nul"}
    return band(f"here_{low}_{high}", label, "BEF", "years_here", low=low, high=high, **told)


def _children(name: str, label: str, low: int, merge_into: str | None = None) -> Covariate:
    high = 1 if low == 1 else 99
    return band(name, label, "BEF", "children", low=low, high=high, merge_into=merge_into)


def _youngest(low: int, high: int, merge_into: str | None) -> Covariate:
    label = f"Yngste egne barn er {low}-{high} år"
    name = f"youngest_{low}_{high}"
    told = {"merge_into": merge_into, "missing": "Ingen børn: nul"}
    return band(name, label, "BEF", "youngest_child", low=low, high=high, **told)


def _level(name: str, label: str, level: str, **more: Any) -> Covariate:
    definition = "Højeste fuldførte primo oktober året før; indvandreres egne svar er uoplyst"
    told = {"definition": definition, "missing": UNKNOWN_LEVEL} | more
    return among(f"education_{name}", label, "UDDA", "education_level", [level], **told)


def _field(name: str, label: str, **more: Any) -> Covariate:
    words = f"Uddannelsens retning: {label}"
    told = {"definition": "Primo oktober året før, efter uddannelsens kode"} | more
    told["missing"] = "Uden retning: nul"
    return among(f"field_{name}", words, "UDDA", "education_field", [name], **told)


def _region(name: str, label: str, code: int) -> Covariate:
    return among(f"region_{name}", label, "BEF", "region", [code], reason=PLACE)


PERSON = Section(
    "person",
    "Køn, alder og herkomst",
    (
        among("man", "Mand", "BEF", "sex", [1]),
        number("age", "Alder", "BEF", "age", definition="Hele år ved indgangen til startåret"),
        year(
            "age_squared",
            "Alder i anden",
            "BEF",
            "square",
            kind="count",
            arguments={"column": "age"},
        ),
        _age(16, 19, "age_20_24"),
        _age(20, 24, "age_25_29"),
        _age(25, 29, None),
        _age(50, 64, None),
        among("immigrant", "Indvandrer", "BEF", "origin_type", [2], missing="Uoplyst: dansk"),
        among(
            *("descendant", "Efterkommer", "BEF", "origin_type", [3]),
            missing="Uoplyst: dansk",
            merge_into="immigrant",
        ),
        _country("western", "et vestligt land"),
        _country("eastern_europe", "det øvrige Europa eller det tidligere Sovjetunionen"),
        _country("middle_east", "Tyrkiet, Mellemøsten eller Nordafrika"),
        _country("africa", "det øvrige Afrika"),
        _years_here(0, 4, "here_5_9"),
        _years_here(5, 9, "here_10_19"),
        _years_here(10, 19, "immigrant"),
    ),
)

FAMILY = Section(
    "familie",
    "Samliv og børn",
    (
        among("married", "Gift", "BEF", "civil_status", ["G", "P"], merge_into="partner"),
        band("partner", "Samlevende eller gift", "BEF", "has_partner", low=1, high=1),
        among(
            *("formerly_married", "Fraskilt eller enke", "BEF", "civil_status"),
            ["F", "E", "O", "L"],
        ),
        _children("one_child", "Et barn i familien", 1),
        _children("two_children", "To eller flere børn i familien", 2, "one_child"),
        _children("three_children", "Tre eller flere børn i familien", 3, "two_children"),
        _youngest(0, 2, "youngest_3_6"),
        _youngest(3, 6, "youngest_7_17"),
        _youngest(7, 17, None),
    ),
)

EDUCATION = Section(
    "uddannelse",
    "Uddannelse",
    (
        _level("basic", "Grundskole", "grundskole", in_model=False),
        _level("upper_secondary", "Gymnasial uddannelse", "gymnasial"),
        _level("vocational", "Erhvervsfaglig uddannelse", "erhvervsfaglig"),
        _level(
            "long",
            "Lang videregående uddannelse",
            "lang_videregaaende",
            merge_into="education_medium",
        ),
        _level(
            *("medium", "Mellemlang videregående uddannelse", "mellemlang_videregaaende"),
            merge_into="education_short",
        ),
        _level(
            *("short", "Kort videregående uddannelse", "kort_videregaaende"),
            merge_into="education_vocational",
        ),
        _level("unknown", "Uddannelse uoplyst", "uoplyst"),
        _field("pedagogy", "pædagogik, humaniora og kunst"),
        _field("office", "handel, kontor og samfund"),
        _field("technical", "teknik og naturvidenskab"),
        _field("food_transport", "fødevarer, jordbrug og transport", merge_into="field_technical"),
        _field("health", "sundhed", merge_into="field_pedagogy"),
    ),
)

AREA = Section(
    "omraade",
    "Bopæl og lokal ledighed",
    (
        _region("sjaelland", "Region Sjælland", 85),
        _region("syddanmark", "Region Syddanmark", 83),
        _region("midtjylland", "Region Midtjylland", 82),
        _region("nordjylland", "Region Nordjylland", 81),
        among(
            *("big_city", "Bor i København, Frederiksberg, Aarhus, Odense eller Aalborg", "BEF"),
            *("municipality_code", (101, 147, 461, 751, 851)),
            reason=PLACE,
        ),
        number(
            *(
                "area_unemployment",
                "Ledighed i pendlingsområdet",
                "DREAM, BEF",
                "area_unemployment",
            ),
            definition="Promille af 16-64-årige i området med a-dagpenge eller som jobparate på "
            "kontanthjælp i den sidste uge før startåret",
            missing=NONE_MISSING,
            reason=PLACE,
        ),
    ),
)
