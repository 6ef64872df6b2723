"""How the propensity spreads among the treated, the pool and the controls: is there overlap?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.matching.passes import probability_of
from evalrapport.results.shares import table, write
from evalrapport.step import Job

# Lower ends of the classes, as probabilities; each row's id says where it begins.
CLASSES = {
    "under_001": 0.0,
    "fra_001": 0.0001,
    "fra_003": 0.0003,
    "fra_01": 0.001,
    "fra_03": 0.003,
    "fra_1": 0.01,
    "fra_3": 0.03,
    "fra_10": 0.1,
}
BASE = "beregningsgrundlag"


def cells(score: np.ndarray, weight: np.ndarray, column: str) -> pd.DataFrame:
    """The share of a group in each class; a person's weight is how often it counts."""
    place = np.searchsorted(list(CLASSES.values()), score, side="right") - 1
    mass = np.bincount(place, weight, minlength=len(CLASSES))
    people = np.bincount(place[weight > 0], minlength=len(CLASSES))
    n = round(float(weight.sum()))
    found = pd.DataFrame({"row": list(CLASSES), "value": 100 * mass / mass.sum()})
    # Different people, but never more than they weigh: see `balance.cell`.
    found = found.assign(count=np.minimum(people, np.rint(mass)).astype(int))
    base = {"row": BASE, "value": n, "count": n, "statistic": "antal"}
    found = pd.concat([found.assign(statistic="andel"), pd.DataFrame([base])])
    empty: dict[str, Any] = {"text": "", "n": n, "lower": np.nan, "upper": np.nan, "status": "ok"}
    return found.assign(column=column, **empty)


def estimate(scores: pd.DataFrame, pairs: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """The table's estimates; `scores` holds person_id, treated and index."""
    score, treated = probability_of(scores["index"].to_numpy()), scores["treated"].to_numpy()
    use = scores["person_id"].map(pairs.groupby("control_id")["weight"].sum()).fillna(0.0)
    controls = use.to_numpy()
    parts = [
        cells(score[treated], np.ones(int(treated.sum())), "indsatsgruppe"),
        cells(score[~treated], np.ones(int((~treated).sum())), "pulje"),
        cells(score[controls > 0], controls[controls > 0], "kontrolgruppe"),
    ]
    return table(parts, contract)


def step(job: Job) -> None:
    """Scores and matched pairs → the table's estimates."""
    scores = pd.read_parquet(job.input["propensity_scores"])
    pairs = pd.read_parquet(job.input["propensity_match"])
    write(estimate(scores, pairs, from_yaml(job.input["contract"])), job.output["overlap"])
