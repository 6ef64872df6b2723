"""How alike the treated and their controls are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evalrapport.results.matching.design import Floats
from evalrapport.results.matching.nearest_neighbour import Matches


@dataclass(frozen=True)
class Balance:
    """Per covariate: means, standardised differences and variance ratios before and after."""

    treated: Floats
    pool: Floats
    controls: Floats
    difference_before: Floats
    difference_after: Floats
    ratio_before: Floats
    ratio_after: Floats


def control_weights(matches: Matches, controls: int) -> Floats:
    """How many treated each person of the pool stands for; sums to the number matched."""
    return matches.use(controls)[0]


def moments(values: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Weighted mean and variance of each row of `values` (columns × people)."""
    total = weight.sum()
    mean = values @ weight / total
    return mean, np.square(values - mean[:, None]) @ weight / total


def balance(matrix: NDArray[np.generic], treated: NDArray[np.bool_], weight: Floats) -> Balance:
    """Balance of each covariate, one column at a time.

    Args:
        matrix: (columns × people). weight: how much each person counts after matching: one for a
            matched treated person, the sum of match weights for a control.

    Standardised by the standard deviation of the treated before matching, which does not change
    with the controls chosen (Austin 2009, Statistics in Medicine 28). A difference of a covariate
    that does not vary among the treated is NaN.
    """
    parts = []
    for column in matrix:
        values = column.astype(np.float64)[None, :]
        before = moments(values[:, treated], np.ones(int(treated.sum())))
        pool = moments(values[:, ~treated], np.ones(int((~treated).sum())))
        group = moments(values[:, treated], weight[treated])
        controls = moments(values[:, ~treated], weight[~treated])
        parts.append([part[0] for pair in (before, pool, group, controls) for part in pair])
    m1, v1, m0, v0, mt, vt, mc, vc = np.array(parts).reshape(-1, 8).T
    with np.errstate(divide="ignore", invalid="ignore"):
        sd = np.where(v1 > 0, np.sqrt(v1), np.nan)
        return Balance(mt, m0, mc, (m1 - m0) / sd, (mt - mc) / sd, v1 / v0, vt / vc)
