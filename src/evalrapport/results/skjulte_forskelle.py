"""How strong must a difference be that no register shows, to change the conclusion?

An unobserved trait is measured by two shares: of what the registers leave untold about who has a
mentor, and about the outcome, how much would it explain? As yardsticks serve traits that are seen:
each is left out of the score, the pool is weighted to the treated by the rest, and it is asked how
much the trait then tells. A hidden trait as strong as that would move the effect by the bias of
`matching.hidden`; here it is taken to make the treated weaker, so it moves the effect upwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.danish import interval as interval_text
from evalrapport.errors import PlainError
from evalrapport.results.beskaeftigelse_uden_ydelse import OUTCOME
from evalrapport.results.effect_curve import Curve, curve
from evalrapport.results.matched_effects import Analysis, read
from evalrapport.results.matching.design import Floats, Indices, standardised
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
TABLES = ("skjulte_forskelle", "rosenbaum")


def odds_of(found: Analysis, index: Floats) -> Floats:
    """One for the treated, the odds for the others."""
    return np.where(found.people.treated, 1.0, np.exp(index))


def weights(found: Analysis, left_out: list[int]) -> Floats:
    """One for the treated, the odds for the others, by a score without some columns."""
    kept = [at for at in range(len(found.plan.kept)) if at not in left_out]
    design = standardised(found.design.matrix[kept])
    return odds_of(found, fit(design, found.people.treated).index)


def members(names: tuple[str, ...], beginnings: tuple[str, ...]) -> list[int]:
    """Places of the columns whose names begin so."""
    return [at for at, name in enumerate(names) if name.startswith(beginnings)]


def strengths(found: Analysis, outcome: Floats) -> dict[str, Benchmark | None]:
    """Each yardstick's strength; none where the model has no such column."""
    out: dict[str, Benchmark | None] = {}
    for row, beginnings in YARDSTICKS.items():
        places = members(found.plan.kept, beginnings)
        try:
            weight = weights(found, places) if places else None
        except PlainError:
            weight = None
        # The first term is the constant, so a column's place among the terms is one further.
        terms = [at + 1 for at in places]
        out[row] = (
            None
            if weight is None
            else benchmark(found.people.treated, found.design, outcome, weight, terms)
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
    count, outcome = int(own.fewest.min()), found.months(OUTCOME).sum(axis=1).astype(np.float64)
    odds = odds_of(found, found.fit.index)
    model = effect_of(found.people.treated, found.design, outcome, odds)
    cells = [
        *yardstick_cells(strengths(found, outcome), model, own_effect(own), count),
        *cancelling(model, own_effect(own), count),
    ]
    frames = {"skjulte_forskelle": cells, "rosenbaum": [*rosenbaum_cells(gains(found), count)]}
    return {name: table([pd.DataFrame(part)], contracts[name]) for name, part in frames.items()}


def step(job: Job) -> None:
    """The analysis and its effects → the estimates of both tables."""
    contracts = {name: from_yaml(job.input[f"contract_{name}"]) for name in TABLES}
    for name, frame in estimates(job, contracts).items():
        write(frame, job.output[name])
