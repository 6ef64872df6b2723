"""Variance of nearest-neighbour matching, for many outcomes at once, with their covariances.

Source: Abadie & Imbens (2006), Econometrica 74(1), theorem 7, for a score taken as known. What
estimating the score adds is in `correction`.

No bootstrap: with replacement and a fixed number of neighbours it is not valid, not even in large
samples, because the number of times a control is used is not reproduced by resampling
(Abadie & Imbens 2008, Econometrica 76(6)).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evalrapport.results.matching.design import Floats, Indices
from evalrapport.results.matching.levels import Levels
from evalrapport.results.matching.stencil import NEIGHBOURS
from evalrapport.results.matching.windows import covariance_sum, gathered


def variance_known_score(
    difference: Floats,
    score: Floats,
    weight: Floats,
    pool: Levels,
    outcome: NDArray[np.generic],
) -> Floats:
    """Abadie & Imbens (2006): the population variance of the effect on the treated.

    V = [Σ_treated (τᵢ − τ)(τᵢ − τ)′ + Σ_controls (Kⱼ² − K′ⱼ) Σⱼ] / n², where K is how much a
    control is used, K′ the sum of squared weights, Σⱼ the covariance matrix of the outcomes given
    the score.

    Args:
        difference: own outcome less the mean of the controls, (matched treated × outcomes).
        score, weight: of each control that is used, the score and K² − K′.
        pool: the controls by score. outcome: everybody's, (people × outcomes).

    Returns:
        (outcomes × outcomes).
    """

    def outcomes(rows: Indices) -> Floats:
        return outcome[pool.position[rows]].astype(np.float64)

    centred = difference - difference.mean(axis=0)
    windows = gathered(*pool.run(score, NEIGHBOURS), weight)
    between = covariance_sum(windows, outcomes, outcomes)
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
