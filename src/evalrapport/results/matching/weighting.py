"""Weighting instead of matching: entropy balancing and overlap weights, with their variances.

Entropy balancing (Hainmueller 2012, Political Analysis 20): the weights of the pool nearest to
equal ones under which every covariate has the treated's mean exactly. Overlap weights (Li, Morgan &
Zaslavsky 2018, JASA 113): everybody weighs by the probability of the other group, so those count
most who might as well have been in either; that is the effect on *them*, not on all the treated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evalrapport.errors import PlainError
from evalrapport.results.matching.design import Design, Floats, Indices
from evalrapport.results.matching.logit import LogitFit
from evalrapport.stripes import BLOCK_ROWS, in_order, one_thread, spans

MOST_STEPS = 40
BALANCED = 1e-8  # largest difference of means left, in standard deviations of everybody


@dataclass(frozen=True)
class Weighted:
    """Effects by outcome, their covariance matrix, and everybody's weight (treated sum as pool)."""

    effect: Floats
    variance: Floats
    weight: Floats


def over(design: Design, rows: Indices, work: Callable[[Floats, slice], Floats]) -> Floats:
    """The sum of `work(standardised block, its places among rows)`, in the order of the rows."""

    def part(stripe: slice) -> Floats:
        return np.sum(
            [
                work(design.block(rows[at]), at)
                for at in spans(stripe.start, stripe.stop, BLOCK_ROWS)
            ],
            axis=0,
        )

    total: Floats = np.sum(list(in_order(part, len(rows))), axis=0)
    return total


@one_thread
def entropy_weights(design: Design, treated: NDArray[np.bool_], start: Floats) -> Floats:
    """Weights of the pool, summing to one, in the order of the people.

    Args:
        start: coefficients on the common scale to begin with; a logit's are near, because its odds
            balance the covariates roughly.

    Raises:
        PlainError: no weights balance the covariates (some treated lie outside the pool).
    """
    cases, pool = np.flatnonzero(treated), np.flatnonzero(~treated)
    goal = over(design, cases, lambda block, _: block.sum(axis=1))[1:] / len(cases)
    slope = start[1:].copy()
    level, weight = tilted(design, pool, slope, goal)
    for _ in range(MOST_STEPS):
        gradient, curve = moments(design, pool, weight, goal)
        if np.abs(gradient).max() < BALANCED:
            return weight
        step = np.linalg.lstsq(curve, gradient, rcond=1e-12)[0]
        for halvings in range(12):
            trial = slope - step / 2**halvings
            lower, tried = tilted(design, pool, trial, goal)
            if lower <= level + 1e-12 * abs(level):
                break
        slope, level, weight = trial, lower, tried
    raise PlainError(
        "Entropy balancing finds no weights that give the pool the means of the treated: some "
        "treated have a combination of covariates that nobody in the pool comes near."
    )


def tilted(design: Design, pool: Indices, slope: Floats, goal: Floats) -> tuple[float, Floats]:
    """The dual objective log Σ exp(slope·(x − goal)), and the weights at that slope."""
    index = np.empty(len(pool))

    def fill(block: Floats, at: slice) -> Floats:
        index[at] = slope @ (block[1:] - goal[:, None])
        return np.zeros(1)

    over(design, pool, fill)
    top = index.max()
    weight = np.exp(index - top)
    total = weight.sum()
    return float(np.log(total) + top), weight / total


def moments(design: Design, pool: Indices, weight: Floats, goal: Floats) -> tuple[Floats, Floats]:
    """Gradient and curvature of the dual: mean and covariance of x − goal under the weights."""

    def work(block: Floats, at: slice) -> Floats:
        off = block[1:] - goal[:, None]
        both: Floats = np.vstack([off, np.ones(off.shape[1])]) * weight[at]
        return both @ off.T

    total = over(design, pool, work)
    mean = total[-1]
    return mean, total[:-1] - np.outer(mean, mean)


@one_thread
def entropy_balanced(
    design: Design, fit: LogitFit, treated: NDArray[np.bool_], outcome: Floats
) -> Weighted:
    """The effect on the treated by entropy balancing.

    The variance is that of the influence function: with balanced means the estimate equals one that
    is adjusted by the weighted regression of the pool's outcomes on the covariates (Zhao & Percival
    2017, J. Causal Inference 5), so what counts are its residuals.

    Args:
        outcome: (people × outcomes).
    """
    cases, pool = np.flatnonzero(treated), np.flatnonzero(~treated)
    weight = entropy_weights(design, treated, fit.scaled)
    both = over(
        design,
        pool,
        lambda block, at: block * weight[at] @ np.vstack([block, outcome[pool[at]].T]).T,
    )
    terms = design.terms
    slopes = np.linalg.lstsq(both[:, :terms], both[:, terms:], rcond=1e-12)[0].astype(np.float64)
    own = residuals(design, cases, outcome, slopes)
    theirs = residuals(design, pool, outcome, slopes) * weight[:, None]
    centred = (own - own.mean(axis=0)) / len(cases)
    effect = outcome[cases].mean(axis=0) - weight @ outcome[pool]
    everybody = np.zeros(design.people)
    everybody[cases], everybody[pool] = 1.0, weight * len(cases)
    return Weighted(effect, centred.T @ centred + theirs.T @ theirs, everybody)


def residuals(design: Design, rows: Indices, outcome: Floats, slopes: Floats) -> Floats:
    """Outcomes of some rows less what the covariates tell of them."""
    out = np.empty((len(rows), outcome.shape[1]))

    def fill(block: Floats, at: slice) -> Floats:
        out[at] = outcome[rows[at]] - block.T @ slopes
        return np.zeros(1)

    over(design, rows, fill)
    return out


@one_thread
def overlap_weighted(
    design: Design, fit: LogitFit, treated: NDArray[np.bool_], outcome: Floats
) -> Weighted:
    """The effect on those who might have been in either group, with a sandwich variance.

    The influence function has a part for the estimated score (Li, Thomas & Li 2019, American J. of
    Epidemiology 188): the slope of the effect in the coefficients times the score's own influence.
    """
    p = fit.probability
    weight = np.where(treated, 1.0 - p, p)
    sign = np.where(treated, 1.0, -1.0)
    mass = weight[treated].sum()  # equal in both groups, by the score's first equation
    means = [np.average(outcome[who], weights=weight[who], axis=0) for who in (treated, ~treated)]
    off = outcome - np.where(treated[:, None], means[0], means[1])
    everybody = np.arange(design.people)
    bend = over(design, everybody, lambda block, at: block @ (off[at] * (p * (1 - p))[at, None]))
    turn = fit.covariance @ bend
    influence = off * (sign * weight)[:, None]

    def add(block: Floats, at: slice) -> Floats:
        influence[at] -= (treated[at] - p[at])[:, None] * (block.T @ turn)
        return np.zeros(1)

    over(design, everybody, add)
    influence /= mass
    return Weighted(means[0] - means[1], influence.T @ influence, weight)
