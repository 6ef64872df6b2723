"""The effect on the treated by a doubly robust score with cross-fitting and machine learners.

Source: Chernozhukov et al. (2018), Econometrics Journal 21, section 5.1 (effect on the treated).
The outcome without treatment and the score are learnt on some of the people and used on the others,
so that a learner's own noise does not enter. Right if either of the two is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evalrapport.results.matching.design import Floats, Indices
from evalrapport.results.matching.passes import probability_of

FOLDS = 2
# ASSUME: of a large pool so many are learnt on per treated person, taken at even steps of the order
# of persons: beyond, the treated are the noise, and a learner's time is all in the pool.
CONTROLS_PER_TREATED = 50
LARGEST_ODDS = 0.97  # a learnt probability is taken no nearer to one than this


@dataclass(frozen=True)
class Robust:
    """Effects by outcome, their covariance matrix, and how many controls were learnt on."""

    effect: Floats
    variance: Floats
    controls: int


def thinned(treated: NDArray[np.bool_], each: int = CONTROLS_PER_TREATED) -> Indices:
    """Places of all treated and of evenly chosen others, at most `each` per treated, ascending."""
    others = np.flatnonzero(~treated)
    step = max(1, -(-len(others) // (each * max(1, int(treated.sum())))))
    return np.sort(np.concatenate([np.flatnonzero(treated), others[::step]]))


def folds(treated: NDArray[np.bool_], count: int, seed: int) -> NDArray[np.int64]:
    """A fold for everybody, drawn within treated and others so that all folds hold both."""
    rng = np.random.default_rng(seed)
    out = np.empty(len(treated), dtype=np.int64)
    for group in (True, False):
        who = np.flatnonzero(treated == group)
        out[who] = rng.permutation(np.arange(len(who)) % count)
    return out


def score_learner() -> Any:
    """The learner of the score, not yet taught."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    # ASSUME: a ridge of weight one keeps half of a small population from separating.
    return make_pipeline(StandardScaler(), LogisticRegression(C=1.0, solver="newton-cholesky"))


def outcome_learner(seed: int) -> Any:
    """The learner of the outcome without treatment, not yet taught."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    return HistGradientBoostingRegressor(
        max_iter=60, max_leaf_nodes=16, early_stopping=False, random_state=seed
    )


def learnt(
    rows: NDArray[np.floating],
    treated: NDArray[np.bool_],
    outcome: Floats,
    fold: NDArray[np.int64],
    seed: int,
) -> tuple[Floats, Floats]:
    """Odds of treatment (people,) and outcome without it (people × outcomes), cross-fitted."""
    odds, untreated = np.empty(len(rows)), np.empty(outcome.shape)
    for one in np.unique(fold):
        here, there = fold == one, fold != one
        score = score_learner().fit(rows[there], treated[there])
        p = np.minimum(probability_of(score.decision_function(rows[here])), LARGEST_ODDS)
        odds[here] = p / (1.0 - p)
        teach = there & ~treated
        for at in range(outcome.shape[1]):
            model = outcome_learner(seed).fit(rows[teach], outcome[teach, at])
            untreated[here, at] = model.predict(rows[here])
    return odds, untreated


def doubly_robust(
    rows: NDArray[np.floating],
    treated: NDArray[np.bool_],
    outcome: Floats,
    seed: int,
    count: int = FOLDS,
) -> Robust:
    """The effect on the treated.

    Args:
        rows: covariates (people × columns), as 32 bits if the pool is large. outcome: (people ×
            outcomes).
    """
    fold = folds(treated, count, seed)
    odds, untreated = learnt(rows, treated, outcome, fold, seed)
    # The odds are made to sum to the treated, which the true ones do: it steadies them (Hájek).
    for one in range(count):
        here = (fold == one) & ~treated
        odds[here] *= (treated & (fold == one)).sum() / odds[here].sum()
    weight = np.where(treated, 1.0, -odds)
    gain = weight[:, None] * (outcome - untreated) / int(treated.sum())
    effect = gain.sum(axis=0)
    influence = gain - np.where(treated[:, None], effect, 0.0) / int(treated.sum())
    return Robust(effect, influence.T @ influence, int((~treated).sum()))
