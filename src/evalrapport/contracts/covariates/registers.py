"""What the further registers add: earlier job, health, housing, enrolment, partner, parents."""

from __future__ import annotations

from functools import partial
from typing import Any

from evalrapport.contracts.covariates.declaration import (
    HEALTH,
    HOME,
    NOT_THERE,
    PARENTS,
    PARTNER,
    WHO,
    WORK,
    Covariate,
    Section,
    among,
    band,
    number,
    year,
)

MOST = 32_000
LATEST = "det seneste job ultimo november de tre år før startåret"
OF_JOB: dict[str, Any] = {"needs": "jobs", "reason": WORK, "missing": "Intet job: nul"}
HIGHER = ["kort_videregaaende", "mellemlang_videregaaende", "lang_videregaaende"]


def _industry(name: str, label: str, **more: Any) -> Covariate:
    words = f"Seneste job i {label}"
    definition = f"{label[0].upper()}{label[1:]} er branchen (DB07) i {LATEST}"
    told = {"definition": definition, **OF_JOB} | more
    return among(f"industry_{name}", words, "IDA", "industry_group", [name], **told)


def _job(name: str, label: str, column: str, low: int, high: int, **more: Any) -> Covariate:
    return band(name, label, "IDA", column, low=low, high=high, **(OF_JOB | more))


JOBS = Section(
    "job",
    "Erhvervserfaring og tidligere job",
    (
        number(
            *("experience", "Erhvervserfaring, tiendedele år", "IDA", "experience"),
            definition="Erhvervserfaring siden 1980 ved udgangen af november før startåret",
            **(OF_JOB | {"missing": NOT_THERE}),
        ),
        year(
            *("experience_squared", "Erhvervserfaring i anden", "IDA", "square"),
            kind="amount",
            arguments={"column": "experience"},
            **(OF_JOB | {"missing": NOT_THERE}),
        ),
        number(
            *("unemployment_degree", "Bruttoledighed i året før startåret, promille", "IDA"),
            "unemployment_degree",
            definition="Andel af kalenderåret før startåret, hvor personen var ledig",
            **(OF_JOB | {"missing": NOT_THERE}),
        ),
        _job("job_last_november", "Job i november året før", "job_last_november", 1, 1),
        _job("job_two_novembers", "Job i november to år før", "job_two_novembers", 1, 1),
        _job("no_november_job", "Intet novemberjob i tre år", "job_years", 0, 0),
        _job("public_job", "Seneste job er offentligt", "public_job", 1, 1),
        _industry("manufacturing", "industri, landbrug og forsyning"),
        _industry("construction", "bygge og anlæg"),
        _industry("trade", "handel"),
        _industry("transport_hotel", "transport, hotel og restauration"),
        _industry("business", "rengøring, vikarer og anden erhvervsservice"),
        _industry("public", "undervisning, sundhed, omsorg og administration", in_model=False),
        number(
            *("hourly_wage", "Timeløn i seneste job, kr.", "IDA", "hourly_wage"),
            most=1_000,
            definition=f"Timeløn (smalt lønbeløb) i {LATEST}, højst 1.000 kr.",
            **OF_JOB,
        ),
    ),
)

HOURS = Section(
    "loentimer",
    "Løntimer",
    (
        number(
            *("paid_hours", "Løntimer i fjerde kvartal før startåret", "BFL", "paid_hours"),
            most=2_000,
            definition="Løntimer i job, der har en dag i oktober, november eller december",
            needs="hours",
            reason=WORK,
            missing=NOT_THERE,
        ),
        band(
            *("full_time", "Fuldtid i fjerde kvartal før startåret", "BFL", "paid_hours"),
            low=416,
            high=MOST,
            definition="Mindst 416 løntimer (32 timer om ugen i 13 uger)",
            needs="hours",
            reason=WORK,
            missing=NOT_THERE,
        ),
    ),
)

_ill: Any = partial(dict, needs="health", reason=HEALTH, missing=NOT_THERE)
_two_years = "i de to kalenderår før startåret"


def _amount(name: str, label: str, source: str, most: int) -> Covariate:
    definition = f"{label}, højst {most}"
    return number(name, label, source, name, most=most, definition=definition, **_ill())


def _any(name: str, label: str, source: str, column: str, **more: Any) -> Covariate:
    told = _ill(definition=f"Mindst en: {label[0].lower()}{label[1:]}", low=1, high=MOST) | more
    return band(name, label, source, column, **told)


HEALTH_SECTION = Section(
    "helbred",
    "Helbred",
    (
        _amount("services", "Sygesikringsydelser i kalenderåret før startåret", "SSSY", 200),
        _amount("gp_services", "Ydelser hos almen læge i kalenderåret før", "SSSY", 150),
        _any("physiotherapy", "Fysioterapi i kalenderåret før", "SSSY", "physiotherapy"),
        _any("psychologist", "Psykolog i kalenderåret før", "SSSY", "psychologist"),
        _any(
            *("psychiatrist", "Psykiater i kalenderåret før", "SSSY", "psychiatrist"),
            merge_into="psychologist",
        ),
        _any(
            "no_dentist",
            "Ingen tandlæge i kalenderåret før",
            "SSSY",
            "dentist",
            low=0,
            high=0,
            definition="Ingen ydelse hos tandlæge i kalenderåret før startåret",
        ),
        _amount("bed_days", f"Sengedage {_two_years}", "LPR", 365),
        _any("admitted", f"Indlagt {_two_years}", "LPR", "admissions"),
        _amount("outpatient_contacts", f"Ambulante kontakter {_two_years}", "LPR", 60),
        _any("emergency", f"På skadestue {_two_years}", "LPR", "emergencies"),
        _amount(
            "psychiatric_bed_days", f"Psykiatriske sengedage {_two_years}", "LPR, psykiatri", 365
        ),
        _any(
            *("psychiatric_admitted", f"Indlagt i psykiatrien {_two_years}", "LPR, psykiatri"),
            "psychiatric_admissions",
            merge_into="psychiatric_outpatient",
        ),
        _any(
            *("psychiatric_outpatient", f"Ambulant i psykiatrien {_two_years}", "LPR, psykiatri"),
            "psychiatric_contacts",
        ),
    ),
)

_home: Any = partial(dict, needs="housing", reason=HOME)

HOUSING = Section(
    "bolig",
    "Bolig",
    (
        among("rented", "Bor til leje", "BOLIG", "tenure", [1], **_home(missing="Uoplyst: nul")),
        among(
            *("tenure_unknown", "Ejerforhold uoplyst eller ingen bolig", "BOLIG", "tenure"),
            [0, 3, 9],
            **_home(missing="Vises her"),
            merge_into="rented",
        ),
        band(
            "lives_alone",
            "Bor alene i boligen",
            "BOLIG",
            "residents",
            low=1,
            high=1,
            **_home(missing=NOT_THERE),
        ),
    ),
)

_study: Any = partial(dict, needs="enrolment", reason=WHO, missing="Ingen periode: nul")

ENROLMENT = Section(
    "igangvaerende",
    "Igangværende uddannelse",
    (
        band(
            "enrolled", "Indskrevet på en uddannelse", "KOTO", "enrolled", low=1, high=1, **_study()
        ),
        band(
            *("left_education", "Forlod en uddannelse i de to år før", "KOTO", "left_education"),
            low=1,
            high=1,
            **_study(definition="En indskrivning sluttede i de to kalenderår før startåret"),
        ),
    ),
)


def _of_partner(name: str, label: str, source: str, column: str, **more: Any) -> Covariate:
    told = {"reason": PARTNER, "missing": "Ingen partner: nul"} | more
    make = number if "most" in more else band
    return make(f"partner_{name}", label, source, column, **told)


PARTNERS = Section(
    "partner",
    "Partnerens forhold",
    (
        _of_partner(
            *("months_employed", "Partnerens måneder i beskæftigelse i kalenderåret før", "DREAM"),
            "partner_months_employed",
            most=12,
        ),
        _of_partner(
            *("weeks_supported", "Partnerens uger på offentlig forsørgelse i kalenderåret før"),
            *("DREAM", "partner_weeks_supported"),
            most=53,
        ),
        among(
            *("partner_vocational", "Partneren har erhvervsfaglig uddannelse", "UDDA"),
            *("partner_level", ["erhvervsfaglig"]),
            reason=PARTNER,
            missing="Ingen partner: nul",
            merge_into="partner_higher",
        ),
        among(
            *("partner_higher", "Partneren har videregående uddannelse", "UDDA", "partner_level"),
            HIGHER,
            reason=PARTNER,
            missing="Ingen partner: nul",
            merge_into="partner",
        ),
        _of_partner(
            *("immigrant", "Partneren er indvandrer", "BEF", "partner_immigrant"),
            low=1,
            high=1,
            merge_into="partner",
        ),
    ),
)


def _parent(
    who: str, label: str, level: str, words: str, values: list[str], into: str | None
) -> Covariate:
    return among(
        f"{who}_{level}",
        f"{label} har {words}",
        "BEF, UDDA",
        f"{who}_level",
        values,
        definition="Kun for personer under 30 år ved indgangen til startåret; ellers nul",
        missing="Ukendt: uoplyst",
        reason=PARENTS,
        merge_into=into,
    )


VOCATIONAL = "erhvervsfaglig uddannelse"
TERTIARY = "videregående uddannelse"

PARENTS_SECTION = Section(
    "foraeldre",
    "Forældrenes uddannelse (under 30 år)",
    (
        _parent("mother", "Moderen", "vocational", VOCATIONAL, ["erhvervsfaglig"], None),
        _parent("mother", "Moderen", "higher", TERTIARY, HIGHER, "mother_vocational"),
        _parent("father", "Faderen", "vocational", VOCATIONAL, ["erhvervsfaglig"], None),
        _parent("father", "Faderen", "higher", TERTIARY, HIGHER, "father_vocational"),
        _parent(
            "mother", "Moderen", "unknown", "uoplyst uddannelse eller er ukendt", ["uoplyst"], None
        ),
    ),
)
