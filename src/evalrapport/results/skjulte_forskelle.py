"""How strong must a difference be that no register shows, to change the conclusion?

An unobserved trait is measured by two shares: of what the registers leave untold about who has a
mentor, and about the outcome, how much would it explain? As yardsticks serve traits that are seen:
each is left out of the score, the pool is weighted to the treated by the rest, and it is asked how
much the trait then tells. A hidden trait as strong as that would move the effect by the bias of
`matching.hidden`; here it is taken to make the treated weaker, so it moves the effect upwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.danish import interval as interval_text
from evalrapport.errors import PlainError
from evalrapport.results.beskaeftigelse_uden_ydelse import OUTCOME
from evalrapport.results.effect_curve import Curve, curve
from evalrapport.results.matched_effects import Analysis, read
from evalrapport.results.matching.design import Design, Floats, Indices, standardised
from evalrapport.results.matching.effects import NORMAL_975, accumulated, matched_means
from evalrapport.results.matching.hidden import (
    Benchmark,
    Regression,
    benchmark,
    bounds,
    critical,
    effect_of,
    pairwise_means,
    shifts,
)
from evalrapport.results.matching.logit import fit
from evalrapport.results.shares import found_cell, missing_cell, table, text_cell, write
from evalrapport.step import Job

HEALTH = (
    *("services", "gp_", "physiotherapy", "psycholog", "psychiatr", "no_dentist"),
    *("bed_days", "admitted", "outpatient", "emergency"),
)
# Yardsticks: row id → beginnings of the names of the covariates that make it up.
YARDSTICKS: dict[str, tuple[str, ...]] = {
    "matchgruppe_3": ("match_3",),
    "matchgruppe": ("match_",),
    "alder": ("age",),
    "uddannelse": ("education_", "field_"),
    "herkomst": ("immigrant", "descendant", "country_", "here_"),
    "kontanthjaelp": ("kontanthjaelp_", "weeks_kontanthjaelp"),
    "forsoergelse": ("weeks_supported", "spell_", "never_supported"),
    "beskaeftigelse": ("months_employed", "employed_month", "months_since_job", "never_employed"),
    "helbred": HEALTH,
}
GAMMAS = {"gamma_100": 1.0, "gamma_110": 1.1, "gamma_125": 1.25, "gamma_150": 1.5, "gamma_200": 2.0}
LEFT_OUT = 0.002  # share of the pool's weight that may be left out, to be quick
LARGEST = 200_000  # people to regress on; of more, those of largest weight
TABLES = ("skjulte_forskelle", "rosenbaum")


@dataclass(frozen=True)
class Weighing:
    """People who carry weight: their design, treatment, accumulated outcome."""

    design: Design
    treated: NDArray[np.bool_]
    outcome: Floats
    names: tuple[str, ...]

    @cached_property
    def rows(self) -> Floats:
        """Standardised covariates after a column of ones, (people × terms)."""
        return self.design.block(slice(0, self.design.people)).T

    def weights(self, left_out: list[int]) -> Floats:
        """One for the treated, the odds for the others, by a score without some columns."""
        kept = [at for at in range(len(self.names)) if at not in left_out]
        design = standardised(self.design.matrix[kept])
        return np.where(self.treated, 1.0, np.exp(fit(design, self.treated).index))


def carrying(found: Analysis) -> Weighing:
    """The treated and those of the pool who carry all but a hair of its weight."""
    odds = np.exp(found.fit.index[found.others])
    order = np.argsort(-odds, kind="stable")
    enough = int(np.searchsorted(np.cumsum(odds[order]), (1 - LEFT_OUT) * odds.sum())) + 1
    rows = np.sort(np.concatenate([found.cases, found.others[order[: min(enough, LARGEST)]]]))
    outcome = found.months(OUTCOME)[rows].sum(axis=1).astype(np.float64)
    design = standardised(np.ascontiguousarray(found.design.matrix[:, rows]))
    return Weighing(design, found.people.treated[rows], outcome, found.plan.kept)


def members(names: tuple[str, ...], beginnings: tuple[str, ...]) -> list[int]:
    """Places of the columns whose names begin so."""
    return [at for at, name in enumerate(names) if name.startswith(beginnings)]


def strengths(people: Weighing) -> dict[str, Benchmark | None]:
    """Each yardstick's strength; none where the model has no such column."""
    out: dict[str, Benchmark | None] = {}
    for row, beginnings in YARDSTICKS.items():
        places = members(people.names, beginnings)
        try:
            weight = people.weights(places) if places else None
        except PlainError:
            weight = None
        out[row] = (
            None
            if weight is None
            # The first term is the constant, so a column's place among the terms is one further.
            else benchmark(
                people.treated, people.rows, people.outcome, weight, [at + 1 for at in places]
            )
        )
    return out


def own_effect(found: Curve) -> tuple[float, float]:
    """The report's accumulated effect and its standard error."""
    value, variance = accumulated(found.effect, found.covariance)
    return float(value[-1]), float(variance[-1, -1] ** 0.5)


def gains(found: Analysis) -> Floats:
    """What each matched treated person accumulated more than the controls."""
    total = found.months(OUTCOME).sum(axis=1).astype(np.float64)[:, None]
    cases: Indices = found.cases[found.matches.matched]
    return (total[cases] - matched_means(found.matches, total[found.others]))[:, 0]


def yardstick_cells(
    strength: dict[str, Benchmark | None], model: Regression, own: tuple[float, float], count: int
) -> Iterator[dict[str, Any]]:
    """Rows of the yardsticks, after the report's own effect and what would cancel it."""
    effect, error = own
    yield from moved("hoved", count, effect, error, None)
    for row, one in strength.items():
        if one is None:
            for column, statistic in COLUMNS.items():
                yield missing_cell(row, column, statistic)
            continue
        bias = abs(model.moved(one.on_treatment, one.on_outcome)[0] - model.effect)
        yield from moved(row, count, effect + bias, error, (one, bias))


COLUMNS = {
    "tildeling": "spredning",
    "udfald": "spredning",
    "forskydning": "akkumuleret",
    "effekt": "akkumuleret",
    "interval": "tekst",
}


def moved(
    row: str,
    count: int,
    effect: float,
    error: float,
    by: tuple[Benchmark, float] | None,
) -> Iterator[dict[str, Any]]:
    """One row: the strength, the shift, and the effect with the report's interval around it."""
    half = NORMAL_975 * error
    values = dict.fromkeys(("tildeling", "udfald", "forskydning"))
    if by is not None:
        strength, bias = by
        values = {
            "tildeling": 100 * strength.on_treatment,
            "udfald": 100 * strength.on_outcome,
            "forskydning": bias,
        }
    for column, value in values.items():
        if value is None:
            yield missing_cell(row, column, COLUMNS[column])
        else:
            yield found_cell(row, column, COLUMNS[column], value, count)
    yield found_cell(row, "effekt", COLUMNS["effekt"], effect, count, half=half)
    yield text_cell(row, "interval", interval_text(effect - half, effect + half, 2), count)


def cancelling(model: Regression, own: tuple[float, float], count: int) -> Iterator[dict[str, Any]]:
    """Strengths, alike on both sides, that bring the effect, or its interval, to nought."""
    effect, error = own
    there = Regression(effect, model.error, model.freedom)
    to_end = max(abs(effect) - NORMAL_975 * error, 0.0) / max(abs(effect), 1e-12)
    for row, share in (("til_nul", 1.0), ("til_usikker", to_end)):
        value = 100 * there.robustness(share)
        for column, statistic in COLUMNS.items():
            if column in ("tildeling", "udfald"):
                yield found_cell(row, column, statistic, value, count)
            else:
                yield missing_cell(row, column, statistic)


ROSENBAUM = ("gamma", "mindste_p", "stoerste_p", "mindste_effekt", "stoerste_effekt")


def rosenbaum_cells(found: Floats, count: int) -> Iterator[dict[str, Any]]:
    """Bounds by Γ, and at the largest Γ at which the difference is still significant."""
    means = pairwise_means(found)
    for row, gamma in {**GAMMAS, "graense": critical(found)}.items():
        if gamma is None:
            for column in ROSENBAUM:
                yield missing_cell(row, column, "spredning")
            continue
        one, (least, most) = bounds(found, gamma), shifts(means, gamma)
        values = (gamma, one.smallest_p, one.largest_p, least, most)
        for column, value in zip(ROSENBAUM, values, strict=True):
            yield found_cell(row, column, "spredning", value, count)


def estimates(job: Job, contracts: dict[str, TableContract]) -> dict[str, pd.DataFrame]:
    """Both tables from the files that the job names."""
    found = read(job)
    own = curve(pd.read_parquet(job.input["redrawn_effects"]), OUTCOME)
    people, count = carrying(found), int(own.fewest.min())
    model = effect_of(people.treated, people.rows, people.outcome, people.weights([]))
    cells = [
        *yardstick_cells(strengths(people), model, own_effect(own), count),
        *cancelling(model, own_effect(own), count),
    ]
    frames = {"skjulte_forskelle": cells, "rosenbaum": [*rosenbaum_cells(gains(found), count)]}
    return {name: table([pd.DataFrame(part)], contracts[name]) for name, part in frames.items()}


def step(job: Job) -> None:
    """The analysis and its effects → the estimates of both tables."""
    contracts = {name: from_yaml(job.input[f"contract_{name}"]) for name in TABLES}
    for name, frame in estimates(job, contracts).items():
        write(frame, job.output[name])
