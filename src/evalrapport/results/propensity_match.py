"""The propensity of starting with a mentor, and who is matched with whom.

SFI 15:10, chapter 5: propensity-score matching, nearest neighbour, ties averaged (footnote 24). The
model report prints neither its model nor its fit; ours is an unpenalised logit on the full pool.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from evalrapport.contracts.covariates import COVARIATES, RARE_BELOW, TREATED_PER_COLUMN
from evalrapport.errors import PlainError
from evalrapport.results.matching import nearest_neighbour
from evalrapport.results.matching.columns import (
    Column,
    Matrix,
    Plan,
    frequent,
    independent,
)
from evalrapport.results.matching.design import Design, Indices, standardised
from evalrapport.results.matching.logit import LogitFit, SeparationError, fit
from evalrapport.results.matching.nearest_neighbour import Matches, nearest
from evalrapport.step import Job

MOST_SEPARATED = 10
IN_MODEL = [covariate.name for covariate in COVARIATES if covariate.in_model]
MERGE_INTO = {c.name: c.merge_into for c in COVARIATES if c.merge_into is not None}


@dataclass(frozen=True)
class People:
    """The effect population in ascending order of person_id, the canonical order of all sums.

    columns: the covariates IN_MODEL, (people,) each, as they come: most are a byte a person, and
    become a matrix when it is known which of them are used.
    """

    person_id: Indices
    treated: NDArray[np.bool_]
    columns: Sequence[Column]

    def some(self, rows: Indices) -> People:
        """Some of the people, in the order of `rows`."""
        columns = [column[rows] for column in self.columns]
        return People(self.person_id[rows], self.treated[rows], columns)

    def rows(self) -> NDArray[np.float32]:
        """The covariates as (people × columns), as a library of learners takes them."""
        found: NDArray[np.float32] = np.stack(self.columns).astype(np.float32).T
        return found


def read_people(population: Path, covariates: Path) -> People:
    """Treatment and model covariates."""
    who = pq.read_table(population, columns=["person_id", "treated"])
    order = ascending(who["person_id"].to_numpy())
    ids = who["person_id"].to_numpy()[order]
    with pq.ParquetFile(covariates) as file:  # makes one piece of each column, read_table many
        table = file.read(columns=["person_id", *IN_MODEL])
    rows = ascending(table["person_id"].to_numpy())
    if not np.array_equal(table["person_id"].to_numpy()[rows], ids):
        raise PlainError("effect_covariates and effect_population do not hold the same people.")
    columns = [whole(table[name])[rows] for name in IN_MODEL]
    return People(ids, who["treated"].to_numpy()[order], columns)


def whole(column: pa.ChunkedArray) -> Column:
    """A column as one array; one that lies in a single piece is not copied."""
    if column.num_chunks == 1:
        one: Column = column.chunk(0).to_numpy(zero_copy_only=False)
        return one
    return np.concatenate([chunk.to_numpy(zero_copy_only=False) for chunk in column.chunks])


def ascending(person_id: Indices) -> Indices | slice:
    """The rows in order of person; all as they are if they have it already, as ours do."""
    if (person_id[1:] > person_id[:-1]).all():
        return slice(None)
    return np.argsort(person_id, kind="stable")


def planned(people: People, least: int = RARE_BELOW) -> tuple[Plan, Matrix]:
    """Which columns to use: rare ones merged or dropped, in small populations less rare ones too;
    and those columns, (kept × people).

    With more columns than a fifth of the treated, the people needed on either side of a column are
    raised by a quarter at a time, to at most a quarter of the treated.
    """
    told = (IN_MODEL, people.columns, people.treated, MERGE_INTO)
    chosen = frequent(*told, least)
    treated = int(people.treated.sum())
    while len(chosen.kept) * TREATED_PER_COLUMN > treated and least < treated / 4:
        least = min(least + least // 4 + 1, treated // 4 + 1)
        chosen = frequent(*told, least)
    return independent(chosen, IN_MODEL, people.columns)


def fitted(people: People, least: int = RARE_BELOW) -> tuple[Plan, Design, LogitFit]:
    """Choose columns, fit; a column that separates all the same is dropped, and reported."""
    chosen, matrix = planned(people, least)
    for _ in range(MOST_SEPARATED):
        design = standardised(matrix)
        try:
            return chosen, design, fit(design, people.treated)
        except SeparationError as error:
            if len(chosen.kept) == 1:
                raise
            chosen, matrix = chosen.less([chosen.kept[error.column]], "separation", matrix)
    raise PlainError(
        f"The propensity still separates perfectly after {MOST_SEPARATED} columns were dropped. "
        "The population is too small for the effect analysis; use a larger one."
    )


def pairs_of(people: People, matches: Matches) -> pd.DataFrame:
    """The matched pairs by person id: person_id, control_id, weight, gap."""
    cases, others = people.person_id[people.treated], people.person_id[~people.treated]
    return pd.DataFrame(
        {
            "person_id": cases[matches.treated],
            "control_id": others[matches.control],
            "weight": matches.weight,
            "gap": matches.gap[matches.treated],
        }
    )


def summary(
    people: People, chosen: Plan, fit: LogitFit, matches: Matches, pairs: pd.DataFrame
) -> dict[str, Any]:
    """What later steps and the manifest need of the fit; holds no person."""
    score, treated = fit.probability, people.treated
    ids = (pairs["person_id"].to_numpy(), pairs["control_id"].to_numpy())
    use = matches.use(int((~treated).sum()))[0]
    return {
        "columns": asdict(chosen),
        "coefficients": dict(zip(chosen.kept, fit.coefficients[1:].tolist(), strict=True)),
        "scaled": fit.scaled.tolist(),
        "covariance": fit.covariance.tolist(),
        "log_likelihood": fit.log_likelihood,
        "null_log_likelihood": fit.null_log_likelihood,
        "steps": fit.steps,
        "pseudo_r2": fit.pseudo_r2,
        "treated": int(treated.sum()),
        "pool": len(use),
        "distinct_controls": int((use > 0).sum()),
        "largest_reuse": float(use.max()),
        "effective_controls": float(use.sum() ** 2 / np.square(use).sum()),
        "off_support": nearest_neighbour.off_support(score[treated], score[~treated]),
        "median_gap": float(np.median(matches.gap)),
        "matched_set": nearest_neighbour.set_hash(*ids, pairs["weight"].to_numpy()),
    }


def match(people: People) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, Any]]:
    """Fit and match: (pairs, scores by person, summary of the fit)."""
    chosen, _, fit_ = fitted(people)
    score = fit_.probability
    matches = nearest(score[people.treated], score[~people.treated])
    pairs = pairs_of(people, matches)
    scores = pd.DataFrame(
        {"person_id": people.person_id, "treated": people.treated, "index": fit_.index}
    )
    return pairs, scores, summary(people, chosen, fit_, matches, pairs)


def step(job: Job) -> None:
    """Effect population and covariates → pairs, scores and the fit (all left of the wall)."""
    people = read_people(job.input["effect_population"], job.input["effect_covariates"])
    pairs, scores, about = match(people)
    pairs.to_parquet(job.output["propensity_match"], index=False)
    scores.to_parquet(job.output["propensity_scores"], index=False)
    job.output["propensity_fit"].write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
