"""The covariates of the propensity, declared as data: what each is, from where, and why it counts.

SFI 15:10, chapter 5, names what the matching takes account of. This is the part of it that BEF,
UDDA and DREAM hold; health, housing, earlier job, partner and parents come with their registers.
`function` names a function of `datasets.effect_covariates`, `arguments` what it is told.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from evalrapport.contracts.datasets.shape import Column, Dataset

# A column with fewer people than this on either side, among the treated or in the pool, is merged
# with its neighbour or dropped.
# ASSUME: ten is the usual least number of events per parameter of a logit (Peduzzi et al. 1996).
RARE_BELOW = 10


@dataclass(frozen=True)
class Covariate:
    """One column of the propensity.

    `merge_into`: the column that takes over its people where it is too rare (none: the reference).
    `in_model`: false for a reference category, kept because table 5.1 shows it.
    """

    name: str
    label: str
    source: str
    function: str
    missing: str
    reason: str
    arguments: dict[str, Any] = field(default_factory=dict)
    merge_into: str | None = None
    in_model: bool = True


NONE_MISSING = "ingen: alle i populationen står i BEF"
NO_WEEK = "tom uge = ingen ydelse"
NO_WAGE = "tom måned = ikke lønmodtager"
UNKNOWN_LEVEL = "ikke i UDDA = uoplyst"

WHO = "indgår i rapportens liste; har betydning for både visitation og job"
HISTORY = "forsørgelseshistorikken før start beskriver bedst, hvem der får mentor"
MEASURE = "rapporten tager højde for deltagelse i aktivering og redskabet ved start"


def _bef(name: str, label: str, function: str, **more: Any) -> Covariate:
    return Covariate(name, label, "bef", function, NONE_MISSING, WHO, **more)


def _age_band(low: int, high: int, merge_into: str | None) -> Covariate:
    label = f"{low}-{high} år"
    band = {"low": low, "high": high}
    return _bef(f"age_{low}_{high}", label, "age_band", arguments=band, merge_into=merge_into)


def _education(name: str, label: str, level: str, **more: Any) -> Covariate:
    arguments = {"level": level}
    return Covariate(
        name, label, "udda", "education", UNKNOWN_LEVEL, WHO, arguments=arguments, **more
    )


def _dream(name: str, label: str, function: str, reason: str = HISTORY, **more: Any) -> Covariate:
    return Covariate(name, label, "dream", function, NO_WEEK, reason, **more)


def _weeks(name: str, label: str, groups: list[str], weeks: int, **more: Any) -> Covariate:
    arguments = {"groups": groups, "weeks": weeks}
    text = f"Uger på {label}, {weeks} uger før start"
    return _dream(f"weeks_{name}_{weeks}", text, "weeks_in_group", arguments=arguments, **more)


def _before(name: str, label: str, groups: list[str], **more: Any) -> Covariate:
    text = f"{label} i ugen før start"
    return _dream(
        f"{name}_week_before",
        text,
        "any_in_group",
        arguments={"groups": groups, "weeks": 1},
        **more,
    )


def _active(name: str, label: str, kinds: list[str], **more: Any) -> Covariate:
    text = f"{label} i kvartalet før start"
    arguments = {"kinds": kinds, "weeks": 13}
    return _dream(f"{name}_quarter", text, "any_active", MEASURE, arguments=arguments, **more)


def _months(months: int) -> Covariate:
    return Covariate(
        f"months_employed_{months}",
        f"Måneder i beskæftigelse, {months} måneder før start",
        "dream",
        "months_employed",
        NO_WAGE,
        "erhvervserfaring",
        arguments={"months": months},
    )


FLEX = ["fleksjob", "ledighedsydelse"]
OTHERS = ["andre", "ressourceforloeb", "uden_for"]
WORKPLACE = ["aktiv.virksomhedspraktik_privat", "aktiv.virksomhedspraktik_offentlig"]
SUBSIDY = ["aktiv.loentilskud_privat", "aktiv.loentilskud_offentlig"]

PERSON = (
    _bef("man", "Mand", "man"),
    _bef("age", "Alder primo året", "age"),
    _bef("age_squared", "Alder i anden", "age_squared"),
    _age_band(16, 19, "age_20_24"),
    _age_band(20, 24, "age_25_29"),
    _age_band(25, 29, None),
    _age_band(50, 64, None),
    _bef("immigrant", "Indvandrer", "origin", arguments={"type": 2}),
    _bef("descendant", "Efterkommer", "origin", arguments={"type": 3}, merge_into="immigrant"),
    _bef("married", "Gift", "married", merge_into="partner"),
    _bef("partner", "Samlevende eller gift", "partner"),
    _bef("one_child", "Et barn i familien", "children", arguments={"low": 1, "high": 1}),
    _bef(
        "two_children",
        "To eller flere børn i familien",
        "children",
        arguments={"low": 2, "high": 99},
        merge_into="one_child",
    ),
)

EDUCATION = (
    _education("education_basic", "Grundskole", "grundskole", in_model=False),
    _education("education_upper_secondary", "Gymnasial uddannelse", "gymnasial"),
    _education("education_vocational", "Erhvervsfaglig uddannelse", "erhvervsfaglig"),
    _education(
        "education_long",
        "Lang videregående",
        "lang_videregaaende",
        merge_into="education_medium",
    ),
    _education(
        "education_medium",
        "Mellemlang videregående",
        "mellemlang_videregaaende",
        merge_into="education_short",
    ),
    _education(
        "education_short",
        "Kort videregående",
        "kort_videregaaende",
        merge_into="education_vocational",
    ),
    _education("education_unknown", "Uddannelse uoplyst", "uoplyst"),
)

BENEFITS = (
    *(
        _dream(
            f"weeks_supported_{weeks}",
            f"Uger på offentlig forsørgelse, {weeks} uger før start",
            "weeks_supported",
            arguments={"weeks": weeks},
        )
        for weeks in (13, 52, 104, 260)
    ),
    _weeks("kontanthjaelp", "kontanthjælp", ["kontanthjaelp"], 52),
    _weeks("kontanthjaelp", "kontanthjælp", ["kontanthjaelp"], 260),
    _weeks("sygedagpenge", "sygedagpenge", ["sygedagpenge"], 52),
    _weeks("dagpenge", "a-dagpenge", ["a_dagpenge"], 52),
    _weeks("su", "SU", ["su"], 52),
    _weeks("revalidering", "revalidering", ["revalidering"], 52),
    _weeks("flex", "fleksjob og ledighedsydelse", FLEX, 52),
    _weeks("pension", "førtidspension", ["foertidspension"], 52),
    _dream("spell_weeks", "Uger i træk på offentlig forsørgelse op til start", "spell_weeks"),
    _dream("changes_52", "Skift af ydelse i 52 uger", "changes", arguments={"weeks": 52}),
    _before("self_support", "Selvforsørgelse", ["selvforsoergelse"], in_model=False),
    _before("kontanthjaelp", "Kontanthjælp", ["kontanthjaelp"]),
    _before("sygedagpenge", "Sygedagpenge", ["sygedagpenge"]),
    _before("dagpenge", "A-dagpenge", ["a_dagpenge"]),
    _before("su", "SU", ["su"]),
    _before("revalidering", "Revalidering", ["revalidering"], merge_into="other_week_before"),
    _before("flex", "Fleksjob, ledighedsydelse", FLEX, merge_into="other_week_before"),
    _before("pension", "Førtidspension", ["foertidspension"], merge_into="other_week_before"),
    _before("other", "Anden ydelse", OTHERS),
    _dream(
        "kontanthjaelp_quarter",
        "Kontanthjælp i kvartalet før start",
        "any_in_group",
        arguments={"groups": ["kontanthjaelp"], "weeks": 13},
    ),
    _dream(
        "sygedagpenge_quarter",
        "Sygedagpenge i kvartalet før start",
        "any_in_group",
        arguments={"groups": ["sygedagpenge"], "weeks": 13},
    ),
)

ACTIVATION = (
    _dream(
        "weeks_active_52",
        "Uger i aktivering, 52 uger før start",
        "weeks_active",
        MEASURE,
        arguments={"weeks": 52},
    ),
    _active("guidance", "Vejledning og opkvalificering", ["aktiv.vejledning"]),
    _active("workplace", "Virksomhedspraktik", WORKPLACE, merge_into="guidance_quarter"),
    _active("subsidy", "Løntilskud", SUBSIDY, merge_into="workplace_quarter"),
    _active(
        "schooling",
        "Ordinær uddannelse som aktivering",
        ["aktiv.ordinaer_uddannelse"],
        merge_into="guidance_quarter",
    ),
)

WORK = (
    _months(12),
    _months(48),
    Covariate(
        "employed_month_before",
        "Beskæftiget i måneden før start",
        "dream",
        "months_employed",
        NO_WAGE,
        "erhvervserfaring",
        arguments={"months": 1},
    ),
)

MATCH = tuple(
    Covariate(
        f"match_{group}",
        f"Matchgruppe {group}",
        "dream",
        "match_group",
        "tom eller ikke i DREAM = ikke matchkategoriseret",
        "jobcentrets vurdering af arbejdsmarkedsparathed",
        arguments={"group": group},
        merge_into="match_2" if group == 3 else None,
    )
    for group in (1, 2, 3)
)

COVARIATES: tuple[Covariate, ...] = (
    *PERSON,
    *EDUCATION,
    *BENEFITS,
    *ACTIVATION,
    *WORK,
    *MATCH,
)

EFFECT_COVARIATES = Dataset(
    "effect_covariates",
    "person of the effect population, ascending by person_id",
    ("person_id",),
    (
        Column("person_id", "int64", "person key"),
        *(Column(covariate.name, "int32", covariate.label) for covariate in COVARIATES),
    ),
)
