"""The functions that declared covariates are made by: of the turn of the year, and of DREAM.

A function of the turn of the year is told a frame with one row per person; one of DREAM is told
what DREAM says up to each person's start (`History`). Either returns one value per person.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalrapport.contracts.covariates import COVARIATES, Covariate
from evalrapport.datasets.history import MONTHS_BACK, WEEKS_BACK, Calendar, History

Array = npt.NDArray[Any]


def places(groups: tuple[str, ...], wanted: list[str]) -> list[int]:
    """The places of names; a name that the grouping does not know is a fault of the contract."""
    return [groups.index(name) for name in wanted]


def among(values: Array, wanted: list[int]) -> Array:
    """Where values (uint8) are any of `wanted`, as bool."""
    first, *others = wanted
    found: Array = values == first
    for place in others:
        np.logical_or(found, values == place, out=found)
    return found


def in_groups(calendar: Calendar, groups: list[str]) -> Array:
    """Which weeks are in groups of benefits, bool (weeks, people)."""
    return among(calendar.group, places(calendar.groups, groups))


def weeks_supported(history: History, weeks: int) -> Array:
    """Weeks with a benefit among the last ones before the start."""
    return history.weeks("supported", lambda calendar: calendar.supported, 0, weeks)


def weeks_in(history: History, groups: list[str], first: int, last: int) -> Array:
    """How many of the weeks `first` to `last` - 1 before the start (0: the last) are in groups."""
    name = ("in", *groups)
    return history.weeks(name, lambda calendar: in_groups(calendar, groups), first, last)


def changed(calendar: Calendar) -> Array:
    """Which weeks have another benefit than the week before, bool (weeks, people)."""
    flags = np.zeros(calendar.group.shape, dtype=bool)
    np.not_equal(calendar.group[1:], calendar.group[:-1], out=flags[1:])
    return flags


def moved(history: History, groups: list[str], then: list[str], weeks: int) -> Array:
    """Whether a week in `groups` was followed by one in `then`, within the weeks before."""

    def flags(calendar: Calendar) -> Array:
        after = in_groups(calendar, then)
        after[1:] &= in_groups(calendar, groups)[:-1]
        after[0] = False
        return after

    return history.weeks(("moved", *groups, "to", *then), flags, 0, weeks - 1) > 0


def active_kinds(kinds: tuple[str, ...]) -> list[str]:
    """All measures."""
    return [kind for kind in kinds if kind.startswith("aktiv.")]


def weeks_active(history: History, kinds: list[str], weeks: int) -> Array:
    """How many of the weeks before the start have a measure of some kinds."""

    def flags(calendar: Calendar) -> Array:
        return among(calendar.active, places(calendar.kinds, kinds))

    return history.weeks(("active", *kinds), flags, 0, weeks)


FROM_HISTORY: dict[str, Callable[..., Any]] = {
    "weeks_supported": weeks_supported,
    "weeks_in_group": lambda h, groups, weeks: weeks_in(h, groups, 0, weeks),
    "any_in_group": lambda h, groups, first, last: weeks_in(h, groups, first, last) > 0,
    "spell_weeks": lambda h: h.weeks_without_break(WEEKS_BACK),
    "spell_over": lambda h, weeks: h.weeks_without_break(weeks + 1) > weeks,
    "never_supported": lambda h, weeks: weeks_supported(h, weeks) == 0,
    "changes": lambda h, weeks: h.weeks("changed", changed, 0, weeks - 1),
    "moved": moved,
    "weeks_active": lambda h, weeks: weeks_active(h, active_kinds(h.calendar.kinds), weeks),
    "any_active": lambda h, kinds, weeks: weeks_active(h, kinds, weeks) > 0,
    "months_employed": lambda h, months: h.months(months),
    "months_since_job": lambda h: h.months_without_wage(MONTHS_BACK),
    "never_employed": lambda h: h.months(MONTHS_BACK) == 0,
    "match_group": lambda h, group: h.match == group,
}

FROM_YEAR: dict[str, Callable[..., Any]] = {
    "among": lambda p, column, values: p[column].isin(values),
    "between": lambda p, column, low, high: p[column].between(low, high),
    "number": lambda p, column, most: p[column].clip(upper=most),
    "square": lambda p, column: p[column].astype(np.int32) ** 2,
}

DTYPE = {"flag": np.uint8, "count": np.int16, "amount": np.int32}


def of_year(people: pd.DataFrame) -> dict[str, Array]:
    """The covariates of the turn of the year, (people,) each.

    Those whose columns `people` lacks (their registers are not there) are zero for everybody, and
    the propensity leaves them out as constant.
    """
    declared = [c for c in COVARIATES if c.at == "year"]
    return {
        c.name: value(c, people, FROM_YEAR)
        if c.arguments["column"] in people
        else np.zeros(len(people), dtype=DTYPE[c.kind])
        for c in declared
    }


def of_start(history: History) -> dict[str, Array]:
    """The covariates of DREAM, (people,) each."""
    declared = [c for c in COVARIATES if c.at == "start"]
    return {c.name: value(c, history, FROM_HISTORY) for c in declared}


def value(covariate: Covariate, told: Any, functions: dict[str, Callable[..., Any]]) -> Array:
    """One covariate, by the function that its declaration names."""
    result = functions[covariate.function](told, **covariate.arguments)
    return np.asarray(result).astype(DTYPE[covariate.kind], copy=False)
