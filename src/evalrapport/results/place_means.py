"""Means of many small places: limits of chance, empirical Bayes, and probable errors.

Sources: limits, Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202; shrinkage, Efron &
Morris (1975), JASA 70, 311-319, with the variance between places by the method of moments
(DerSimonian & Laird 1986, Controlled Clinical Trials 7, 177-188); outer fence, Tukey (1977),
Exploratory Data Analysis.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Array = npt.NDArray[np.float64]
Z_998 = 3.090232306167813  # 99.8 per cent of a normal distribution lie within
FENCE = 3.0  # quartile ranges
FEWEST = 3  # a place with fewer is left out of the quartiles


@dataclass(frozen=True)
class PlaceMeans:
    """One entry per place, in the order of `places`; `error`: a probable registration error."""

    places: tuple[Any, ...]
    n: Array
    mean: Array
    lower: Array
    upper: Array
    smoothed: Array
    error: npt.NDArray[np.bool_]
    country: float
    country_n: int


def place_means(values: pd.Series, place: pd.Series, *, find_errors: bool) -> PlaceMeans:
    """Each place's mean with its limits and its smoothed mean.

    Args:
        values: one per episode; missing ones are left out.
        place: the place of each.
        find_errors: mark places beyond the upper fence, and leave them out of all that is common.
    """
    known = values.notna()
    grouped = values[known].astype(float).groupby(place[known].to_numpy())
    n: Array = np.asarray(grouped.size(), dtype=float)
    mean: Array = np.asarray(grouped.mean(), dtype=float)
    squares = (grouped.var(ddof=0).to_numpy() * n).clip(min=0)
    error = beyond_fence(mean, n) if find_errors else np.zeros(len(n), dtype=bool)
    used = ~error
    country = float((n * mean)[used].sum() / n[used].sum())
    within = float(squares[used].sum() / max(n[used].sum() - used.sum(), 1))
    between = between_variance(mean[used], n[used], within)
    half = Z_998 * np.sqrt(within / n)
    weight = between / (between + within / n) if between + within > 0 else np.zeros(len(n))
    return PlaceMeans(
        places=tuple(grouped.groups),
        n=n,
        mean=mean,
        lower=np.maximum(country - half, 0.0),
        upper=country + half,
        smoothed=np.where(error, np.nan, country + weight * (mean - country)),
        error=error,
        country=country,
        country_n=int(n[used].sum()),
    )


def beyond_fence(mean: Array, n: Array) -> npt.NDArray[np.bool_]:
    """Places whose mean lies above the upper quartile by more than FENCE quartile ranges."""
    usual = mean[n >= FEWEST]
    if len(usual) < 4:
        return np.zeros(len(mean), dtype=bool)
    low, high = np.quantile(usual, [0.25, 0.75])
    found: npt.NDArray[np.bool_] = (mean > high + FENCE * (high - low)) & (n >= FEWEST)
    return found


def between_variance(mean: Array, n: Array, within: float) -> float:
    """The variance of the places' own levels, by the method of moments; never below 0."""
    if len(mean) < 2 or within <= 0:
        return float(np.var(mean)) if len(mean) > 1 else 0.0
    weight = n / within
    level = (weight * mean).sum() / weight.sum()
    q = (weight * (mean - level) ** 2).sum()
    scale = weight.sum() - (weight**2).sum() / weight.sum()
    return float(max(0.0, (q - (len(mean) - 1)) / scale))
