"""Variance of nearest-neighbour matching, for many outcomes at once, with their covariances.

Source: Abadie & Imbens (2006), Econometrica 74(1), theorem 7, for a score taken as known. What
estimating the score adds is in `correction`.

No bootstrap: with replacement and a fixed number of neighbours it is not valid, not even in large
samples, because the number of times a control is used is not reproduced by resampling
(Abadie & Imbens 2008, Econometrica 76(6)).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evalrapport.results.matching.design import Floats, Indices
from evalrapport.results.matching.stencil import NEIGHBOURS
from evalrapport.results.matching.windows import covariance_sum, gathered, nearest_run


@dataclass(frozen=True)
class Arm:
    """One group in score order: positions in the whole sample, scores, everybody's outcomes.

    order: positions within the group.

    The outcomes (people × outcomes) keep their narrow type and are made doubles row by row as they
    are asked for; a sorted double-precision copy would be the largest thing in memory.
    """

    order: Indices
    position: Indices
    score: Floats
    outcome: NDArray[np.generic]

    def outcomes(self, rows: slice | Indices) -> Floats:
        """Outcomes of the group's people by row in score order, in double precision."""
        return self.outcome[self.position[rows]].astype(np.float64)


def arm(member: Indices, score: Floats, outcome: NDArray[np.generic]) -> Arm:
    """The group `member` (positions in the whole sample) in order of score."""
    own = score[member]
    order = np.argsort(own)
    return Arm(order, member[order], own[order], outcome)


def variance_known_score(
    difference: Floats, use: Floats, squared_use: Floats, controls: Arm
) -> Floats:
    """Abadie & Imbens (2006): the population variance of the effect on the treated.

    V = [Σ_treated (τᵢ − τ)(τᵢ − τ)′ + Σ_controls (Kⱼ² − K′ⱼ) Σⱼ] / n², where K is how much a
    control is used, K′ the sum of squared weights, Σⱼ the covariance matrix of the outcomes given
    the score.

    Args:
        difference: own outcome less the mean of the controls, (matched treated × outcomes).
        use, squared_use: K and K′ in the order of `controls`.

    Returns:
        (outcomes × outcomes).
    """
    centred = difference - difference.mean(axis=0)
    used = use > 0
    start, stop = nearest_run(controls.score, controls.score[used], NEIGHBOURS)
    windows = gathered(start, stop, (use**2 - squared_use)[used])
    between = covariance_sum(windows, controls.outcomes, controls.outcomes)
    return (centred.T @ centred + between) / len(difference) ** 2


def variance_pooled(difference: Floats, use: Floats, squared_use: Floats) -> Floats:
    """As `variance_known_score`, with one conditional variance for all: half that of τᵢ.

    It is what R's Matching prints by default (`Var.calc = 0`); kept to hold ours against it.
    """
    treated = len(difference)
    centred = difference - difference.mean(axis=0)
    spread = centred.T @ centred
    extra = float((use**2 - squared_use).sum()) * spread / (2.0 * treated)
    return (spread + extra) / treated**2
