"""The logit in a large pool, the short way: from a sample, near it, and then to it.

A fit on all treated and some of the others begins it; with outcome-based sampling only the constant
is off (Prentice & Pyke 1979, Biometrika 66). Steps in single precision, at a fraction of the cost,
come near the solution, and the gradient in double precision brings it there. None of it changes
what it converges to: where this way fails, the plain one is gone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evalrapport.results.matching.design import Design, Floats
from evalrapport.results.matching.newton import SeparationError, climb, constant, newton_step
from evalrapport.results.matching.passes import farthest, light, settle, slope

# A pool is large if it has this many times the people of the sample that it is first fitted on.
SAMPLE_LEAST, SAMPLE_PER_CASE, SAMPLE_WORTH = 40_000, 5, 4
# The information is formed when a typical index moves by less than this, once. Single precision
# has done its part when it moves by less than the other number.
NEAR, ROUNDING = 0.002, 1e-5
ROUGHLY = 0.3  # on the index, in the first sample
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
    cases, far, formed = int(treated.sum()), np.inf, False
    for count in range(1, MOST_LIGHT + 1):
        state = light(design, treated, scaled, informed=far < NEAR and not formed)
        if len(state.information):
            information, formed = state.information, True
        step = newton_step(state.gradient, information)
        if step is None:
            return None
        before, far = far, np.sqrt(max(float(step @ state.gradient), 0.0) / cases)
        if far > before:
            return None
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

    Fitted on all treated and about as many of the others, improved by a step on more of them. None
    if the pool is not large, if the sample separates, or if the step fails.
    """
    cases = int(treated.sum())
    others = len(treated) - cases
    step = others // max(SAMPLE_LEAST, SAMPLE_PER_CASE * cases)
    if step < SAMPLE_WORTH:
        return None
    found = constant(treated, design.terms)
    sample, case, rate = thinned(design, treated, others // max(SAMPLE_LEAST // 4, cases))
    found[0] += np.log(rate)
    try:
        found = climb(sample, case, found, ROUGHLY)[0]
    except SeparationError:
        return None
    found[0] -= np.log(rate)
    sample, case, rate = thinned(design, treated, step)
    found[0] += np.log(rate)
    better = light(sample, case, found)
    move = newton_step(better.gradient, better.information)
    if move is None:
        return None
    found = better.scaled + move
    found[0] -= np.log(rate)
    own, theirs = (
        light(sample.some(who), case[who], found).information
        for who in (np.flatnonzero(case), np.flatnonzero(~case))
    )
    return found, own + rate * theirs


def thinned(
    design: Design, treated: NDArray[np.bool_], step: int
) -> tuple[Design, NDArray[np.bool_], float]:
    """All treated and every step-th of the others; how many of the others each stands for."""
    others = np.flatnonzero(~treated)
    thin = others[::step]
    chosen = np.sort(np.concatenate([np.flatnonzero(treated), thin]))
    return design.some(chosen), treated[chosen], len(others) / len(thin)
