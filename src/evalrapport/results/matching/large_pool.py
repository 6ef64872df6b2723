"""The logit in a large pool, the short way: from a sample, near it, and then to it.

A fit on all treated and some of the others begins it; with outcome-based sampling only the constant
is off (Prentice & Pyke 1979, Biometrika 66). By what it says of everybody a better sample is drawn,
of those who are likely to be treated (Wang, Zhu & Ma 2018, JASA 113): in a register many columns
are so rare that an even sample knows next to nothing of them. Steps in single precision, at a
fraction of the cost, come near the solution, and the gradient in double precision brings it there.
None of it changes what it converges to: where this way fails, the plain one is gone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evalrapport.results.matching.design import Design, Floats, Indices
from evalrapport.results.matching.newton import MOST_HALVINGS, constant, newton_step
from evalrapport.results.matching.passes import farthest, light, logistic, roughly, settle, slope

# A pool is large if it has this many times the people of the sample that it is first fitted on.
SAMPLE_LEAST, SAMPLE_PER_CASE, SAMPLE_WORTH = 40_000, 5, 4
# The part of the better sample that is drawn evenly; the least sum of probabilities to divide by.
EVENLY, LEAST = 0.1, 1e-20
# The information is formed when a typical index moves by less than this, and before that wherever a
# step is not this much shorter than the one before. Single precision has done its part when the
# index moves by less than the last number.
NEAR, SHORTER, ROUNDING = 0.0005, 0.25, 1e-5
# In a sample: a step of a typical index that need not be followed by another, how many at most, and
# the standard deviation, before anything is known, of the index between the ends of a column.
ROUGHLY, MOST_ROUGH, WIDE = 0.1, 8, 2.0
MOST_LIGHT, MOST_SETTLED = 12, 6


@dataclass(frozen=True)
class Found:
    """The solution: coefficients on the common scale, information, everybody's index there."""

    scaled: Floats
    information: Floats
    index: Floats
    steps: int


def approach(design: Design, treated: NDArray[np.bool_], tolerance: float) -> Found | None:
    """The solution in a large pool, or none if the pool is not large or the short way fails.

    The information that is returned is that of a point within about a thousandth of the solution.
    """
    begun = start(design, treated)
    if begun is None:
        return None
    scaled, information = begun
    cases, far, slow, formed = int(treated.sum()), np.inf, False, False
    for count in range(1, MOST_LIGHT + 1):
        informed = slow or (far < NEAR and not formed)
        state = light(design, treated, scaled, informed)
        if informed:
            information = state.information
        step = newton_step(state.gradient, information)
        if step is None:
            return None
        before, far = far, np.sqrt(max(float(step @ state.gradient), 0.0) / cases)
        if far > before and not informed:  # by new information a step is longer: it knows more
            return None
        formed |= informed and far < NEAR
        slow = not informed and count > 1 and far > SHORTER * before
        scaled = state.scaled + step
        if formed and far < ROUNDING:
            return settled(design, treated, scaled, information, tolerance, count)
    return None


def settled(
    design: Design,
    treated: NDArray[np.bool_],
    scaled: Floats,
    information: Floats,
    tolerance: float,
    count: int,
) -> Found | None:
    """The last steps, with the gradient in double precision; none if they don't get there."""
    # The first of them has single precision's rounding to mend, and never is the last.
    step = newton_step(slope(design, scaled, treated), information)
    for more in range(2, MOST_SETTLED + 1):
        if step is None or not np.isfinite(step).all():
            return None
        scaled = scaled + step
        index, gradient = settle(design, scaled, treated)
        step = newton_step(gradient, information)
        if step is not None and farthest(design, step) < tolerance:
            return Found(scaled, information, index, count + more)
    return None


def start(design: Design, treated: NDArray[np.bool_]) -> tuple[Floats, Floats] | None:
    """For a large pool, coefficients to begin with and a rough information matrix.

    Fitted on all treated and about as many of the others, improved on those who tell most. None if
    the pool is not large.
    """
    cases = int(treated.sum())
    others = len(treated) - cases
    size = max(SAMPLE_LEAST, SAMPLE_PER_CASE * cases)
    if others // size < SAMPLE_WORTH:
        return None
    found = constant(treated, design.terms)
    sample, case, rate = thinned(design, treated, others // max(SAMPLE_LEAST // 4, cases))
    found[0] += np.log(rate)
    found, _ = roughly_fitted(sample, case, found)
    found[0] -= np.log(rate)
    chosen, weight = telling(roughly(design, found), treated, size)
    return roughly_fitted(design.some(chosen), treated[chosen], found, weight)


def roughly_fitted(
    sample: Design,
    treated: NDArray[np.bool_],
    scaled: Floats,
    weight: NDArray[np.float32] | None = None,
) -> tuple[Floats, Floats]:
    """Coefficients from a sample, uphill from given ones, and the information there.

    With a slight penalty, as if the index hardly ever differed by more than WIDE from one end of a
    column to the other: one that separates the sample need not separate everybody.

    Args:
        weight: for how many each person counts; one, if left out.
    """
    rows = sample.block(slice(0, sample.people)).astype(np.float32)
    ends = np.ptp(sample.matrix, axis=1) / sample.scale
    penalty = np.concatenate([[0.0], (ends / WIDE) ** 2])
    counts = np.ones(sample.people) if weight is None else weight.astype(np.float64)

    def fit_at(at: Floats) -> tuple[float, Floats]:
        index = (at.astype(np.float32) @ rows).astype(np.float64)
        told = treated * index - np.logaddexp(0.0, index)
        return float(counts @ told - penalty @ at**2 / 2), logistic(index)

    def information(probability: Floats) -> Floats:
        spread = np.sqrt(counts * probability * (1 - probability)).astype(np.float32)
        weighted = rows * spread
        return np.asarray(weighted @ weighted.T, dtype=np.float64) + np.diag(penalty)

    height, probability = fit_at(scaled)
    curve = information(probability)
    for _ in range(MOST_ROUGH):
        rest = (counts * (treated - probability)).astype(np.float32)
        step = np.linalg.lstsq(curve, rows @ rest - penalty * scaled)[0]
        for halvings in range(MOST_HALVINGS):
            trial = scaled + step / 2**halvings
            reached, likely = fit_at(trial)
            if reached >= height:
                break
        scaled, height, probability = trial, reached, likely
        last = step @ curve @ step < ROUGHLY**2 * int(treated.sum())
        curve = information(probability)
        if last:
            break
    return scaled, curve


def thinned(
    design: Design, treated: NDArray[np.bool_], step: int
) -> tuple[Design, NDArray[np.bool_], float]:
    """All treated and every step-th of the others; how many of the others each stands for."""
    others = np.flatnonzero(~treated)
    thin = others[::step]
    chosen = np.sort(np.concatenate([np.flatnonzero(treated), thin]))
    return design.some(chosen), treated[chosen], len(others) / len(thin)


def telling(
    probability: NDArray[np.float32], treated: NDArray[np.bool_], size: int
) -> tuple[Indices, NDArray[np.float32]]:
    """All treated and some `size` of the others; how many each of these stands for.

    Drawn by how likely they are to be treated, which is how much they tell, but for a few that are
    drawn evenly, so that nobody stands for too many.
    """
    likely = np.where(treated, np.float32(0), probability)
    whole = max(float(likely.sum(dtype=np.float64)), LEAST)
    share = likely * np.float32(size * (1 - EVENLY) / whole)
    share += np.float32(size * EVENLY / (~treated).sum())
    np.minimum(share, 1, out=share)
    share[treated] = 1
    reached = np.cumsum(share, dtype=np.float64)
    # Whoever takes the running sum past a whole number and a half: with a share of one, everybody.
    drawn = np.searchsorted(reached, np.arange(np.floor(reached[-1])) + 0.5)
    chosen = np.union1d(drawn, np.flatnonzero(treated)).astype(np.int64)
    return chosen, np.reciprocal(share[chosen])
