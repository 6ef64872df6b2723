"""The covariates of the propensity, each computed as `contracts.covariates` declares it.

SFI 15:10, chapter 5: the support history up to the (pseudo) start, activation, and who the person
is. Windows end before the start: the last week is the one before the start week, the last month
the one before the start month.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalrapport.contracts.covariates import COVARIATES, EFFECT_COVARIATES, Covariate
from evalrapport.datasets.benefits import CODES, Benefits, read_benefits
from evalrapport.datasets.dream_columns import chunks
from evalrapport.datasets.files import write
from evalrapport.datasets.people import (
    days_of,
    education_primo_october,
    population_period,
    read_education_rules,
    read_period,
)
from evalrapport.datasets.windows import month_index, week_index
from evalrapport.dates import (
    add_months,
    match_column,
    month_column,
    months_between,
    quarter_of,
    week_column,
    week_monday,
    week_of,
    weeks_between,
)
from evalrapport.step import Job

Array = npt.NDArray[Any]
WEEKS_BACK, MONTHS_BACK = 260, 48
FROM_BEF = ["age", "sex", "origin_type", "civil_status", "children", "partner_id"]


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


@dataclass(frozen=True)
class Codes:
    """Look-ups by DREAM code: group and kind of activation as uint8, support as bool."""

    benefits: Benefits
    kind: Array
    kinds: tuple[str, ...]


def read_codes(path: Path, grouping: str) -> Codes:
    """The benefit look-up and the activation groups (table 3.2) of the code list."""
    table = pd.read_csv(path)
    kinds = tuple(dict.fromkeys(["selvforsoergelse_su", *table["activation_group"]]))
    kind = np.zeros(CODES, dtype=np.uint8)
    kind[table["code"].to_numpy()] = [kinds.index(name) for name in table["activation_group"]]
    return Codes(read_benefits(path, grouping), kind, kinds)


def before_start(by_period: Array, end: Array, width: int) -> Array:
    """The `width` periods before each person's own, latest first.

    Args:
        by_period: (periods, people). end: the place of each person's start period.

    Returns:
        (width, people).
    """
    out = np.empty((width, by_period.shape[1]), dtype=by_period.dtype)
    for last in np.unique(end):
        rows = np.flatnonzero(end == last)
        out[:, rows] = by_period[last - width : last, rows][::-1]
    return out


def places(groups: tuple[str, ...], wanted: list[str]) -> list[int]:
    """The places of names; a name that the grouping does not know is a fault of the contract."""
    return [groups.index(name) for name in wanted]


def among(values: Array, wanted: list[int]) -> Array:
    """Where values (uint8) are any of `wanted`, as bool."""
    table = np.zeros(256, dtype=bool)
    table[wanted] = True
    return table[values]


def count(flags: Array) -> Array:
    """How many periods are flagged, per person: int32 (people,)."""
    return flags.sum(axis=0, dtype=np.int32)


def spell(supported: Array) -> Array:
    """Weeks in a row on support up to the start, at most the weeks looked at."""
    broken = ~supported
    return np.where(broken.any(axis=0), broken.argmax(axis=0), len(supported)).astype(np.int32)


FROM_HISTORY: dict[str, Callable[..., Any]] = {
    "weeks_supported": lambda h, weeks: count(h.supported[:weeks]),
    "weeks_in_group": lambda h, groups, weeks: count(
        among(h.group[:weeks], places(h.groups, groups))
    ),
    "any_in_group": lambda h, groups, weeks: among(h.group[:weeks], places(h.groups, groups)).any(
        axis=0
    ),
    "spell_weeks": lambda h: spell(h.supported),
    "changes": lambda h, weeks: count(h.group[1:weeks] != h.group[: weeks - 1]),
    "weeks_active": lambda h, weeks: count(
        among(h.active[:weeks], [i for i, k in enumerate(h.kinds) if k.startswith("aktiv.")])
    ),
    "any_active": lambda h, kinds, weeks: among(h.active[:weeks], places(h.kinds, kinds)).any(
        axis=0
    ),
    "months_employed": lambda h, months: count(h.employed[:months]),
    "match_group": lambda h, group: h.match == group,
}

# ASSUME: `age` is the whole years primo the start year, the age that the population is chosen by.
# ASSUME: an unknown origin (IE_TYPE 9) counts as Danish, the reference.
FROM_PEOPLE: dict[str, Callable[..., Any]] = {
    "man": lambda p: p["sex"] == 1,
    "age": lambda p: p["age"],
    "age_squared": lambda p: p["age"].astype(np.int32) ** 2,
    "age_band": lambda p, low, high: p["age"].between(low, high),
    "origin": lambda p, type: p["origin_type"] == type,
    "married": lambda p: p["civil_status"].isin(["G", "P"]),
    "partner": lambda p: p["partner_id"].notna(),
    "children": lambda p, low, high: p["children"].between(low, high),
    "education": lambda p, level: p["education_level"] == level,
}


def from_people(people: pd.DataFrame) -> dict[str, Array]:
    """The covariates of BEF and UDDA, int32 (people,) each."""
    declared = [c for c in COVARIATES if c.source in ("bef", "udda")]
    return {c.name: value(c, people, FROM_PEOPLE) for c in declared}


def from_history(history: History) -> dict[str, Array]:
    """The covariates of DREAM, int32 (people,) each."""
    declared = [c for c in COVARIATES if c.source == "dream"]
    return {c.name: value(c, history, FROM_HISTORY) for c in declared}


def value(covariate: Covariate, told: Any, functions: dict[str, Callable[..., Any]]) -> Array:
    """One covariate, by the function that its declaration names."""
    result = functions[covariate.function](told, **covariate.arguments)
    return np.asarray(result, dtype=np.int32)


def match_at(starts: Array, quarters: list[tuple[int, int]], groups: Array) -> Array:
    """The match group at the end of each start's quarter; 0 for none.

    # ASSUME: as in table 3.7 (the shares of table 5.1 are those of table 3.7), though the end of
    # the quarter lies after the start.
    """
    of_start = [quarter_of(day) for day in starts.astype(object)]
    place = np.array([quarters.index(quarter) for quarter in of_start], dtype=np.int64)
    return groups[np.arange(len(starts)), place]


def history_of(
    codes: Array, industries: Array, match: Array, end_week: Array, end_month: Array, look: Codes
) -> History:
    """History from DREAM's (people × weeks), (people × months) and the match groups."""
    weekly = before_start(codes.T, end_week, WEEKS_BACK)
    return History(
        group=look.benefits.group.astype(np.uint8)[weekly],
        active=look.kind[weekly],
        supported=look.benefits.supported[weekly],
        employed=before_start(industries.T != 0, end_month, MONTHS_BACK),
        match=match,
        groups=look.benefits.groups,
        kinds=look.kinds,
    )


def with_background(population: pd.DataFrame, job: Job, year: int) -> pd.DataFrame:
    """BEF primo the year and education primo October before it, in the population's order."""
    bef = read_period(job.input["bef"], population_period(year), None, FROM_BEF)
    people = population[["person_id"]].merge(bef, on="person_id", how="left")
    rules = read_education_rules(job.input["education_levels"], job.input["education_sources"])
    years = pd.Series(year, index=people.index)
    level = education_primo_october(people, years, job.input["udda"], rules)
    return people.assign(education_level=level.to_numpy())


def covariates(job: Job) -> pd.DataFrame:
    """All declared covariates of everyone in the effect population, DREAM read in chunks."""
    effect = job.settings["effect"]
    first_day, last_day = (date.fromisoformat(str(effect[k])) for k in ("first_day", "last_day"))
    population = pd.read_parquet(job.input["effect_population"])
    persons, starts = population["person_id"].to_numpy(), days_of(population["start_date"])
    out = from_people(with_background(population, job, first_day.year))
    back = np.timedelta64(7 * WEEKS_BACK, "D")
    first_week = week_of((np.datetime64(week_monday(*week_of(first_day))) - back).item())
    first_month = add_months((first_day.year, first_day.month), -MONTHS_BACK)
    last_month = (last_day.year, last_day.month)
    quarters = list(
        dict.fromkeys(
            quarter_of(date(*month, 1))
            for month in months_between((first_day.year, first_day.month), last_month)
        )
    )
    columns = (
        [week_column(*week) for week in weeks_between(first_week, week_of(last_day))],
        [month_column("branche", *month) for month in months_between(first_month, last_month)],
        [match_column(*quarter) for quarter in quarters],
    )
    look = read_codes(job.input["benefit_codes"], job.settings["benefit_grouping"])
    end_week, end_month = week_index(starts, first_week), month_index(starts, first_month)
    reads = [chunks(job.input["dream"], names, persons) for names in columns]
    for (rows, codes), (_, industries), (_, match) in zip(*reads, strict=True):
        at_start = match_at(starts[rows], quarters, match)
        told = history_of(codes, industries, at_start, end_week[rows], end_month[rows], look)
        for name, values in from_history(told).items():
            out.setdefault(name, np.zeros(len(persons), dtype=np.int32))[rows] = values
    return pd.DataFrame({"person_id": persons, **out})


def step(job: Job) -> None:
    """Effect population, BEF, UDDA and DREAM → one row per person with all covariates."""
    write(covariates(job), EFFECT_COVARIATES, job.output["effect_covariates"])
