"""For whom: the accumulated effect in subgroups, each matched anew within itself (forest plot).

Nobody is compared across a division: the controls of a subgroup are the nearest of that subgroup on
the propensity. The propensity is that of everybody: with some forty treated in the smallest groups
a model of their own can hold few covariates. The effect by such a model stands beside it, for who
would rather trust that. Variance: Abadie & Imbens (2006), for a score taken as known; with a model
of its own, that of 2016.

Many subgroups are looked at, so some would differ by chance: beside each interval stands one that
holds for all subgroups at once (Šidák 1967; the subgroups of a division are independent, those of
different divisions not, which makes it a little too wide), and each division has a test of equal
effects (Cochran 1954), its p-values adjusted by Holm (1979).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import scipy.stats
from numpy.typing import NDArray

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.danish import interval as interval_text
from evalrapport.results.beskaeftigelse_uden_ydelse import OUTCOME
from evalrapport.results.matched_effects import read_outcomes
from evalrapport.results.matching.design import Floats
from evalrapport.results.matching.effects import NORMAL_975, compare
from evalrapport.results.matching.nearest_neighbour import nearest
from evalrapport.results.matching.passes import probability_of
from evalrapport.results.own_score import own_effect
from evalrapport.results.propensity_match import read_people
from evalrapport.results.shares import found_cell, missing_cell, table, text_cell, write
from evalrapport.results.subgroups import NEEDED, divisions
from evalrapport.step import Job

LEAST = 30  # treated people for a subgroup to be matched by itself
YEAR = 12
POWER = NORMAL_975 + 0.8416212335729143  # found with 80 per cent probability at 5 per cent
TABLES = ("undergrupper", "undergrupper_test")


@dataclass(frozen=True)
class Found:
    """A subgroup's effects and standard errors: accumulated in months, and after a year in points.

    treated, employed: people treated, and the fewest employed after a year in either group.
    own: accumulated effect and standard error by the subgroup's own model, if it has one.
    """

    treated: int
    total: float
    total_error: float
    year: float
    year_error: float
    employed: int
    own: tuple[float, float] | None = None


def effects_of(
    score: Floats, treated: NDArray[np.bool_], outcome: NDArray[np.uint8], who: NDArray[np.bool_]
) -> Found | None:
    """Match within `who` and compare; none if there are too few.

    Args:
        outcome: months of the outcome, (people × months), in the order of `score` and `treated`.
    """
    rows = np.flatnonzero(who)
    own, p, months = treated[rows], score[rows], outcome[rows]
    if min(int(own.sum()), int((~own).sum())) < LEAST:
        return None
    matches = nearest(p[own], p[~own])
    values = np.stack([months.sum(axis=1), months[:, YEAR]], axis=1).astype(np.float64)
    found = compare(p, own, values, matches)
    errors = np.sqrt(np.clip(np.diag(found.variance), 0.0, None))
    used = np.flatnonzero(~own)[np.unique(matches.control)]
    n, later = int(own.sum()), months[:, YEAR].astype(bool)
    theirs = min(int(later[used].sum()), round(n * float(found.controls[1])))
    return Found(
        treated=n,
        total=float(found.effect[0]),
        total_error=float(errors[0]),
        year=100 * float(found.effect[1]),
        year_error=100 * float(errors[1]),
        employed=min(int(later[own].sum()), theirs),
    )


NUMBERS = {
    "personer": "antal",
    "effekt": "akkumuleret",
    "effekt_samlet": "akkumuleret",
    "maaned_12": "forskel",
    "egen": "akkumuleret",
    "mindste": "akkumuleret",
}
WORDS = {
    "interval": "effekt",
    "interval_samlet": "effekt_samlet",
    "interval_12": "maaned_12",
    "interval_egen": "egen",
}


def cells(row: str, found: Found | None, factor: float, whole: int) -> Iterator[dict[str, Any]]:
    """The row's cells; `factor` widens an interval to hold for all subgroups at once."""
    if found is None:
        yield from (missing_cell(row, column, kind) for column, kind in NUMBERS.items())
        yield from (missing_cell(row, column, "tekst") for column in WORDS)
        return
    # A subgroup is as small as itself or as what it leaves of everybody.
    rest = whole - found.treated
    count = min(found.treated, rest) if rest else found.treated
    ends = {
        "personer": (float(found.treated), np.nan, count),
        "effekt": (found.total, NORMAL_975 * found.total_error, count),
        "effekt_samlet": (found.total, factor * found.total_error, count),
        # The difference after a year tells of those employed then.
        "maaned_12": (found.year, NORMAL_975 * found.year_error, min(count, found.employed)),
        "mindste": (POWER * found.total_error, np.nan, count),
    }
    if found.own is not None:
        ends["egen"] = (found.own[0], NORMAL_975 * found.own[1], count)
    # No base: subgroups of different divisions overlap, and that two are nearly of a size says
    # nothing of the people in one and not in the other.
    for column, statistic in NUMBERS.items():
        if column not in ends:
            yield missing_cell(row, column, statistic)
            continue
        value, half, people = ends[column]
        yield found_cell(row, column, statistic, value, people, half=half)
    for column, of in WORDS.items():
        if of not in ends:
            yield missing_cell(row, column, "tekst")
            continue
        value, half, people = ends[of]
        text = interval_text(value - half, value + half, 1 if of == "maaned_12" else 2)
        yield text_cell(row, column, text, people)


def equal_effects(found: list[Found]) -> float:
    """p of Cochran's Q: are the subgroups' accumulated effects the same?"""
    effects = np.array([one.total for one in found])
    weight = 1.0 / np.square([one.total_error for one in found])
    q = float(weight @ np.square(effects - np.average(effects, weights=weight)))
    return float(scipy.stats.chi2.sf(q, len(found) - 1))


def holm(p: list[float]) -> list[float]:
    """Holm's adjusted p-values, in the order given."""
    order = np.argsort(p)
    stepped = np.array(p)[order] * np.arange(len(p), 0, -1)
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(np.maximum.accumulate(stepped), 1.0)
    return [float(value) for value in adjusted]


def estimates(
    found: Mapping[str, Mapping[str, Found | None]],
    whole: Found | None,
    contracts: Mapping[str, TableContract],
) -> dict[str, pd.DataFrame]:
    """Both tables; `found` is division → subgroup → effects, `whole` everybody's."""
    everybody = whole.treated if whole else 0
    many = sum(one is not None for groups in found.values() for one in groups.values())
    factor = float(scipy.stats.norm.isf((1 - 0.95 ** (1 / max(many, 1))) / 2))
    rows = list(cells("alle", whole, NORMAL_975, everybody))
    tests, treated = [], {}
    for division, groups in found.items():
        for name, one in groups.items():
            rows += list(cells(f"{division}.{name}", one, factor, everybody))
        known = [one for one in groups.values() if one is not None]
        if len(known) > 1:
            tests.append((division, len(known), equal_effects(known)))
            treated[division] = sum(one.treated for one in known)
    adjusted = holm([p for _, _, p in tests]) if tests else []
    lines = []
    for (division, groups_known, p), after in zip(tests, adjusted, strict=True):
        people = treated[division]
        for column, value in (("grupper", groups_known), ("p", p), ("p_justeret", after)):
            statistic = "antal" if column == "grupper" else "spredning"
            lines.append(found_cell(division, column, statistic, value, people, n=people))
    frames = {"undergrupper": rows, "undergrupper_test": lines}
    columns = list(missing_cell("", "", ""))
    return {
        name: table([pd.DataFrame(frame, columns=columns)], contracts[name])
        for name, frame in frames.items()
    }


def protected(
    found: Mapping[str, Found | None], sizes: Mapping[str, int], threshold: int
) -> dict[str, Found | None]:
    """The division with its smallest subgroup left out, if what is not shown are too few people.

    The subgroups add up to everybody, so those not shown can be counted by subtraction.
    """
    out = dict(found)
    unseen = sum(size for name, size in sizes.items() if out[name] is None)
    shown = [name for name in out if out[name] is not None]
    if 0 < unseen < threshold and shown:
        out[min(shown, key=lambda name: sizes[name])] = None
    return out


def read(job: Job) -> tuple[Floats, NDArray[np.bool_], NDArray[np.uint8], pd.DataFrame]:
    """Scores, treatment, months of the outcome, and the covariates that divide, in one order."""
    scores = pd.read_parquet(job.input["propensity_scores"])
    ids = scores["person_id"].to_numpy()
    names, values = read_outcomes(job.input["effect_outcomes"], ids)
    months = [at for at, name in enumerate(names) if name.rsplit("_", 1)[0] == OUTCOME]
    frame = pd.read_parquet(job.input["effect_covariates"], columns=["person_id", *NEEDED])
    frame = frame.set_index("person_id").loc[ids].reset_index()
    score = probability_of(scores["index"].to_numpy())
    return score, scores["treated"].to_numpy(), values[:, months], frame


def analysed(job: Job) -> dict[str, pd.DataFrame]:
    """Both tables from the files that the job names."""
    score, treated, months, frame = read(job)
    people = read_people(job.input["effect_population"], job.input["effect_covariates"])

    def both(who: NDArray[np.bool_]) -> Found | None:
        one = effects_of(score, treated, months, who)
        return one and replace(one, own=own_effect(people, months, who))

    found = {
        division: {name: both(who) for name, who in subgroups.items()}
        for division, subgroups in divisions(frame).items()
    }
    whole = effects_of(score, treated, months, np.ones(len(score), dtype=bool))
    contracts = {name: from_yaml(job.input[f"contract_{name}"]) for name in TABLES}
    return estimates(found, whole, contracts)


def step(job: Job) -> None:
    """Scores, covariates and outcomes → the estimates of both tables."""
    for name, frame in analysed(job).items():
        write(frame, job.output[name])
