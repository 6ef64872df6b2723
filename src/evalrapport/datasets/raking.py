"""Calibration weights: respondents weighted so that they have the frame's margins.

Raking as calibration with the exponential distance: the weights are exp(x'b), with b such that
every margin is met (J.-C. Deville and C.-E. Särndal 1992, Journal of the American Statistical
Association 87, 376-382, case 2; the limit of W. E. Deming and F. F. Stephan 1940, Annals of
Mathematical Statistics 11, 427-444). The equations are solved by SciPy.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.optimize

from evalrapport.errors import PlainError

CLOSE = 1e-9  # of the frame's people, by which a margin may be missed


def rake(people: pd.DataFrame, margins: Mapping[str, pd.Series]) -> pd.Series:
    """One weight per row, so that weighted counts meet every margin.

    Args:
        people: one row per respondent, with the columns of `margins`, none missing.
        margins: column → people of the frame by category.

    Raises:
        PlainError: nobody with a category of the frame was interviewed, or no weights are found.
    """
    size = float(next(iter(margins.values())).sum())
    design = np.hstack([belonging(people[name], wanted) for name, wanted in margins.items()])
    target = np.concatenate([wanted[wanted > 0].to_numpy(float) for wanted in margins.values()])
    # The margins share their sum, so some of the equations repeat others: least squares steps.
    with np.errstate(divide="ignore", invalid="ignore"):  # where no step is left to take
        solved = scipy.optimize.least_squares(
            lambda b: (design.T @ np.exp(design @ b) - target) / size,
            np.full(design.shape[1], np.log(size / len(people)) / len(margins)),
            jac=lambda b: design.T @ (design * np.exp(design @ b)[:, None]) / size,
            method="trf",
            xtol=None,
            ftol=None,
            gtol=1e-14,
        )
    if np.abs(solved.fun).max() > CLOSE:
        raise PlainError("Weights: the margins can't be met at the same time.")
    return pd.Series(np.exp(design @ solved.x), index=people.index, name="weight")


def belonging(of: pd.Series, wanted: pd.Series) -> npt.NDArray[np.float64]:
    """Who belongs to which category of the frame; (people, categories that the frame has)."""
    present = wanted.index[wanted > 0]
    belongs = of.to_numpy()[:, None] == present.to_numpy()[None, :]
    if not (belongs.any(axis=0).all() and belongs.any(axis=1).all()):
        raise PlainError(
            f"Weights: “{of.name}” has a category that only the frame or only the interviews "
            "have. Join it with another."
        )
    return belongs.astype(np.float64)
