"""How a covariate is declared: what it is, from where, how it is made, and why it counts. Data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["flag", "count", "amount"]
STORAGE: dict[str, str] = {"flag": "uint8", "count": "int16", "amount": "int32"}


@dataclass(frozen=True)
class Covariate:
    """One column of the propensity.

    `source`: the register(s), as the appendix names them. `function` names a function of
    `datasets.covariate_functions`, `arguments` what it is told. `at`: `start` where it looks back
    from each person's start, `year` where it is what the registers said at the turn of the year.
    `needs`: the group of optional registers without which it can't be made.
    `merge_into`: the column that takes over its people where it is too rare (none: the reference).
    `in_model`: false for a reference category, kept because table 5.1 shows it.
    """

    name: str
    label: str
    source: str
    function: str
    missing: str
    reason: str
    definition: str
    at: Literal["start", "year"]
    kind: Kind = "flag"
    arguments: dict[str, Any] = field(default_factory=dict)
    merge_into: str | None = None
    in_model: bool = True
    needs: str | None = None
    heading: str = ""


@dataclass(frozen=True)
class Section:
    """Covariates under one heading of the appendix."""

    id: str
    label: str
    covariates: tuple[Covariate, ...]


# Why: the words of the column "reason", each used by many.
WHO = "Visitation og job"
HISTORY = "Forsørgelse før start"
MEASURE = "Aktivering ved start"
WORK = "Erhvervserfaring"
HEALTH = "Helbred"
HOME = "Levevilkår"
PARTNER = "Partnerens forhold"
PARENTS = "Unges forsørgelse"
PLACE = "Lokalt arbejdsmarked"
# What is done about missing values.
NONE_MISSING = "Mangler ikke"
NO_WEEK = "Regnes som nul"
NO_WAGE = "Regnes som nul"
UNKNOWN_LEVEL = "Uoplyst"
NOT_THERE = "Regnes som nul"


def year(name: str, label: str, source: str, function: str, **more: Any) -> Covariate:
    """A covariate of the turn of the year; told in full where the label doesn't say it all."""
    more.setdefault("definition", "Ved indgangen til startåret")
    more.setdefault("missing", NONE_MISSING)
    more.setdefault("reason", WHO)
    return Covariate(name, label, source, function, at="year", **more)


def start(name: str, label: str, function: str, **more: Any) -> Covariate:
    """A covariate from DREAM that looks back from the start."""
    more.setdefault("definition", "Regnet tilbage fra ugen før startugen")
    more.setdefault("missing", NO_WEEK)
    more.setdefault("reason", HISTORY)
    return Covariate(name, label, "DREAM", function, at="start", **more)


def band(name: str, label: str, source: str, column: str, **more: Any) -> Covariate:
    """An indicator that a number lies between `low` and `high`, both included."""
    arguments = {"column": column, "low": more.pop("low"), "high": more.pop("high")}
    return year(name, label, source, "between", arguments=arguments, **more)


def among(name: str, label: str, source: str, column: str, values: Any, **more: Any) -> Covariate:
    """An indicator that a value is one of `values`."""
    arguments = {"column": column, "values": list(values)}
    return year(name, label, source, "among", arguments=arguments, **more)


def number(name: str, label: str, source: str, column: str, **more: Any) -> Covariate:
    """A number as it is, at most `most`."""
    arguments = {"column": column, "most": more.pop("most", 32_000)}
    more.setdefault("kind", "count")
    return year(name, label, source, "number", arguments=arguments, **more)
