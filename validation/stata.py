"""Stata's standard error of matching on an estimated score, neighbour by neighbour.

Source: Stata 18, [CAUSAL] teffects nnmatch, “PSM, ATE, and ATET variance adjustment”, after
Abadie & Imbens (2016). It differs from `results.matching.correction` in one place: the derivative
of the effect with respect to the score's coefficients is taken from the nearest of the other group
*among the covariates themselves*, in plain Euclidean distance on their raw values. (The manual does
not name the distance; of those tried, Euclidean, Mahalanobis and scaled by variance, only this one
gives back the printed digits.) That search is n × n, so it is for samples of some ten thousand.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evalrapport.results.matching.design import Design, Floats
from evalrapport.results.matching.logit import LogitFit

NEIGHBOURS = 2  # Stata's default, vce(robust, nn(2))
ROWS = 256


def correction(
    design: Design,
    fit: LogitFit,
    raw: Floats,
    treated: NDArray[np.bool_],
    outcome: Floats,
    effect: float,
) -> float:
    """What estimating the score adds to the variance of the effect on the treated.

    Args:
        raw: covariates as they were read, (people × columns). outcome: (people,).
    """
    terms = design.block(slice(0, design.people)).T
    p = fit.probability
    flat, n = p * (1.0 - p), int(treated.sum())
    own, other, same, across = ingredients(terms, p, treated, outcome)
    sign = np.where(treated, 1.0, -1.0)
    spread = np.where(treated[:, None], same, across) * flat[:, None]
    spread += np.where(treated[:, None], across, same) * (p**2)[:, None]
    slope = flat * (sign * (own - other) - effect)
    literal = flat * (sign * (outcome - nearest_raw(raw, treated, outcome)) - effect)
    c = (terms * slope[:, None] + spread).sum(axis=0) / n
    d = terms.T @ literal / n
    return float(d @ fit.covariance @ d - c @ fit.covariance @ c)


def ingredients(
    terms: Floats, score: Floats, treated: NDArray[np.bool_], outcome: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """Per person: mean outcome of the nearest two in the own and in the other group (itself not
    counted), and the covariance of terms and outcome among them (itself counted)."""
    means, spreads = np.empty((2, len(score))), np.empty((2, *terms.shape))
    for group in (True, False):
        members = np.flatnonzero(treated == group)
        for at in range(0, len(score), ROWS):
            rows = np.arange(at, min(at + ROWS, len(score)))
            distance = np.abs(score[rows][:, None] - score[members])
            theirs = (treated[rows] != group).astype(int)
            spreads[theirs, rows] = covariance(near(distance), terms[members], outcome[members])
            distance[rows[:, None] == members] = np.inf
            inside = near(distance)
            means[theirs, rows] = inside @ outcome[members] / inside.sum(axis=1)
    return means[0], means[1], spreads[0], spreads[1]


def near(distance: Floats, size: int = NEIGHBOURS) -> Floats:
    """One for the `size` nearest of each row and all that tie with the last of them."""
    size = min(size, distance.shape[1])
    reach = np.partition(distance, size - 1, axis=1)[:, size - 1]
    return (distance <= reach[:, None]).astype(np.float64)


def covariance(inside: Floats, terms: Floats, outcome: Floats) -> Floats:
    """Sample covariance of terms and outcome among those inside, per row."""
    count = inside.sum(axis=1)
    off = (outcome - (inside @ outcome / count)[:, None]) * inside
    return (off @ terms) / np.maximum(count - 1.0, 1.0)[:, None]


def nearest_raw(raw: Floats, treated: NDArray[np.bool_], outcome: Floats) -> Floats:
    """Mean outcome of the nearest of the other group on the raw covariates, ties averaged."""
    found = np.empty(len(raw))
    for group in (True, False):
        members, mine = np.flatnonzero(treated != group), np.flatnonzero(treated == group)
        for at in range(0, len(mine), ROWS):
            rows = mine[at : at + ROWS]
            squares = np.zeros((len(rows), len(members)))
            for column in raw.T:  # differences, not products: equal people must tie exactly
                squares += np.square(column[rows][:, None] - column[members])
            inside = near(np.sqrt(squares), 1)
            found[rows] = inside @ outcome[members] / inside.sum(axis=1)
    return found
