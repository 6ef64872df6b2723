"""Variance of nearest-neighbour matching, for many outcomes at once, with their covariances.

Sources: Abadie & Imbens (2006), Econometrica 74(1), theorem 7, for a score taken as known;
Abadie & Imbens (2016), Econometrica 84(2), theorem 2, for the estimated score.

No bootstrap: with replacement and a fixed number of neighbours it is not valid, not even in large
samples, because the number of times a control is used is not reproduced by resampling
(Abadie & Imbens 2008, Econometrica 76(6)).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evalrapport.results.matching.design import BLOCK_ROWS, Design, Floats, Indices
from evalrapport.results.matching.logit import LogitFit
from evalrapport.results.matching.windows import (
    Rows,
    covariance_sum,
    gathered,
    nearest_run,
    run_sums,
)

NEIGHBOURS = 2  # a person and the nearest other: the default of the field (nn(2))


@dataclass(frozen=True)
class Arm:
    """One group in score order: positions in the whole sample, scores, everybody's outcomes.

    The outcomes (people × outcomes) keep their narrow type and are made doubles row by row as they
    are asked for; a sorted double-precision copy would be the largest thing in memory.
    """

    position: Indices
    score: Floats
    outcome: NDArray[np.generic]

    def outcomes(self, rows: slice | Indices) -> Floats:
        """Outcomes of the group's people by row in score order, in double precision."""
        return self.outcome[self.position[rows]].astype(np.float64)


def arm(member: Indices, score: Floats, outcome: NDArray[np.generic]) -> Arm:
    """The group `member` (positions in the whole sample) in order of score, then position."""
    order = member[np.lexsort((member, score[member]))]
    return Arm(order, score[order], outcome)


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


def score_correction(
    design: Design, fit: LogitFit, effect: Floats, treated: Arm, controls: Arm
) -> Floats:
    """Abadie & Imbens (2016): what estimating the score adds to the variance (often negative).

    d′Vd − c′Vc with V the covariance of the coefficients and, with f = p(1 − p) and sums over
    everybody,
        s = Σ f x (m₁(p) − m₀(p) − τ),
        c = [s + Σ f cov(x, y | p, treated) + Σ p² cov(x, y | p, control)] / n₁,
        d = [s + Σ f cov(x, y | p, treated) − Σ f cov(x, y | p, control)] / n₁ = ∂τ/∂θ.
    # ASSUME: ∂τ/∂θ is written given the score alone (treatment is independent of x given p), where
    # Stata looks for neighbours among the covariates themselves: that search has no fast form in a
    # hundred dimensions, and the two agree as the sample grows.

    Returns:
        (outcomes × outcomes), to be added to `variance_known_score`.
    """
    score = fit.probability
    targets, inverse = np.unique(score, return_inverse=True)
    flat = np.bincount(inverse, score * (1.0 - score)).astype(np.float64)
    squared = np.bincount(inverse, score**2).astype(np.float64)
    among_treated = covariance_at(targets, flat, design, treated)
    among_controls = covariance_at(targets, flat, design, controls)
    tilted_controls = covariance_at(targets, squared, design, controls)
    slope = slope_sum(design, score, effect, treated, controls)
    c = (slope + among_treated + tilted_controls) / len(treated.score)
    d = (slope + among_treated - among_controls) / len(treated.score)
    return d.T @ fit.covariance @ d - c.T @ fit.covariance @ c


def covariance_at(targets: Floats, weight: Floats, design: Design, group: Arm) -> Floats:
    """Σ over target scores of weight × cov(covariates, outcomes | score) in a group."""
    windows = gathered(*nearest_run(group.score, targets, NEIGHBOURS), weight)
    return covariance_sum(windows, covariates_of(design, group), group.outcomes)


def covariates_of(design: Design, group: Arm) -> Rows:
    """Standardised covariates (intercept first) of a group by row number in score order."""
    return lambda rows: design.block(group.position[rows]).T


def slope_sum(design: Design, score: Floats, effect: Floats, treated: Arm, controls: Arm) -> Floats:
    """Σ over everybody of f x (m₁(p) − m₀(p) − τ): (terms × outcomes), in blocks by score."""
    everyone = np.argsort(score, kind="stable")
    case = np.zeros(len(score), dtype=bool)
    case[treated.position] = True
    total = np.zeros((design.terms, len(effect)))
    for at in range(0, len(everyone), BLOCK_ROWS):
        who = everyone[at : at + BLOCK_ROWS]
        own = treated.outcome[who].astype(np.float64)
        p = score[who]
        gap = local_mean(treated, p, own, case[who]) - local_mean(controls, p, own, ~case[who])
        total += (design.block(who) * (p * (1.0 - p))) @ (gap - effect)
    return total


def local_mean(group: Arm, targets: Floats, own: Floats, member: NDArray[np.bool_]) -> Floats:
    """Mean outcome of the nearest people of a group, a member's own outcome left out.

    A group of one has no other member; its own outcome then stands.
    """
    start, stop = nearest_run(group.score, targets, NEIGHBOURS)
    wider = nearest_run(group.score, targets[member], NEIGHBOURS + 1)
    start[member], stop[member] = wider
    low, high = int(start.min()), int(stop.max())
    sums = run_sums(group.outcomes(slice(low, high)), start - low, stop - low)
    size = (stop - start - member).astype(np.float64)[:, None]
    sums -= np.where(member[:, None], own, 0.0)
    return np.where(size > 0, sums / np.maximum(size, 1.0), own)
