"""Propensity fit, matching and 63 effects with variances, against the least that it could cost.

Data in memory, drawn as in a register: 84 indicators and 36 numbers, 6,487 treated. The counterpart
does what no program can avoid: one pass that forms X'WX in double precision, and one argsort of the
pool. Beside it statsmodels' Logit, once, as a peer (only where it fits in memory).

    python -m benchmarks matching                # 300,000 people
    MATCHING_PEOPLE=3300000 python -m benchmarks matching
"""

from __future__ import annotations

import os
import resource
import statistics
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks import paired
from evalrapport.results.matching.design import Design, standardised
from evalrapport.results.matching.effects import estimate
from evalrapport.results.matching.logit import fit, probability_of
from evalrapport.results.matching.nearest_neighbour import nearest
from evalrapport.results.matching.passes import walk
from evalrapport.results.matching.stripes import one_thread

PEOPLE = int(os.environ.get("MATCHING_PEOPLE", "300000"))
TREATED, INDICATORS, COLUMNS, OUTCOMES = 6487, 84, 120, 63
LIMIT, TIMES = 5.0, 3
STATSMODELS_UP_TO, LOGIT_LIMIT = 1_000_000, 6.4


@dataclass(frozen=True)
class Data:
    """The covariates (columns × people, 32 bits), who is treated, outcomes by month."""

    matrix: NDArray[np.float32]
    treated: NDArray[np.bool_]
    outcome: NDArray[np.uint8]


def made(people: int) -> Data:
    """People whose treatment depends on all covariates; the constant is set to give the treated."""
    rng = np.random.default_rng(20151510)
    matrix = np.empty((COLUMNS, people), dtype=np.float32)
    index = np.zeros(people)
    for at in range(COLUMNS):
        draw = rng.random(people, dtype=np.float32)
        matrix[at] = draw < 0.05 + 0.4 * at / INDICATORS if at < INDICATORS else draw * 3.4
        index += rng.normal(0, 0.15) * matrix[at]
    low, high = -40.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        many = probability_of(index + middle).sum() > TREATED
        low, high = (low, middle) if many else (middle, high)
    treated = rng.random(people) < probability_of(index + low)
    lasting = rng.random((people, 1), dtype=np.float32)
    luck = (rng.random((people, OUTCOMES), dtype=np.float32) + lasting) / 2
    return Data(matrix, treated, (luck < 0.4).astype(np.uint8))


def analyse(data: Data) -> None:
    """All that the report does, from covariates in memory to effects with standard errors."""
    design = standardised(data.matrix)
    found = fit(design, data.treated)
    score = found.probability
    matches = nearest(score[data.treated], score[~data.treated])
    estimate(design, found, data.treated, data.outcome, matches)


@one_thread
def least(design: Design, data: Data) -> None:
    """One walk with X'WX in double precision, on all cores, and one argsort of the pool."""
    state = walk(design, data.treated, np.zeros(design.terms))
    np.argsort(state.index[~data.treated] + design.matrix[-1][~data.treated])


def logit(data: Data) -> None:
    """statsmodels' own fit."""
    import statsmodels.api as sm

    rows = sm.add_constant(data.matrix.T.astype(np.float64))
    sm.Logit(data.treated.astype(np.float64), rows).fit(disp=0)


def main() -> int:
    """Print ratios and memory; 1 if the first ratio is beyond its limit."""
    data = made(PEOPLE)
    design = standardised(data.matrix)
    pairs = paired.run(lambda: analyse(data), lambda: least(design, data), TIMES)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    whole = data.matrix.nbytes / 1024**3
    print(pairs.line("fit, match, effects", "X'WX and argsort", LIMIT))
    print(f"  {PEOPLE:,} people; peak memory {peak:.2f} GiB, covariates in 32 bits {whole:.2f} GiB")
    if PEOPLE <= STATSMODELS_UP_TO:
        peer, ours = paired.seconds(lambda: logit(data)), paired.seconds(lambda: analyse(data))
        print(f"statsmodels Logit fit / all of ours: {peer / ours:.1f} (wanted {LOGIT_LIMIT:g})")
    return 0 if statistics.median(pairs.ratios) <= LIMIT else 1
