"""How strong an unobserved difference would have to be to change the conclusion.

Two questions. Omitted-variable bounds (Cinelli & Hazlett 2020, JRSS B 82): an unobserved trait that
explains so much of who has a mentor, and so much of the outcome, would move the effect so far; as a
yardstick, the traits that are observed. Rosenbaum bounds (Rosenbaum 2002, Observational Studies,
ch. 4): with the odds of having a mentor up to Γ times as high in one of two matched people as in
the other, what p-values could there be?
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.optimize
import scipy.stats
from numpy.typing import NDArray

from evalrapport.results.matching.design import Design, Floats
from evalrapport.stripes import BLOCK_ROWS, in_order, one_thread, spans

NOUGHT = 1e-12  # a gain no larger is none
MOST_GAMMA = 1000.0


@dataclass(frozen=True)
class Regression:
    """The treatment in a weighted regression of an outcome on treatment and covariates.

    freedom: degrees of freedom, those weighing less the columns.
    """

    effect: float
    error: float
    freedom: int

    @property
    def t(self) -> float:
        """Effect over its standard error."""
        return self.effect / self.error

    @property
    def partial_r2(self) -> float:
        """Share of the outcome's rest that treatment explains."""
        return self.t**2 / (self.t**2 + self.freedom)

    def robustness(self, share: float = 1.0, alpha: float | None = None) -> float:
        """The strength, alike on treatment and on outcome, that moves the effect by `share` of it.

        Source: Cinelli & Hazlett, eqs 17-19. With `alpha`, enough that it is no longer significant
        at that level; nought if it is not to begin with.
        """
        whole = share * abs(self.t) / self.freedom**0.5
        if alpha is None:
            return 0.5 * ((whole**4 + 4 * whole**2) ** 0.5 - whole**2)
        critical = float(scipy.stats.t.isf(alpha / 2, self.freedom - 1))
        needed = critical / (self.freedom - 1) ** 0.5
        f = whole - needed
        if f <= 0:
            return 0.0
        if whole > 1 / needed:  # a trait that tells the treatment alone would do (second case)
            return (whole**2 - needed**2) / (1 + whole**2)
        return 0.5 * ((f**4 + 4 * f**2) ** 0.5 - f**2)

    def moved(
        self, on_treatment: float, on_outcome: float, sign: float = -1.0
    ) -> tuple[float, float]:
        """(effect, standard error) had a trait of that strength been there too (eqs 5-6, 14).

        Args:
            on_treatment, on_outcome: partial R² of the trait. sign: −1 takes the effect towards
                nought, +1 away from it.
        """
        root = (on_outcome * on_treatment / (1.0 - on_treatment)) ** 0.5
        bias = root * self.error * self.freedom**0.5
        side = 1.0 if self.effect >= 0 else -1.0
        error = (
            self.error
            * ((1.0 - on_outcome) / (1.0 - on_treatment) * self.freedom / (self.freedom - 1)) ** 0.5
        )
        return self.effect + sign * side * bias, error


@dataclass(frozen=True)
class Benchmark:
    """An observed trait (or some together) as a yardstick: partial R² on treatment and outcome."""

    on_treatment: float
    on_outcome: float


@dataclass(frozen=True)
class Fit:
    """Weighted least squares: coefficients, residual sum of squares, columns that tell anything."""

    slopes: Floats
    left: float
    rank: int


@one_thread
def products_of(
    treated: NDArray[np.bool_], rows: Design | Floats, outcome: Floats, weight: Floats
) -> Floats:
    """Weighted sums of products of treatment, covariates and outcome, in that order, (k × k).

    Args:
        rows: covariates and a column of ones, (people × columns), or a design that makes them block
            by block.
    """
    root = np.sqrt(weight)
    terms = rows.terms if isinstance(rows, Design) else rows.shape[1]

    def part(stripe: slice) -> Floats:
        total = np.zeros((terms + 2,) * 2)
        for span in spans(stripe.start, stripe.stop, BLOCK_ROWS):
            block = np.empty((len(total), span.stop - span.start))
            seen = rows.block(span) if isinstance(rows, Design) else rows[span].T
            block[0], block[1:-1], block[-1] = treated[span], seen, outcome[span]
            block *= root[span]
            total += block @ block.T  # the same array twice: half a product
        return total

    found: Floats = np.sum(list(in_order(part, len(treated))), axis=0)
    return found


def regress(products: Floats, of: int, by: list[int]) -> Fit:
    """The column `of` on the columns `by`; linearly dependent columns are allowed.

    Args:
        products: from `products_of`.
    """
    size = np.sqrt(np.maximum(np.diag(products)[by], 1e-300))
    values, vectors = np.linalg.eigh(products[np.ix_(by, by)] / np.outer(size, size))
    kept = values > 1e-9
    along = vectors[:, kept].T @ (products[by, of] / size) / values[kept]
    slopes = vectors[:, kept] @ along / size
    left = float(products[of, of] - np.square(along) @ values[kept])
    return Fit(slopes, left, int(kept.sum()))


def effect_of(
    treated: NDArray[np.bool_], rows: Design | Floats, outcome: Floats, weight: Floats
) -> Regression:
    """The effect adjusted for the covariates, with the classical standard error.

    Args:
        rows: as `products_of`. outcome: (people,).
    """
    products = products_of(treated, rows, outcome, weight)
    seen = list(range(1, len(products) - 1))
    model, spread = regress(products, -1, [0, *seen]), regress(products, 0, seen)
    freedom = int((weight > 0).sum()) - model.rank
    error = (model.left / freedom / spread.left) ** 0.5
    return Regression(float(model.slopes[0]), float(error), freedom)


def benchmark(
    treated: NDArray[np.bool_],
    rows: Design | Floats,
    outcome: Floats,
    weight: Floats,
    members: list[int],
    times: float = 1.0,
) -> Benchmark:
    """The strength of a trait `times` as strong as the observed columns `members` (eqs 20-23).

    A yardstick that would explain more than everything is cut at one.
    """
    products = products_of(treated, rows, outcome, weight)
    seen = list(range(1, len(products) - 1))
    rest = [at for at in seen if at - 1 not in members]
    d_all, d_without = (regress(products, 0, by).left for by in (seen, rest))
    y_all, y_without = (regress(products, -1, [0, *by]).left for by in (seen, rest))
    d = 1.0 - d_all / d_without
    y = 1.0 - y_all / y_without
    on_treatment = min(times * d / (1.0 - d), 0.999)
    between = times * d**2 / ((1.0 - times * d) * (1.0 - d))
    root = (times**0.5 + between**0.5) / max(1.0 - between, 1e-12) ** 0.5
    return Benchmark(on_treatment, min(root**2 * y / (1.0 - y), 1.0))


@dataclass(frozen=True)
class Bounds:
    """At one Γ: the smallest and the largest two-sided p-value of no effect."""

    smallest_p: float
    largest_p: float


def signed_rank(gains: Floats, gamma: float) -> tuple[float, float]:
    """Standardised signed-rank statistic of the gains at the two extremes of Γ: (low, high).

    Source: Rosenbaum (2002), section 4.3.3, normal approximation. Ties are ranked by their mean;
    gains of nought have a rank too, but no part in the sums.
    """
    off = np.abs(gains) > NOUGHT
    ranks = scipy.stats.rankdata(np.where(off, np.abs(gains), 0.0))[off]
    found, total, squares = ranks[gains[off] > 0].sum(), ranks.sum(), np.square(ranks).sum()
    out = []
    for p in (gamma / (1 + gamma), 1 / (1 + gamma)):
        out.append((found - p * total) / max(p * (1 - p) * squares, 1e-300) ** 0.5)
    return float(out[0]), float(out[1])


def bounds(gains: Floats, gamma: float) -> Bounds:
    """Rosenbaum's bounds for the gains of matched pairs."""
    low, high = signed_rank(gains, gamma)
    one_sided = sorted(float(scipy.stats.norm.sf(abs(z))) for z in (low, high))
    crosses = low * high <= 0
    largest = 1.0 if crosses else min(2 * one_sided[1], 1.0)
    return Bounds(smallest_p=min(2 * one_sided[0], 1.0), largest_p=largest)


def pairwise_means(gains: Floats) -> Floats:
    """The mean of each two gains, and of each with itself, ascending: (n (n + 1) / 2,)."""
    parts = [(one + gains[at:]) / 2 for at, one in enumerate(gains)]
    means: Floats = np.sort(np.concatenate(parts))
    return means


def shifts(means: Floats, gamma: float) -> tuple[float, float]:
    """Between which two gains, the same for all, the effect lies at Γ.

    The gain that, taken off everybody's, leaves a signed-rank statistic of the size expected at
    either extreme: a quantile of the pairwise means, between two of them their middle. Source:
    Hodges & Lehmann (1963), Ann. Math. Stat. 34; Rosenbaum (2002), section 4.3.4.

    Args:
        means: from `pairwise_means`.
    """
    found = []
    for share in (1 / (1 + gamma), gamma / (1 + gamma)):
        at = round(len(means) * share, 6)
        below, above = max(int(np.ceil(at)) - 1, 0), min(int(np.floor(at)), len(means) - 1)
        found.append(float(means[below] + means[above]) / 2)
    return found[0], found[1]


def critical(gains: Floats, alpha: float = 0.05) -> float | None:
    """The largest Γ at which no effect is still refused; none if it is not refused at one."""

    def off(gamma: float) -> float:
        low, high = signed_rank(gains, gamma)
        nearest = 0.0 if low * high <= 0 else min(abs(low), abs(high))
        return nearest - float(scipy.stats.norm.isf(alpha / 2))

    if off(1.0) < 0:
        return None
    if off(MOST_GAMMA) > 0:
        return MOST_GAMMA
    return float(scipy.optimize.brentq(off, 1.0, MOST_GAMMA, xtol=1e-6))
