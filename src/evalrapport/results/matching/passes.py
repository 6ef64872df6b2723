"""Walks through the data: what the logit needs at given coefficients, in stripes and threads.

Four kinds. `walk` forms all of it in double precision. `light` is for the way to the solution in
a large pool: single precision, the information only if asked for. `slope` is the gradient in double
precision. `settle` is for the solution itself: that gradient, and everybody's index as it will be
used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evalrapport.results.matching.design import Design, Floats
from evalrapport.stripes import BLOCK_ROWS, everywhere, in_order, spans

# Blocks that stay in the cache with all that is made of them, but are large enough that the threads
# do not wait for one another between the calls of numpy.
LIGHT_ROWS, SLOPE_ROWS, SETTLE_ROWS = 4096, 1024, 2048


@dataclass(frozen=True)
class Pass:
    """What one walk gives, on the common scale.

    `moved`: the largest change of anybody's index since the walk before.
    """

    index: Floats
    log_likelihood: float
    gradient: Floats
    information: Floats
    moved: float


def logistic(index: NDArray[Any]) -> NDArray[Any]:
    """The logistic function in the precision of its argument, without overflow at either end."""
    small = np.exp(-np.abs(index))
    one = index.dtype.type(1.0)
    return np.where(index >= 0, one, small) / (one + small)


def probability_of(index: Floats) -> Floats:
    """The logistic function, in double precision."""
    found = np.empty_like(index)

    def part(stripe: slice) -> None:
        found[stripe] = logistic(index[stripe])

    everywhere(part, len(index))
    return found


def log_likelihood_of(index: Floats, treated: NDArray[np.bool_]) -> float:
    """The log-likelihood of everybody's treatment at their index."""

    def part(stripe: slice) -> float:
        own = index[stripe]
        return float(own[treated[stripe]].sum() - np.logaddexp(0.0, own).sum())

    return sum(in_order(part, len(index)))


def walk(
    design: Design,
    treated: NDArray[np.bool_],
    scaled: Floats,
    before: Floats | None = None,
) -> Pass:
    """Index, log-likelihood, gradient and information at given coefficients.

    `before` is the index of the walk before, to see how far it moved.
    """
    index = np.zeros(design.people) if before is None else before.copy()
    slopes = scaled / design.stretch

    def part(stripe: slice) -> tuple[float, Floats, Floats, float]:
        return stripe_sums(design, treated, slopes, index, stripe)

    likelihood, moved = 0.0, 0.0
    gradient = np.zeros(design.terms)
    total = np.zeros((design.terms, design.terms))
    for one, slope, curve, change in in_order(part, design.people):
        likelihood += one
        gradient += slope
        moved = max(moved, change)
        total += curve
    total /= np.outer(design.stretch, design.stretch)
    return Pass(index, likelihood, gradient / design.stretch, total, moved)


def stripe_sums(
    design: Design,
    treated: NDArray[np.bool_],
    slopes: Floats,
    index: Floats,
    stripe: slice,
) -> tuple[float, Floats, Floats, float]:
    """One stripe's part of a walk, in terms of centred covariates."""
    likelihood, moved = 0.0, 0.0
    gradient = np.zeros(design.terms)
    curve = np.zeros((design.terms, design.terms))
    room = np.empty((design.terms, BLOCK_ROWS))
    for span in spans(stripe.start, stripe.stop, BLOCK_ROWS):
        block = design.centred(span, out=room)
        found = slopes @ block
        moved = max(moved, float(np.abs(found - index[span]).max()))
        index[span] = found
        small = np.exp(-np.abs(found))
        probability = np.where(found >= 0, 1.0, small) / (1.0 + small)
        case = treated[span]
        likelihood += float(found[case].sum() - (np.maximum(found, 0.0) + np.log1p(small)).sum())
        gradient += block @ (case - probability)
        block *= np.sqrt(probability * (1.0 - probability))
        curve += block @ block.T  # the same array twice: half a product
    return likelihood, gradient, curve, moved


@dataclass(frozen=True)
class Light:
    """What a light walk gives, on the common scale, at `scaled`: where it really was.

    The information is empty unless asked for.
    """

    scaled: Floats
    gradient: Floats
    information: Floats


def light(
    design: Design, treated: NDArray[np.bool_], scaled: Floats, informed: bool = True
) -> Light:
    """Gradient and (if `informed`) information in single precision, near given coefficients.

    The slopes are first rounded to single precision, so that what is found belongs to a point that
    is known exactly; its gradient then has some six digits, of those that the next step needs.
    Covariates are used as they come and centred in the sums, but for the information.
    """
    centre = design.centre.astype(np.float32)[:, None]
    slopes, constant = design.line(scaled, np.float32)
    terms = design.terms

    def part(stripe: slice) -> tuple[Floats, Floats]:
        gradient, curve = np.zeros(terms), np.zeros((terms, terms) if informed else (0, 0))
        room = np.ones((terms, LIGHT_ROWS), dtype=np.float32)
        for span in spans(stripe.start, stripe.stop, LIGHT_ROWS):
            block = design.matrix[:, span].astype(np.float32, copy=False)
            probability = logistic(slopes @ block + constant)
            rest = treated[span] - probability
            gradient[0] += rest.sum(dtype=np.float64)
            gradient[1:] += block @ rest
            if informed:
                weighted = room[:, : len(rest)]
                weighted[0] = 1.0
                np.subtract(block, centre, out=weighted[1:])
                weighted *= np.sqrt(probability * (1 - probability))
                curve += weighted @ weighted.T
        return gradient, curve

    parts = list(in_order(part, design.people))
    gradient, curve = (np.sum([one[at] for one in parts], axis=0) for at in (0, 1))
    gradient[1:] -= design.centre * gradient[0]
    information = curve / np.outer(design.stretch, design.stretch) if informed else curve
    here = np.concatenate([scaled[:1], slopes.astype(np.float64) * design.scale])
    return Light(here, gradient / design.stretch, information)


def farthest(design: Design, step: Floats) -> float:
    """By how much the index moves at most when the coefficients move by `step`."""
    slopes, constant = design.line(step, np.float32)

    def part(stripe: slice) -> float:
        block = design.matrix[:, stripe].astype(np.float32, copy=False)
        return float(np.abs(slopes @ block + constant).max())

    return max(in_order(part, design.people, LIGHT_ROWS * 2))


def roughly(design: Design, scaled: Floats) -> NDArray[np.float32]:
    """Everybody's probability at given coefficients, in single precision: (people,)."""
    slopes, constant = design.line(scaled, np.float32)
    found = np.empty(design.people, dtype=np.float32)

    def part(stripe: slice) -> None:
        block = design.matrix[:, stripe].astype(np.float32, copy=False)
        found[stripe] = logistic(slopes @ block + constant)

    everywhere(part, design.people, LIGHT_ROWS * 2)
    return found


def slope(design: Design, scaled: Floats, treated: NDArray[np.bool_]) -> Floats:
    """The gradient at given coefficients, both on the common scale, in double precision."""
    slopes, constant = design.line(scaled)

    def part(stripe: slice) -> Floats:
        room, total = np.empty((design.terms - 1, SLOPE_ROWS)), np.zeros(design.terms)
        for span in spans(stripe.start, stripe.stop, SLOPE_ROWS):
            block = room[:, : span.stop - span.start]
            block[:] = design.matrix[:, span]
            add_rest(total, block, treated[span], slopes @ block + constant)
        return total

    return gradient_of(design, np.sum(list(in_order(part, design.people)), axis=0))


def add_rest(total: Floats, block: Floats, treated: NDArray[np.bool_], index: Floats) -> None:
    """Add to a gradient what a block of covariates (as they come) gives at the people's index."""
    rest = treated - logistic(index)
    total[0] += rest.sum()
    total[1:] += block @ rest


def gradient_of(design: Design, total: Floats) -> Floats:
    """The gradient on the common scale, from the one in covariates as they come."""
    total[1:] -= design.centre * total[0]
    found: Floats = total / design.stretch
    return found


def settle(
    design: Design, scaled: Floats, treated: NDArray[np.bool_] | None = None
) -> tuple[Floats, Floats]:
    """Everybody's index at given coefficients on the common scale, and the gradient there.

    The index is summed covariate by covariate with plain element-wise arithmetic, never by BLAS: a
    library kernel may round a person differently by the place in the block, and then people with
    identical covariates would not tie. Without `treated` the gradient is left at zero.
    """
    slopes, constant = design.line(scaled)
    index = np.empty(design.people)

    def part(stripe: slice) -> Floats:
        room, products = np.zeros((2, design.terms - 1, SETTLE_ROWS))
        found, total = np.empty(SETTLE_ROWS), np.zeros(design.terms)
        for span in spans(stripe.start, stripe.stop, SETTLE_ROWS):
            count = span.stop - span.start
            room[:, :count] = design.matrix[:, span]
            # Always whole blocks, so that the sum is over rows of the same length.
            np.multiply(room, slopes[:, None], out=products)
            np.add.reduce(products, axis=0, out=found)
            index[span] = found[:count] + constant
            if treated is not None:
                add_rest(total, room[:, :count], treated[span], index[span])
        return total

    gradient = gradient_of(design, np.sum(list(in_order(part, design.people)), axis=0))
    return index, gradient


def index_of(design: Design, scaled: Floats) -> Floats:
    """Everybody's index at given coefficients, as `settle` has it."""
    return settle(design, scaled)[0]
