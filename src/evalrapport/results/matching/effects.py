"""Effects on the treated from matched pairs: means, differences, covariances, accumulated sums."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

from evalrapport.results.matching.correction import rows_of, score_correction
from evalrapport.results.matching.design import Design, Floats, Indices
from evalrapport.results.matching.levels import Levels, groups, levels
from evalrapport.results.matching.logit import LogitFit
from evalrapport.results.matching.nearest_neighbour import Matches
from evalrapport.results.matching.variance import variance_known_score
from evalrapport.stripes import one_thread

NORMAL_975 = 1.959963984540054
SUP_T_DRAWS = 200_000


@dataclass(frozen=True)
class Effects:
    """Per outcome: means and effect; across outcomes: both covariance matrices of the effects."""

    treated: Floats
    controls: Floats
    effect: Floats
    variance_2006: Floats
    variance_2016: Floats

    @property
    def uses_2016(self) -> bool:
        """Whether the variance for the estimated score is positive in every outcome that varies.

        It is a difference, so in a very small sample it may not be; then 2006 is used, and said.
        """
        varies = np.diag(self.variance_2006) > 0
        return bool((np.diag(self.variance_2016)[varies] > 0).all())

    @property
    def variance(self) -> Floats:
        """The covariance matrix that intervals are built on."""
        return self.variance_2016 if self.uses_2016 else self.variance_2006


def matched_means(
    matches: Matches, outcome: NDArray[np.generic], pool: Indices | None = None
) -> Floats:
    """The mean outcome of each matched treated person's controls: (matched × outcomes).

    Args:
        outcome: outcomes of the pool (controls × outcomes), in the order that was matched.
        pool: where in `outcome` the pool's people are, if it holds others too.
    """
    used, place = np.unique(matches.control, return_inverse=True)
    first = np.flatnonzero(np.diff(matches.treated, prepend=-1))
    rows = np.append(first, len(matches.treated))
    shape = (len(first), len(used))
    shares = scipy.sparse.csr_matrix((matches.weight, place, rows), shape=shape)
    means: Floats = shares @ outcome[used if pool is None else pool[used]].astype(np.float64)
    return means


@dataclass(frozen=True)
class Compared:
    """Means of the matched, their difference, and its covariance for a score taken as known."""

    treated: Floats
    controls: Floats
    effect: Floats
    variance: Floats


def compare(
    score: Floats,
    treated: NDArray[np.bool_],
    outcome: NDArray[np.generic],
    matches: Matches,
    pool: Levels | None = None,
) -> Compared:
    """Compare the matched on everybody's outcomes (people × outcomes); the variance is of 2006.

    `matches` counts positions among the treated and among the others, in the order of `score`.
    `pool` is the others by score, if that is at hand.
    """
    cases, others = np.flatnonzero(treated), np.flatnonzero(~treated)
    own = outcome[cases[matches.matched]].astype(np.float64)
    theirs = matched_means(matches, outcome, others)
    used, total, squared = matches.used()
    by_score = levels(others, score) if pool is None else pool
    known = variance_known_score(
        own - theirs, score[others[used]], total**2 - squared, by_score, outcome
    )
    means = own.mean(axis=0), theirs.mean(axis=0)
    return Compared(*means, means[0] - means[1], known)


@one_thread
def estimate(
    design: Design,
    fit: LogitFit,
    treated: NDArray[np.bool_],
    outcome: NDArray[np.generic],
    matches: Matches,
) -> Effects:
    """Effects on the treated of everybody's outcomes (people × outcomes), in the design's order.

    `matches` counts positions among the treated and among the others, in that same order.
    """
    score = fit.probability
    own, pool = groups(treated, score)
    found = compare(score, treated, outcome, matches, pool)
    rows = rows_of(score, treated, found.effect, outcome, (own, pool))
    del own, pool  # 16 bytes a person that the product does not need
    known = found.variance
    correction = score_correction(design, fit.covariance, rows)
    return Effects(found.treated, found.controls, found.effect, known, known + correction)


def interval(value: Floats, variance: Floats, factor: float = NORMAL_975) -> tuple[Floats, Floats]:
    """Value ± factor × standard error, element by element; `variance` is the whole matrix."""
    reach = factor * np.sqrt(np.clip(np.diag(variance), 0.0, None))
    return value - reach, value + reach


def accumulated(value: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """Running sums over the outcomes (months) and their covariance matrix L V L′.

    The same people stand behind every month, so the months are strongly correlated; taking them as
    independent would make the interval about half as wide as it is.
    """
    lower = np.tril(np.ones(variance.shape))
    return np.cumsum(value), lower @ variance @ lower.T


def sup_t(variance: Floats, seed: int, level: float = 0.95, draws: int = SUP_T_DRAWS) -> float:
    """The factor that makes a band cover the whole curve at once with probability `level`.

    The `level` quantile of the largest absolute t over the outcomes, by simulation from the
    estimated correlation. Source: Montiel Olea & Plagborg-Møller (2019), J. Appl. Econometrics 34.
    """
    spread = np.sqrt(np.clip(np.diag(variance), 0.0, None))
    kept = spread > 0
    if not kept.any():
        return NORMAL_975
    correlation = variance[np.ix_(kept, kept)] / np.outer(spread[kept], spread[kept])
    values, vectors = np.linalg.eigh((correlation + correlation.T) / 2)
    root = vectors * np.sqrt(np.clip(values, 0.0, None))
    # Of a matrix that is no covariance (a difference of two) the diagonal must be one again.
    root /= np.maximum(np.linalg.norm(root, axis=1, keepdims=True), 1e-12)
    normal = np.random.default_rng(seed).standard_normal((draws, len(values)))
    largest = np.abs(normal @ root.T).max(axis=1)
    return max(float(np.quantile(largest, level)), NORMAL_975)
