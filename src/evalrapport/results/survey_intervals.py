"""95 per cent intervals of survey figures, with the finite population where it is known.

A share's interval is Wilson's (1927). Where `population` people were drawn from, the base counts as
larger by (N - 1) / (N - n), the finite population correction of the variance (Cochran, Sampling
Techniques, 1977, section 2.6). A mean's interval is Student's t. A difference between two shares of
independent samples: Newcombe's hybrid score interval (Statistics in Medicine 17, 1998, 873-890,
method 10). A weighted share counts its base as Kish's effective number (1965).
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from evalrapport.results.shares import Z_95

Ends = tuple[float, float]


def effective(n: float, population: float | None) -> float:
    """The base as it counts when `n` of a finite population were asked; all asked: infinite."""
    if population is None or population <= 1:
        return n
    return n * (population - 1) / (population - n) if population > n else float("inf")


def wilson(share: float, n: float) -> Ends:
    """Wilson's interval of a share (0-1) of a base that need not be whole."""
    if n == float("inf"):
        return share, share
    z2 = Z_95**2 / n
    middle = (share + z2 / 2) / (1 + z2)
    half = Z_95 * (share * (1 - share) / n + z2 / (4 * n)) ** 0.5 / (1 + z2)
    return (0.0 if share == 0 else middle - half), (1.0 if share == 1 else middle + half)


def share(count: float, n: int, population: float | None = None) -> Ends:
    """The interval of count / n in per cent."""
    low, high = wilson(count / n, effective(n, population))
    return 100 * low, 100 * high


def mean(values: pd.Series, population: float | None = None) -> Ends:
    """The interval of a mean; the figure itself twice if there is but one value."""
    n, middle = len(values), float(values.mean())
    if n < 2:
        return middle, middle
    error = float(values.std()) / effective(n, population) ** 0.5
    half = float(stdtrit(n - 1, 0.975)) * error
    return middle - half, middle + half


def difference(one: tuple[float, int], other: tuple[float, int]) -> tuple[float, float, float]:
    """The difference between two shares (count, base) in percentage points, with its interval."""
    p1, p2 = one[0] / one[1], other[0] / other[1]
    (low1, high1), (low2, high2) = wilson(p1, one[1]), wilson(p2, other[1])
    gap = p1 - p2
    low = gap - ((p1 - low1) ** 2 + (high2 - p2) ** 2) ** 0.5
    high = gap + ((high1 - p1) ** 2 + (p2 - low2) ** 2) ** 0.5
    return 100 * gap, 100 * low, 100 * high


def weighted_base(weights: pd.Series) -> float:
    """Kish's effective number of respondents behind a weighted share."""
    return float(weights.sum() ** 2 / np.square(weights).sum())
