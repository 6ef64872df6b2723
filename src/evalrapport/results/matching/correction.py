"""What estimating the score adds to the variance: one product over the people, nothing n × n.

Source: Abadie & Imbens (2016), Econometrica 84(2), theorem 2. The correction is d′Vd − c′Vc with V
the covariance of the coefficients and, with f = p(1 − p) and sums over everybody,
    s = Σ f x (m₁(p) − m₀(p) − τ),
    c = [s + Σ f cov(x, y | p, treated) + Σ p² cov(x, y | p, control)] / n₁,
    d = [s + Σ f cov(x, y | p, treated) − Σ f cov(x, y | p, control)] / n₁ = ∂τ/∂θ.

A covariance given p is that of the nearest people of a group, and a sum of such covariances over
overlapping windows is Σ x z′, where z is a person's outcome less the mean of each window that the
person is in, weighted. So c and d are X′Z, and a row of Z is a few weights on the outcomes of the
levels next to the person's own. It is made for some hundred people at a time, in the order in which
the covariates lie, multiplied while it is in the cache, and forgotten.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evalrapport.results.matching.design import Design, Floats, Indices
from evalrapport.results.matching.levels import Levels
from evalrapport.results.matching.rows import Rows
from evalrapport.results.matching.stencil import NEIGHBOURS, REACH, Targets, empty, fill
from evalrapport.stripes import in_order, spans

# People at a time: their outcomes and rows of Z stay in the cache; weights are made for more.
ROWS, WEIGHED = 512, 4096
ALIGNED = 8  # a level's outcomes are padded to a multiple, so that they are copied word by word
# Above this many people Z is held in single precision: the correction is a few per cent of the
# variance, and six digits of it are enough.
DOUBLE_UP_TO = 200_000


def score_correction(design: Design, covariance: Floats, rows: Rows) -> Floats:
    """The correction, (outcomes × outcomes), to be added to the variance for a known score.

    `covariance` is that of the coefficients on the design's common scale.

    # ASSUME: ∂τ/∂θ is written given the score alone (treatment is independent of x given p), where
    # Stata looks for neighbours among the covariates themselves: that search has no fast form in a
    # hundred dimensions, and the two agree as the sample grows.
    """
    outcomes = rows.outcome.shape[1]
    total = product(design, rows) / int(rows.treated.sum())
    d, more = (half[:, :outcomes] for half in np.split(total, 2, axis=1))
    c = d + more
    return d.T @ covariance @ d - c.T @ covariance @ c


def of_treated(score: Floats) -> Floats:
    """Weights for d and for c − d of a covariance among the treated."""
    return np.stack([score * (1.0 - score), np.zeros(len(score))])


def of_pool(score: Floats) -> Floats:
    """Weights for d and for c − d of a covariance in the pool: −p(1 − p) and p(1 − p) + p²."""
    return np.stack([-score * (1.0 - score), score])


def rows_of(
    score: Floats,
    treated: NDArray[np.bool_],
    effect: Floats,
    outcome: NDArray[np.generic],
    groups: tuple[Levels, Levels],
) -> Rows:
    """What the rows of Z are made of; in memory some ten numbers a person beside the outcomes.

    Args:
        groups: the treated and the others by `score`.
    """
    own, pool = groups
    single = len(score) > DOUBLE_UP_TO and outcome.dtype.kind in "bu"
    real: np.dtype[np.floating] = np.dtype(np.float32 if single else np.float64)
    begin = REACH, len(own) + 2 * REACH
    places = [slice(at, at + len(group)) for at, group in zip(begin, (own, pool), strict=True)]
    most, tied = places[1].stop + REACH, own.tied or pool.tied
    found = empty(most, tied, real)
    # Windows among the treated by one number, even if a single level; among the pool, the levels.
    key, weight = keys(own, pool)
    which = np.arange(weight.shape[1])
    towards = Targets(which // 2, which % 2 == 0, weight)
    fill(found.part(places[0]), own, of_treated, towards)
    first, last = pool.window(own.score, NEIGHBOURS)
    weight = of_pool(own.score) * own.count(slice(0, len(own)))
    fill(found.part(places[1]), pool, of_pool, Targets(first, first == last, weight))
    changes = np.flatnonzero(np.diff(key, prepend=-1))
    near, more = np.divmod(key[changes].astype(np.int64), 2)
    del key
    level = np.empty(len(outcome), dtype=np.int32)
    count = np.ones(most, dtype=np.int32) if tied else None
    rooms = len(own) + len(changes)
    beside = np.zeros(most, dtype=np.min_scalar_type(rooms))
    beside[places[0]] = np.arange(len(own))
    runs = np.diff(changes, append=len(pool))
    beside[places[1]] = np.repeat(np.arange(len(own), rooms, dtype=beside.dtype), runs)
    for group, place in zip(groups, places, strict=True):
        group.place(level, place.start)
        if count is not None:
            count[place] = np.diff(group.start)
    sums = summed(groups, places, most, outcome)
    own_sums, pool_sums = (sums[place] for place in places)
    across = np.concatenate(
        [
            -window_means(pool_sums, pool, first, last),
            window_means(own_sums, own, near, near + more),
        ]
    )
    across[:, : len(effect)] -= effect
    return Rows(
        outcome=outcome,
        treated=treated,
        score=score,
        level=level,
        sums=sums,
        windows=found,
        count=count,
        across=across.astype(real),
        beside=beside,
    )


def keys(own: Levels, pool: Levels) -> tuple[NDArray[np.int32], Floats]:
    """For each level of the pool the window among the treated that is nearest to it: twice the
    first level, and one more if the next belongs to it. And by window those people's weights."""
    key = np.empty(len(pool), dtype=np.int32)
    weight = np.zeros((2, 2 * len(own)))

    def part(stripe: slice) -> tuple[int, Floats]:
        score = pool.score[stripe]
        first, last = own.window(score, NEIGHBOURS)
        key[stripe] = 2 * first + (last > first)
        least = int(key[stripe].min())
        told = of_treated(score) * pool.count(stripe)
        return least, np.stack([np.bincount(key[stripe] - least, row) for row in told])

    for least, told in in_order(part, len(key)):
        weight[:, least : least + told.shape[1]] += told
    return key, weight[:, : int(key[-1]) + 1]


def summed(
    groups: tuple[Levels, Levels], places: list[slice], most: int, outcome: NDArray[np.generic]
) -> NDArray[np.generic]:
    """Outcomes by level in the narrowest type that holds them: (levels × padded outcomes)."""
    kind: np.dtype[np.generic] = np.dtype(np.float64)
    if outcome.dtype.kind in "bu":
        largest = max(int(np.diff(group.start).max()) for group in groups)
        kind = np.dtype(np.min_scalar_type(largest * int(outcome.max())))
    padded = -(-outcome.shape[1] // ALIGNED) * ALIGNED
    sums = np.zeros((most, padded), dtype=kind)
    for group, place in zip(groups, places, strict=True):
        group.sums(outcome, sums[place, : outcome.shape[1]])
    return sums


def window_means(sums: NDArray[np.generic], group: Levels, first: Indices, last: Indices) -> Floats:
    """Mean outcomes of windows of one or two levels, (windows × outcomes)."""
    total = sums[first].astype(np.float64)
    two = last > first
    total[two] += sums[last[two]].astype(np.float64)
    means: Floats = total / (group.start[last + 1] - group.start[first])[:, None]
    return means


def product(design: Design, rows: Rows) -> Floats:
    """X′Z on the design's common scale, (terms × 2 padded outcomes), summed in doubles."""
    single, width = rows.real == np.float32, 2 * rows.sums.shape[1]

    def part(stripe: slice) -> Floats:
        total, maker = np.zeros((design.terms, width)), rows.maker(ROWS)
        ones = np.ones(ROWS, dtype=rows.real)
        for wide in spans(stripe.start, stripe.stop, WEIGHED):
            weights = rows.weights(wide)
            for span in spans(wide.start, wide.stop, ROWS):
                if span.stop - span.start < ROWS:
                    maker = rows.maker(span.stop - span.start)
                told = weights[:, span.start - wide.start : span.stop - wide.start]
                z = maker.make(span, told)
                if single:
                    total[0] += ones[: len(z)] @ z
                    total[1:] += design.matrix[:, span].astype(np.float32, copy=False) @ z
                else:
                    total += design.centred(span) @ z
        return total

    total = np.sum(list(in_order(part, design.people)), axis=0)
    if single:
        total[1:] -= np.outer(design.centre, total[0])
    scaled: Floats = total / design.stretch[:, None]
    return scaled
