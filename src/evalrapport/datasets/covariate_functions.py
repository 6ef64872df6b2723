"""The functions that declared covariates are made by: of the turn of the year, and of DREAM.

A function of the turn of the year is told a frame with one row per person; one of DREAM is told
what DREAM says up to each person's start (`History`). Either returns one value per person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalrapport.contracts.covariates import COVARIATES, Covariate

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class History:
    """What DREAM says of some people up to the start; latest week or month first.

    group, active: uint8 (260, people), places in `groups` and `kinds`; supported: bool (260,
    people); employed: bool (48, people); match: uint8 (people,), 0 for none.
    """

    group: Array
    active: Array
    supported: Array
    employed: Array
    match: Array
    groups: tuple[str, ...]
    kinds: tuple[str, ...]


def places(groups: tuple[str, ...], wanted: list[str]) -> list[int]:
    """The places of names; a name that the grouping does not know is a fault of the contract."""
    return [groups.index(name) for name in wanted]


def among(values: Array, wanted: list[int]) -> Array:
    """Where values (uint8) are any of `wanted`, as bool."""
    found: Array = np.zeros(values.shape, dtype=bool)
    for place in wanted:
        np.logical_or(found, values == place, out=found)
    return found


def count(flags: Array) -> Array:
    """How many periods are flagged, per person: int16 (people,)."""
    total = np.zeros(flags.shape[1], dtype=np.int16)
    for first in range(0, len(flags), 255):  # a sum of bytes is several times faster
        total += np.add.reduce(flags[first : first + 255].view(np.uint8), axis=0, dtype=np.uint8)
    return total


def spell(supported: Array) -> Array:
    """Weeks in a row on support up to the start, at most the weeks looked at."""
    broken = ~supported
    return np.where(broken.any(axis=0), broken.argmax(axis=0), len(supported)).astype(np.int32)


def in_groups(history: History, groups: list[str], first: int, last: int) -> Array:
    """Which of the weeks `first` to `last` before the start (0 is the last one) are in groups."""
    return among(history.group[first:last], places(history.groups, groups))


def moved(history: History, groups: list[str], then: list[str], weeks: int) -> Array:
    """Whether a week in `groups` was followed by one in `then`, within the weeks before."""
    before = in_groups(history, groups, 1, weeks)
    after = in_groups(history, then, 0, weeks - 1)
    return np.asarray(np.logical_and(before, after).any(axis=0))


def active_kinds(kinds: tuple[str, ...]) -> list[int]:
    """The places of all measures."""
    return [place for place, kind in enumerate(kinds) if kind.startswith("aktiv.")]


def active(history: History, kinds: list[int], weeks: int) -> Array:
    """Which of the weeks before the start have a measure of some kinds."""
    return among(history.active[:weeks], kinds)


FROM_HISTORY: dict[str, Callable[..., Any]] = {
    "weeks_supported": lambda h, weeks: count(h.supported[:weeks]),
    "weeks_in_group": lambda h, groups, weeks: count(in_groups(h, groups, 0, weeks)),
    "any_in_group": lambda h, groups, first, last: in_groups(h, groups, first, last).any(axis=0),
    "spell_weeks": lambda h: spell(h.supported),
    "spell_over": lambda h, weeks: h.supported[: weeks + 1].all(axis=0),
    "never_supported": lambda h, weeks: ~h.supported[:weeks].any(axis=0),
    "changes": lambda h, weeks: count(h.group[1:weeks] != h.group[: weeks - 1]),
    "moved": moved,
    "weeks_active": lambda h, weeks: count(active(h, active_kinds(h.kinds), weeks)),
    "any_active": lambda h, kinds, weeks: active(h, places(h.kinds, kinds), weeks).any(axis=0),
    "months_employed": lambda h, months: count(h.employed[:months]),
    "months_since_job": lambda h: spell(~h.employed),
    "never_employed": lambda h: ~h.employed.any(axis=0),
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
    return np.asarray(result).astype(DTYPE[covariate.kind])
