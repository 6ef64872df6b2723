"""Walks through the data: what the logit needs at given coefficients, in stripes and threads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evalrapport.results.matching.design import Design, Floats
from evalrapport.results.matching.stripes import BLOCK_ROWS, in_order, spans

INDEX_ROWS = 16_384  # long enough that a threaded sum of columns pays


@dataclass(frozen=True)
class Pass:
    """What one walk gives, on the common scale; the information is empty unless asked for.

    `moved`: the largest change of anybody's index since the walk before.
    """

    index: Floats
    log_likelihood: float
    gradient: Floats
    information: Floats
    moved: float


def probability_of(index: Floats) -> Floats:
    """The logistic function, without overflow at either end."""
    small = np.exp(-np.abs(index))
    return np.where(index >= 0, 1.0, small) / (1.0 + small)


def walk(
    design: Design,
    treated: NDArray[np.bool_],
    scaled: Floats,
    informed: bool = True,
    before: Floats | None = None,
    single: bool = False,
) -> Pass:
    """Index, log-likelihood, gradient and (if `informed`) information at given coefficients.

    Args:
        before: the index of the walk before, to see how far it moved.
        single: form the information in single precision, block by block. It steers the steps, and
            seven digits of it are enough; what they converge to rests on the gradient alone.
    """
    index = np.zeros(design.people) if before is None else before.copy()
    slopes = scaled / design.stretch

    def part(stripe: slice) -> tuple[float, Floats, Floats, float]:
        return stripe_sums(design, treated, slopes, index, stripe, informed, single)

    likelihood, moved = 0.0, 0.0
    gradient = np.zeros(design.terms)
    total = np.zeros((design.terms if informed else 0,) * 2)
    for one, slope, curve, change in in_order(part, design.people):
        likelihood += one
        gradient += slope
        moved = max(moved, change)
        total += curve
    if informed:
        total /= np.outer(design.stretch, design.stretch)
    return Pass(index, likelihood, gradient / design.stretch, total, moved)


def stripe_sums(
    design: Design,
    treated: NDArray[np.bool_],
    slopes: Floats,
    index: Floats,
    stripe: slice,
    informed: bool,
    single: bool,
) -> tuple[float, Floats, Floats, float]:
    """One stripe's part of a walk, in terms of centred covariates."""
    likelihood, moved = 0.0, 0.0
    gradient = np.zeros(design.terms)
    curve = np.zeros((design.terms if informed else 0,) * 2)
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
        if informed:
            block *= np.sqrt(probability * (1.0 - probability))
            rows = block.astype(np.float32) if single else block
            curve += rows @ rows.T  # the same array twice: half a product
    return likelihood, gradient, curve, moved


def index_of(design: Design, scaled: Floats) -> Floats:
    """Everybody's index at given coefficients on the common scale.

    Summed column by column with plain element-wise arithmetic, never by BLAS: a library kernel may
    round a person differently by the place in the block, and then people with identical covariates
    would not tie.
    """
    slopes = scaled / design.stretch
    index = np.empty(design.people)

    def part(stripe: slice) -> None:
        for span in spans(stripe.start, stripe.stop, INDEX_ROWS):
            total = np.full(span.stop - span.start, slopes[0])
            value = np.empty(len(total))
            for row, centre, slope in zip(design.matrix, design.centre, slopes[1:], strict=True):
                value[:] = row[span]
                value -= centre
                value *= slope
                total += value
            index[span] = total

    for _ in in_order(part, design.people):
        pass
    return index
