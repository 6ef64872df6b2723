"""How alike the treated and their controls are."""

from __future__ import annotations

from collections.abc import Iterable
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


def moments(values: Floats, weight: Floats) -> tuple[float, float]:
    """Weighted mean and variance of one column."""
    total = weight.sum()
    mean = values @ weight / total
    return float(mean), float(np.square(values - mean) @ weight / total)


def largest_difference(
    columns: Iterable[NDArray[np.generic]], treated: NDArray[np.bool_], weight: Floats
) -> float:
    """The largest standardised difference after weighting, over all `columns` that vary."""
    kept = treated | (weight > 0)
    own, used = treated[kept], weight[kept]
    largest = 0.0
    for column in columns:
        values = column[kept].astype(np.float64)
        _, spread = moments(values[own], np.ones(int(own.sum())))
        if spread > 0:
            gap = moments(values[own], used[own])[0] - moments(values[~own], used[~own])[0]
            largest = max(largest, abs(gap) / spread**0.5)
    return largest


def balance(
    columns: Iterable[NDArray[np.generic]], treated: NDArray[np.bool_], weight: Floats
) -> Balance:
    """Balance of each covariate, one column at a time.

    Args:
        columns: (people,) each, of any type of number.
        weight: how much each person counts after matching: one for a matched treated person, the
            sum of match weights for a control.

    Standardised by the standard deviation of the treated before matching, which does not change
    with the controls chosen (Austin 2009, Statistics in Medicine 28). A difference of a covariate
    that does not vary among the treated is NaN.
    """
    cases, others = np.flatnonzero(treated), np.flatnonzero(~treated)
    kept = others[weight[others] > 0]
    parts = []
    for column in columns:
        own, pool = column[cases].astype(np.float64), column[others].astype(np.float64)
        groups = (
            moments(own, np.ones(len(own))),
            moments(pool, np.ones(len(pool))),
            moments(own, weight[cases]),
            moments(column[kept].astype(np.float64), weight[kept]),
        )
        parts.append([float(part) for group in groups for part in group])
    m1, v1, m0, v0, mt, vt, mc, vc = np.array(parts).reshape(-1, 8).T
    with np.errstate(divide="ignore", invalid="ignore"):
        sd = np.where(v1 > 0, np.sqrt(v1), np.nan)
        return Balance(mt, m0, mc, (m1 - m0) / sd, (mt - mc) / sd, v1 / v0, vt / vc)
