"""The accumulated effect by other choices, side by side: how far does it rest on ours?

Every row estimates the effect on the same treated, unless its label says otherwise. The first row
is the report's. SFI 15:10 shows none of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.danish import interval as interval_text
from evalrapport.errors import PlainError
from evalrapport.results.beskaeftigelse_uden_ydelse import OUTCOME
from evalrapport.results.effect_curve import Curve, curve
from evalrapport.results.matched_effects import Analysis, read, read_outcomes
from evalrapport.results.matching.balance import largest_difference
from evalrapport.results.matching.design import Floats
from evalrapport.results.matching.doubly_robust import doubly_robust, thinned
from evalrapport.results.matching.effects import NORMAL_975, estimate
from evalrapport.results.matching.nearest_neighbour import (
    Matches,
    nearest,
    nearest_several,
    nearest_within,
    within_reach,
)
from evalrapport.results.matching.weighting import Weighted, entropy_balanced, overlap_weighted
from evalrapport.results.propensity_match import People, fitted, read_people
from evalrapport.results.shares import found_cell, missing_cell, table, text_cell, write
from evalrapport.results.subgroups import NEEDED, divisions
from evalrapport.step import Job

YEAR, SEVERAL = 12, 5
CALIPER = 0.2  # standard deviations of the index (Austin 2011, Pharmaceutical Statistics 10)
LEARNERS_SEED = 51


@dataclass(frozen=True)
class Way:
    """One way to estimate: (accumulated, after a year) with variances; treated; imbalance.

    imbalance: the largest difference left on a covariate, in standard deviations; none if the way
    makes no group of controls.
    """

    effect: Floats
    variance: Floats
    treated: int
    imbalance: float | None = None


@dataclass(frozen=True)
class Material:
    """What all ways work from: the analysis and (people × 2) accumulated and one-year outcomes."""

    found: Analysis
    values: Floats
    curve: Curve
    cell: NDArray[np.int64]

    def weights(self, matches: Matches) -> Floats:
        """Everybody's weight after a match."""
        weight = np.zeros(len(self.found.people.treated))
        weight[self.found.others] = matches.use(len(self.found.others))[0]
        weight[self.found.cases[matches.matched]] = 1.0
        return weight

    def imbalance(self, weight: Floats) -> float:
        """The largest difference left by weights, over all covariates of the model."""
        people = self.found.people
        kept = people.treated & (weight > 0)
        return largest_difference(people.columns, kept, weight)

    def matched(self, matches: Matches) -> Way:
        """The effect by some matches on the report's own score."""
        people, found = self.found.people, self.found
        out = estimate(found.design, found.fit, people.treated, self.values, matches)
        weight = self.weights(matches)
        return Way(out.effect, out.variance, len(matches.matched), self.imbalance(weight))

    def weighted(self, how: Callable[..., Weighted]) -> Way:
        """The effect by weighting on the report's own covariates."""
        people = self.found.people
        out = how(self.found.design, self.found.fit, people.treated, self.values)
        imbalance = self.imbalance(out.weight)
        return Way(out.effect, out.variance, int(people.treated.sum()), imbalance)


def sums(curve: Curve, effect: Floats, covariance: Floats) -> tuple[Floats, Floats]:
    """(accumulated, after a year) of a curve of months, with their covariance."""
    months = len(curve.rows)
    both = np.stack([np.ones(months), np.arange(months) == YEAR])
    return both @ effect, both @ covariance @ both.T


def main_way(material: Material) -> Way:
    """The report's own."""
    own = material.curve
    effect, variance = sums(own, own.effect, own.covariance)
    return Way(
        effect, variance, own.n, material.imbalance(material.weights(material.found.matches))
    )


def over_draws(material: Material) -> Way | None:
    """The mean over draws of the pseudo start dates; none if there is one draw only."""
    rows = material.curve.rows
    if material.curve.redraws == 0:
        return None
    mean, covariance = rows["mean"].to_numpy(), np.array(rows["mean_covariance"].tolist())
    return Way(*sums(material.curve, mean, covariance), material.curve.n)


def robust_way(material: Material) -> Way:
    """Doubly robust with learners, on all treated and some of the pool."""
    people = material.found.people
    kept = thinned(people.treated)
    some = people.some(kept)
    rows, treated = some.rows(), some.treated
    out = doubly_robust(rows, treated, material.values[kept], LEARNERS_SEED)
    return Way(out.effect, out.variance, int(treated.sum()))


def risk_set(job: Job, material: Material) -> Way | None:
    """Later starters are controls until they start; matched within the month of the start."""
    later = read_people(job.input["later_population"], job.input["later_covariates"])
    if len(later.person_id) == 0:
        return None
    names, values = read_outcomes(job.input["later_outcomes"], later.person_id)
    people = material.found.people
    both = People(
        np.concatenate([people.person_id, later.person_id]),
        np.concatenate([people.treated, later.treated]),
        [np.concatenate(both) for both in zip(people.columns, later.columns, strict=True)],
    )
    outcome = np.concatenate([material.values, two_outcomes(names, values)])
    month = np.concatenate(
        [
            months(job.input["effect_population"], people),
            months(job.input["later_population"], later),
        ]
    )
    _, design, fit = fitted(both)
    p, t = fit.probability, both.treated
    matches = nearest_within(p[t], p[~t], month[t], month[~t])
    out = estimate(design, fit, t, outcome, matches)
    weight = np.zeros(len(t))
    weight[~t] = matches.use(int((~t).sum()))[0]
    weight[t] = 1.0
    imbalance = largest_difference(both.columns, t, weight)
    return Way(out.effect, out.variance, len(matches.matched), imbalance)


def months(population: Any, people: People) -> NDArray[np.int64]:
    """The month of each person's start, in the people's order."""
    frame = pd.read_parquet(population, columns=["person_id", "start_date"]).set_index("person_id")
    days = pd.to_datetime(frame.loc[people.person_id, "start_date"]).to_numpy()
    return days.astype("datetime64[M]").astype(np.int64)


def two_outcomes(names: list[str], values: NDArray[np.uint8]) -> Floats:
    """Months accumulated and the month a year after: (people × 2)."""
    own = [at for at, name in enumerate(names) if name.rsplit("_", 1)[0] == OUTCOME]
    months_of = values[:, own]
    both: Floats = np.stack([months_of.sum(axis=1), months_of[:, YEAR]], axis=1).astype(np.float64)
    return both


def material_of(job: Job) -> Material:
    """Read the files that the job names."""
    found = read(job)
    frame = pd.read_parquet(job.input["effect_covariates"], columns=["person_id", *NEEDED])
    frame = frame.set_index("person_id").loc[found.people.person_id].reset_index()
    groups = divisions(frame)
    cell = np.zeros(len(frame), dtype=np.int64)
    for division in ("match", "ydelse"):
        cell *= len(groups[division])
        for place, who in enumerate(groups[division].values()):
            cell[who] += place
    own = curve(pd.read_parquet(job.input["redrawn_effects"]), OUTCOME)
    return Material(found, two_outcomes(found.names, found.values), own, cell)


def ways(job: Job, material: Material) -> Iterator[tuple[str, Way | None]]:
    """Every row of the table; none where the data do not allow it."""
    found, t = material.found, material.found.people.treated
    p, index = found.fit.probability, found.fit.index
    reach = CALIPER * float(index.std())
    makers: dict[str, Callable[[], Way | None]] = {
        "hoved": lambda: main_way(material),
        "omtrukket": lambda: over_draws(material),
        "fem_naboer": lambda: material.matched(nearest_several(p[t], p[~t], SEVERAL)),
        "naboafstand": lambda: material.matched(
            within_reach(nearest(p[t], p[~t]), index[t], index[~t], reach)
        ),
        "eksakt": lambda: material.matched(
            nearest_within(p[t], p[~t], material.cell[t], material.cell[~t])
        ),
        "risikosaet": lambda: risk_set(job, material),
        "entropi": lambda: material.weighted(entropy_balanced),
        "dobbelt_robust": lambda: robust_way(material),
        "overlap_vaegte": lambda: material.weighted(overlap_weighted),
    }
    for name, make in makers.items():
        try:
            yield name, make()
        except PlainError:  # the data do not allow this way; its row says so
            yield name, None


COLUMNS = {
    "personer": "antal",
    "effekt": "akkumuleret",
    "interval": "tekst",
    "maaned_12": "forskel",
    "interval_12": "tekst",
    "ubalance": "spredning",
}


def cells(row: str, way: Way | None, counts: tuple[int, int]) -> Iterator[dict[str, Any]]:
    """The row's cells; `counts` are the fewest people behind any month, and behind the one-year."""
    if way is None:
        for column, statistic in COLUMNS.items():
            yield missing_cell(row, column, statistic)
        return
    scale = np.array([1.0, 100.0])
    half = NORMAL_975 * np.sqrt(np.clip(np.diag(way.variance), 0.0, None)) * scale
    value = way.effect * scale
    yield found_cell(row, "personer", COLUMNS["personer"], way.treated, way.treated)
    for at, (column, words) in enumerate((("effekt", "interval"), ("maaned_12", "interval_12"))):
        yield found_cell(row, column, COLUMNS[column], value[at], counts[at], half=half[at])
        text = interval_text(value[at] - half[at], value[at] + half[at], 1 if at else 2)
        yield text_cell(row, words, text, counts[at])
    if way.imbalance is None:
        yield missing_cell(row, "ubalance", "spredning")
    else:
        yield found_cell(row, "ubalance", "spredning", 100 * way.imbalance, way.treated)


def estimates(job: Job, contract: TableContract) -> pd.DataFrame:
    """The table's estimates from the files that the job names."""
    material = material_of(job)
    fewest = material.curve.fewest
    counts = int(fewest.min()), int(fewest[YEAR])
    rows = [one for name, way in ways(job, material) for one in cells(name, way, counts)]
    return table([pd.DataFrame(rows)], contract)


def step(job: Job) -> None:
    """The analysis, its redraws and those not yet treated → the table's estimates."""
    found = estimates(job, from_yaml(job.input["contract"]))
    write(found, job.output["robusthed"])
