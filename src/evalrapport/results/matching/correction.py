"""What estimating the score adds to the variance: one product over the people, nothing n × n.

Source: Abadie & Imbens (2016), Econometrica 84(2), theorem 2. The correction is d′Vd − c′Vc with V
the covariance of the coefficients and, with f = p(1 − p) and sums over everybody,
    s = Σ f x (m₁(p) − m₀(p) − τ),
    c = [s + Σ f cov(x, y | p, treated) + Σ p² cov(x, y | p, control)] / n₁,
    d = [s + Σ f cov(x, y | p, treated) − Σ f cov(x, y | p, control)] / n₁ = ∂τ/∂θ.

A covariance given p is that of the nearest people of a group, and a sum of such covariances over
overlapping windows is Σ x z′, where z is a person's outcome less the mean of each window that the
person is in, weighted. So c and d are X′Z, and Z is made in score order from the outcomes of the
levels next to a person's own, a few outcomes at a time to keep memory small.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evalrapport.results.matching.design import Design, Floats
from evalrapport.results.matching.levels import Levels, levels
from evalrapport.results.matching.logit import LogitFit
from evalrapport.results.matching.stencil import NEIGHBOURS, Stencil, stencil
from evalrapport.results.matching.stripes import BLOCK_ROWS, in_order, spans

PANEL = 16  # outcomes at a time
FILL_ROWS = 4096  # levels at a time, few enough to stay in the cache
# Above this many people Z is held in single precision: the correction is a few per cent of the
# variance, and six digits of it are enough.
DOUBLE_UP_TO = 200_000


@dataclass(frozen=True)
class Side:
    """One group in the sums: +1 for the treated, −1 for the pool, whose mean is subtracted.

    signs, kinds: how the covariance enters d and c, and with which weight of the targets.
    flat: f per level. first, last: the levels of the other group that are nearest to each.
    """

    stencil: Stencil
    sign: float
    signs: tuple[float, float]
    kinds: tuple[int, int]
    flat: Floats
    first: NDArray[np.int64]
    last: NDArray[np.int64]


def score_correction(
    design: Design,
    fit: LogitFit,
    effect: Floats,
    treated: NDArray[np.bool_],
    outcome: NDArray[np.generic],
) -> Floats:
    """The correction, (outcomes × outcomes), to be added to the variance for a known score.

    # ASSUME: ∂τ/∂θ is written given the score alone (treatment is independent of x given p), where
    # Stata looks for neighbours among the covariates themselves: that search has no fast form in a
    # hundred dimensions, and the two agree as the sample grows.
    """
    sides = both_sides(fit.probability, treated)
    single = design.people > DOUBLE_UP_TO and outcome.dtype.kind in "bu"
    real: np.dtype[np.floating] = np.dtype(np.float32 if single else np.float64)
    d, c = np.empty((2, design.terms, len(effect)))
    for part in spans(0, len(effect), PANEL):
        z = rows(sides, outcome[:, part], effect[part], real)
        total = product(design, z) / int(treated.sum())
        width = part.stop - part.start
        d[:, part], c[:, part] = total[:, :width], total[:, width:]
    return d.T @ fit.covariance @ d - c.T @ fit.covariance @ c


def both_sides(score: Floats, treated: NDArray[np.bool_]) -> tuple[Side, Side]:
    """Treated and pool by level, with the windows that each contributes to the other."""
    own, theirs = (levels(np.flatnonzero(treated == case), score) for case in (True, False))
    told = [score[group.position] for group in (own, theirs)]
    flat = [p * (1.0 - p) for p in told]
    kinds = [(flat[0], told[0] ** 2), (flat[1], told[1] ** 2)]
    by_level = [
        [np.add.reduceat(values, group.start[:-1]) for values in weights]
        for group, weights in zip((own, theirs), kinds, strict=True)
    ]
    ours = stencil(own, by_level[0][:1], [(told[1], flat[1])])
    pool = stencil(theirs, by_level[1], [(told[0], weight) for weight in kinds[0]])
    flats = [group.score * (1.0 - group.score) for group in (own, theirs)]
    to_pool, to_own = theirs.window(own.score, NEIGHBOURS), own.window(theirs.score, NEIGHBOURS)
    return (
        Side(ours, 1.0, (1.0, 1.0), (0, 0), flats[0], *to_pool),
        Side(pool, -1.0, (-1.0, 1.0), (0, 1), flats[1], *to_own),
    )


def rows(
    sides: tuple[Side, Side],
    outcome: NDArray[np.generic],
    effect: Floats,
    real: np.dtype[np.floating],
) -> NDArray[np.floating]:
    """[Z_d, Z_c] of everybody for a few outcomes: (people × 2 outcomes)."""
    outcome = np.ascontiguousarray(outcome)
    z = np.empty((len(outcome), 2 * outcome.shape[1]), dtype=real)
    sums = [side.stencil.group.sums(outcome, real) for side in sides]
    for at, side in enumerate(sides):
        group = sides[1 - at].stencil.group
        panel = Panel(side, outcome, sums[at], sums[1 - at], group, effect.astype(real), z)
        for _ in in_order(panel.fill, len(side.flat)):
            pass
    return z


@dataclass(frozen=True)
class Panel:
    """A few outcomes of one group, and the rows of Z that they make.

    sums: outcomes by level of the group; across: by level of the other group, which is `other`.
    """

    side: Side
    outcome: NDArray[np.generic]
    sums: NDArray[np.generic]
    across: NDArray[np.generic]
    other: Levels
    effect: NDArray[np.floating]
    z: NDArray[np.floating]

    def fill(self, stripe: slice) -> None:
        """Write the rows of the people of some levels."""
        group, width = self.side.stencil.group, self.outcome.shape[1]
        for part in spans(stripe.start, stripe.stop, FILL_ROWS):
            who = group.position[group.start[part.start] : group.start[part.stop]]
            count = group.count[part]
            own, block = self.outcome[who], np.empty((len(who), 2 * width), dtype=self.z.dtype)
            for at, (factor, rest) in enumerate(self.by_level(part)):
                if len(who) > len(count):
                    factor, rest = np.repeat(factor, count), np.repeat(rest, count, axis=0)
                place = block[:, at * width : (at + 1) * width]
                np.multiply(own, factor[:, None], out=place)
                place += rest
            self.z[who] = block

    def by_level(self, part: slice) -> Iterator[tuple[NDArray[np.floating], NDArray[np.floating]]]:
        """For d and for c: the factor of a person's own outcome, and all that is not its own."""
        side, real = self.side, self.z.dtype.type
        around = side.stencil.part(part, self.sums, self.z.dtype)
        flat, others = side.flat[part], around.others
        share = side.sign * np.divide(flat, others, out=np.zeros(len(flat)), where=others > 0)
        slope = around.nearest_sums() * share.astype(real)[:, None]
        level = self.across_mean(part) * real(side.sign) + self.effect
        slope -= level * flat.astype(real)[:, None]
        itself = np.where(others > 0, -share, side.sign * flat).astype(real)
        for sign, kind in zip(side.signs, side.kinds, strict=True):
            yield (
                itself + real(sign) * around.own[kind],
                slope - real(sign) * around.window_means(kind),
            )

    def across_mean(self, part: slice) -> NDArray[np.floating]:
        """Mean outcomes of the nearest people of the other group: (levels × outcomes)."""
        first, last = self.side.first[part], self.side.last[part]
        total = self.across[first].astype(self.z.dtype)
        two = np.flatnonzero(last > first)
        total[two] += self.across[last[two]]
        people = self.other.start[last + 1] - self.other.start[first]
        total /= people.astype(self.z.dtype)[:, None]
        return total


def product(design: Design, z: NDArray[np.floating]) -> Floats:
    """X′Z on the design's common scale, (terms × columns of z), summed in doubles."""
    single = z.dtype == np.float32

    def part(stripe: slice) -> Floats:
        total = np.zeros((design.terms, z.shape[1]))
        for span in spans(stripe.start, stripe.stop, BLOCK_ROWS):
            if single:
                total[0] += z[span].sum(axis=0, dtype=np.float64)
                total[1:] += design.matrix[:, span].astype(np.float32, copy=False) @ z[span]
            else:
                total += design.centred(span) @ z[span]
        return total

    total = np.sum(list(in_order(part, design.people)), axis=0)
    if single:
        total[1:] -= np.outer(design.centre, total[0])
    scaled: Floats = total / design.stretch[:, None]
    return scaled
