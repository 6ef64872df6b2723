"""What DREAM says of the time before the start: benefits, activation, work, match group."""

from __future__ import annotations

from typing import Any

from evalrapport.contracts.covariates.declaration import (
    MEASURE,
    NO_WAGE,
    WORK,
    Covariate,
    Section,
    start,
)

FLEX = ["fleksjob", "ledighedsydelse"]
OTHERS = ["andre", "ressourceforloeb", "uden_for"]
GUIDANCE = ["aktiv.vejledning"]
WORKPLACE = ["aktiv.virksomhedspraktik_privat", "aktiv.virksomhedspraktik_offentlig"]
SUBSIDY = ["aktiv.loentilskud_privat", "aktiv.loentilskud_offentlig"]
SCHOOLING = ["aktiv.ordinaer_uddannelse"]
SELF = ["selvforsoergelse"]
HELP = ["kontanthjaelp"]
SICK = ["sygedagpenge"]
INSURED = ["a_dagpenge"]


def _supported(weeks: int) -> Covariate:
    return start(
        f"weeks_supported_{weeks}",
        f"Uger på offentlig forsørgelse, {weeks} uger før start",
        "weeks_supported",
        kind="count",
        arguments={"weeks": weeks},
        definition=f"Antal af de seneste {weeks} uger med en offentlig ydelse (SU er ingen)",
    )


def _weeks(name: str, label: str, groups: list[str], weeks: int, **more: Any) -> Covariate:
    return start(
        f"weeks_{name}_{weeks}",
        f"Uger på {label}, {weeks} uger før start",
        "weeks_in_group",
        kind="count",
        arguments={"groups": groups, "weeks": weeks},
        definition=f"Antal af de seneste {weeks} uger på {label}",
        **more,
    )


def _before(name: str, label: str, groups: list[str], **more: Any) -> Covariate:
    return start(
        f"{name}_week_before",
        f"{label} i ugen før start",
        "any_in_group",
        arguments={"groups": groups, "first": 0, "last": 1},
        **more,
    )


def _quarter(name: str, label: str, groups: list[str], back: int) -> Covariate:
    own = f"{name}_quarter" if back == 1 else f"{name}_quarter_{back}"
    when = "i kvartalet før start" if back == 1 else f"i {back}. kvartal før start"
    into = None if back == 1 else f"{name}_quarter" if back == 2 else f"{name}_quarter_{back - 1}"
    return start(
        own,
        f"{label} {when}",
        "any_in_group",
        arguments={"groups": groups, "first": 13 * (back - 1), "last": 13 * back},
        definition=f"{label} i mindst en af ugerne {13 * (back - 1) + 1}-{13 * back} før start",
        merge_into=into,
    )


def _moved(name: str, label: str, first: list[str], then: list[str]) -> Covariate:
    return start(
        f"moved_{name}",
        f"Skift fra {label} i året før start",
        "moved",
        arguments={"groups": first, "then": then, "weeks": 52},
        definition=f"Mindst et skift fra {label} mellem to uger i træk, 52 uger før start",
    )


def _active(name: str, label: str, kinds: list[str], weeks: int, **more: Any) -> Covariate:
    period = {1: "week_before", 13: "quarter", 52: "year"}[weeks]
    when = {1: "i ugen før start", 13: "i kvartalet før start", 52: "i året før start"}[weeks]
    return start(
        f"{name}_{period}",
        f"{label} {when}",
        "any_active",
        reason=MEASURE,
        arguments={"kinds": kinds, "weeks": weeks},
        **more,
    )


def _weeks_active(weeks: int) -> Covariate:
    return start(
        f"weeks_active_{weeks}",
        f"Uger i aktivering, {weeks} uger før start",
        "weeks_active",
        kind="count",
        reason=MEASURE,
        arguments={"weeks": weeks},
    )


def _worked(name: str, label: str, function: str, **more: Any) -> Covariate:
    more.setdefault("definition", "Regnet tilbage fra måneden før startmåneden")
    return start(name, label, function, missing=NO_WAGE, reason=WORK, **more)


def _months(months: int) -> Covariate:
    label = f"Måneder i beskæftigelse, {months} måneder før start"
    arguments = {"months": months}
    name = f"months_employed_{months}"
    return _worked(name, label, "months_employed", kind="count", arguments=arguments)


def _match(group: int, merge_into: str | None = None) -> Covariate:
    return start(
        f"match_{group}",
        f"Matchgruppe {group}",
        "match_group",
        missing="Ingen gruppe",
        reason="Jobcentrets vurdering",
        definition=f"Matchgruppe {group} ved udgangen af det kvartal, hvor forløbet begynder",
        arguments={"group": group},
        merge_into=merge_into,
    )


BENEFITS = Section(
    "forsoergelse",
    "Forsørgelse før start",
    (
        *(_supported(weeks) for weeks in (13, 26, 52, 104, 260)),
        _weeks("kontanthjaelp", "kontanthjælp", HELP, 52),
        _weeks("kontanthjaelp", "kontanthjælp", HELP, 260),
        _weeks("sygedagpenge", "sygedagpenge", SICK, 52),
        _weeks("sygedagpenge", "sygedagpenge", SICK, 260),
        _weeks("dagpenge", "a-dagpenge", INSURED, 52),
        _weeks("dagpenge", "a-dagpenge", INSURED, 260),
        _weeks("su", "SU", ["su"], 52),
        _weeks("su", "SU", ["su"], 260),
        _weeks("revalidering", "revalidering", ["revalidering"], 52),
        _weeks("flex", "fleksjob og ledighedsydelse", FLEX, 52),
        _weeks("pension", "førtidspension", ["foertidspension"], 52),
        start(
            "spell_weeks",
            "Uger i træk på offentlig forsørgelse op til start",
            "spell_weeks",
            kind="count",
            definition="Uger i træk med en offentlig ydelse frem til ugen før start, højst 260",
        ),
        start(
            "spell_over_52",
            "Over et år i træk på offentlig forsørgelse op til start",
            "spell_over",
            arguments={"weeks": 52},
        ),
        start(
            "spell_260",
            "Fem år i træk på offentlig forsørgelse op til start",
            "spell_over",
            arguments={"weeks": 259},
            merge_into="spell_over_52",
        ),
        start(
            "never_supported",
            "Ingen offentlig forsørgelse i fem år",
            "never_supported",
            arguments={"weeks": 260},
        ),
        *(
            start(
                f"changes_{weeks}",
                f"Skift af ydelse i {weeks} uger",
                "changes",
                kind="count",
                arguments={"weeks": weeks},
                definition=f"Skift mellem ydelser, selvforsørgelse medregnet, {weeks} uger før",
            )
            for weeks in (52, 260)
        ),
        _before("self_support", "Selvforsørgelse", SELF, in_model=False),
        _before("kontanthjaelp", "Kontanthjælp", HELP),
        _before("sygedagpenge", "Sygedagpenge", SICK),
        _before("dagpenge", "A-dagpenge", INSURED),
        _before("su", "SU", ["su"]),
        _before("revalidering", "Revalidering", ["revalidering"], merge_into="other_week_before"),
        _before("flex", "Fleksjob, ledighedsydelse", FLEX, merge_into="other_week_before"),
        _before(
            *("pension", "Førtidspension", ["foertidspension"]), merge_into="other_week_before"
        ),
        _before("other", "Anden ydelse", OTHERS),
        *(_quarter("kontanthjaelp", "Kontanthjælp", HELP, back) for back in (1, 2, 3, 4)),
        *(_quarter("sygedagpenge", "Sygedagpenge", SICK, back) for back in (1, 2)),
        _moved("self_help", "selvforsørgelse til kontanthjælp", SELF, HELP),
        _moved("help_self", "kontanthjælp til selvforsørgelse", HELP, SELF),
        _moved("sick_help", "sygedagpenge til kontanthjælp", SICK, HELP),
        _moved("insured_other", "a-dagpenge til anden ydelse", INSURED, [*HELP, *SICK]),
    ),
)

ACTIVATION = Section(
    "aktivering",
    "Aktivering før start",
    (
        _weeks_active(52),
        _weeks_active(104),
        _active(
            "guidance", "Vejledning og opkvalificering", GUIDANCE, 1, merge_into="guidance_quarter"
        ),
        _active("workplace", "Virksomhedspraktik", WORKPLACE, 1, merge_into="workplace_quarter"),
        _active("guidance", "Vejledning og opkvalificering", GUIDANCE, 13),
        _active("workplace", "Virksomhedspraktik", WORKPLACE, 13, merge_into="guidance_quarter"),
        _active("subsidy", "Løntilskud", SUBSIDY, 13, merge_into="workplace_quarter"),
        _active("schooling", "Ordinær uddannelse", SCHOOLING, 13, merge_into="guidance_quarter"),
        _active("guidance", "Vejledning og opkvalificering", GUIDANCE, 52),
        _active("workplace", "Virksomhedspraktik", WORKPLACE, 52, merge_into="guidance_year"),
        _active("subsidy", "Løntilskud", SUBSIDY, 52, merge_into="workplace_year"),
        _active("schooling", "Ordinær uddannelse", SCHOOLING, 52, merge_into="guidance_year"),
    ),
)

EMPLOYMENT = Section(
    "beskaeftigelse",
    "Beskæftigelse og matchgruppe",
    (
        _months(12),
        _months(24),
        _months(48),
        _worked(
            *("employed_month_before", "Beskæftiget i måneden før start", "months_employed"),
            arguments={"months": 1},
        ),
        _worked(
            *("months_since_job", "Måneder siden seneste beskæftigelse", "months_since_job"),
            kind="count",
            definition="Antal hele måneder uden løn frem til start, højst 48",
        ),
        _worked("never_employed", "Ingen beskæftigelse i fire år", "never_employed"),
        _match(1),
        _match(2),
        _match(3, "match_2"),
    ),
)
