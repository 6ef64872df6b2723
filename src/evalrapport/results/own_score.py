"""The accumulated effect in a subgroup by a propensity of its own.

Beside the effect by everybody's propensity: covariates may tell something else of who has a mentor
among women than among men. The smaller the subgroup, the fewer covariates its own model can hold;
the rule for small populations (`propensity_match.planned`) says which.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evalrapport.errors import PlainError
from evalrapport.results.matching.effects import estimate
from evalrapport.results.matching.nearest_neighbour import nearest
from evalrapport.results.propensity_match import People, fitted


def own_effect(
    people: People, months: NDArray[np.uint8], who: NDArray[np.bool_]
) -> tuple[float, float] | None:
    """(effect, standard error) within `who`; none if its covariates allow no model.

    The variance is that for an estimated score (Abadie & Imbens 2016) wherever it is positive.

    Args:
        months: of the outcome, (people × months).
    """
    rows = np.flatnonzero(who)
    some = people.some(rows)
    total = months[rows].sum(axis=1, dtype=np.float64)[:, None]
    try:
        _, design, fit = fitted(some)
    except PlainError:
        return None
    score, treated = fit.probability, some.treated
    found = estimate(design, fit, treated, total, nearest(score[treated], score[~treated]))
    return float(found.effect[0]), float(max(found.variance[0, 0], 0.0) ** 0.5)
