"""Effects on the treated by outcome and month, with both variances and their covariances.

Computed once for all outcomes; the tables and figures of chapter 5 each take their part. The months
of an outcome keep their full covariance, which an accumulated effect needs.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from evalrapport.results.matching.columns import Plan
from evalrapport.results.matching.design import Design, Floats, Indices, standardised
from evalrapport.results.matching.effects import Effects, estimate
from evalrapport.results.matching.logit import LogitFit
from evalrapport.results.matching.nearest_neighbour import Matches
from evalrapport.results.propensity_match import IN_MODEL, People, read_people
from evalrapport.step import Job


def read_outcomes(path: Path, person_id: Indices) -> tuple[list[str], NDArray[np.uint8]]:
    """Names of all outcome columns, and values (people × outcomes) in the order of person_id."""
    table = pq.read_table(path)
    names = [name for name in table.column_names if name != "person_id"]
    rows = np.searchsorted(person_id, table["person_id"].to_numpy())
    values = np.empty((len(person_id), len(names)), dtype=np.uint8)
    for at, name in enumerate(names):
        values[rows, at] = table[name].to_numpy()
    return names, values


def matches_of(pairs: pd.DataFrame, people: People) -> Matches:
    """The pairs as positions among the treated and among the others."""
    cases, others = people.person_id[people.treated], people.person_id[~people.treated]
    treated = np.searchsorted(cases, pairs["person_id"].to_numpy())
    gap = np.full(len(cases), np.nan)
    gap[treated] = pairs["gap"].to_numpy()
    control = np.searchsorted(others, pairs["control_id"].to_numpy())
    return Matches(treated, control, pairs["weight"].to_numpy(), gap)


def fit_of(about: dict[str, Any], index: Floats, raw: Floats) -> LogitFit:
    """The fit as it was, from its summary and the people's index."""
    scaled = np.array(about["scaled"])
    return LogitFit(
        coefficients=raw @ scaled,
        scaled=scaled,
        covariance=np.array(about["covariance"]),
        index=index,
        log_likelihood=about["log_likelihood"],
        null_log_likelihood=about["null_log_likelihood"],
        steps=about["steps"],
    )


def behind(values: NDArray[np.uint8], who: Indices, weighed: Floats) -> Indices:
    """How many different people of `who` have each outcome, but never more than they weigh.

    Tied controls, each with a small weight, are many people that stand for few.
    """
    different = values[np.unique(who)].sum(axis=0, dtype=np.int64)
    return np.minimum(different, np.rint(weighed).astype(np.int64))


def by_month(names: list[str], effects: Effects, counts: dict[str, Indices], n: int) -> pa.Table:
    """One row per outcome and month; covariances are with the months of the same outcome."""
    outcome = [name.rsplit("_", 1)[0] for name in names]
    same = [[at for at, other in enumerate(outcome) if other == one] for one in outcome]
    rows: dict[str, Any] = {
        "outcome": outcome,
        "month": [int(name.rsplit("_", 1)[1]) for name in names],
        "n": [n] * len(names),
        "treated": effects.treated,
        "controls": effects.controls,
        "effect": effects.effect,
        "treated_count": counts["treated"],
        "controls_count": counts["controls"],
        "uses_2016": [effects.uses_2016] * len(names),
    }
    for name, matrix in (
        ("covariance", effects.variance),
        ("covariance_2006", effects.variance_2006),
    ):
        rows[name] = [matrix[at, places].tolist() for at, places in enumerate(same)]
    return pa.table(rows)


@dataclass(frozen=True)
class Analysis:
    """All that the effect analysis rests on, read once: people, model, matches, outcomes.

    values: (people × outcomes) in the people's order; names: of the outcome columns.
    """

    people: People
    plan: Plan
    design: Design
    fit: LogitFit
    matches: Matches
    names: list[str]
    values: NDArray[np.uint8]

    @property
    def cases(self) -> Indices:
        """Places of the treated among the people."""
        return np.flatnonzero(self.people.treated)

    @property
    def others(self) -> Indices:
        """Places of the pool among the people."""
        return np.flatnonzero(~self.people.treated)

    def months(self, outcome: str) -> NDArray[np.uint8]:
        """The months of one outcome, (people × months)."""
        kept = [at for at, name in enumerate(self.names) if name.rsplit("_", 1)[0] == outcome]
        return self.values[:, kept]


def read(job: Job, outcomes: str = "effect_outcomes") -> Analysis:
    """The analysis from the files that the job names; `outcomes` is the input with outcomes."""
    people = read_people(job.input["effect_population"], job.input["effect_covariates"])
    about = json.loads(job.input["propensity_fit"].read_text(encoding="utf-8"))
    plan = Plan(**about["columns"])
    design = standardised(plan.apply(IN_MODEL, people.columns))
    index = pd.read_parquet(job.input["propensity_scores"], columns=["index"])["index"].to_numpy()
    fit = fit_of(about, index, design.to_raw())
    names, values = read_outcomes(job.input[outcomes], people.person_id)
    matches = matches_of(pd.read_parquet(job.input["propensity_match"]), people)
    return Analysis(people, plan, design, fit, matches, names, values)


def effects_of(found: Analysis) -> pa.Table:
    """Estimate every outcome."""
    effects = estimate(found.design, found.fit, found.people.treated, found.values, found.matches)
    n, matches = len(found.matches.matched), found.matches
    counts = {
        "treated": behind(found.values, found.cases[matches.treated], n * effects.treated),
        "controls": behind(found.values, found.others[matches.control], n * effects.controls),
    }
    return by_month(found.names, effects, counts, n)


def step(job: Job) -> None:
    """Covariates, outcomes, pairs and fit → effects by outcome and month."""
    pq.write_table(effects_of(read(job)), job.output["matched_effects"])
