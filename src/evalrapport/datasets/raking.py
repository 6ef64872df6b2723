"""Calibration weights: respondents weighted so that they have the frame's margins.

Raking by iterative proportional fitting: W. E. Deming and F. F. Stephan (1940), Annals of
Mathematical Statistics 11, 427-444; as calibration: J.-C. Deville, C.-E. Särndal and O. Sautory
(1993), Journal of the American Statistical Association 88, 1013-1020. Our own: of the libraries on
PyPI one is kept no longer (ipfn), one stops when the margins are a per cent off (weightipy), and
the others are whole survey packages. A test holds it to the equations of calibration, solved by
SciPy.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from evalrapport.errors import PlainError

ENOUGH, ROUNDS = 1e-9, 500


def rake(people: pd.DataFrame, margins: Mapping[str, pd.Series]) -> pd.Series:
    """One weight per row, so that weighted counts meet every margin.

    Args:
        people: one row per respondent, with the columns of `margins`, none missing.
        margins: column → people of the frame by category.

    Raises:
        PlainError: nobody with a category of the frame was interviewed, or no weights are found.
    """
    weights = np.full(len(people), float(next(iter(margins.values())).sum()) / len(people))
    groups = {}
    for name, wanted in margins.items():
        places = pd.Categorical(people[name], categories=wanted.index).codes
        held = np.bincount(places[places >= 0], minlength=len(wanted))
        if (places < 0).any() or ((held == 0) & (wanted.to_numpy() > 0)).any():
            raise PlainError(
                f"Weights: “{name}” has a category that only the frame or only the interviews "
                "have. Join it with another."
            )
        groups[name] = places, wanted.to_numpy(float)
    for _ in range(ROUNDS):
        before = weights.copy()
        for places, target in groups.values():
            now = np.bincount(places, weights, minlength=len(target))
            factor = np.divide(target, now, out=np.ones_like(target), where=now > 0)
            weights = weights * factor[places]
        if np.abs(weights - before).max() <= ENOUGH * weights.max():
            return pd.Series(weights, index=people.index, name="weight")
    raise PlainError("Weights: the margins can't be met at the same time.")
