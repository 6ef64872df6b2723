"""Propensity fit, matching and 63 effects with variances, against the least that it could cost.

Data in memory, drawn as in a register: 84 indicators and 36 numbers, 6,487 treated. The counterpart
does what no program can avoid: one pass that forms X'WX in double precision, and one argsort of the
pool. Beside it the work is done with a quarter of the pool (it should grow as the pool does, times
the logarithm), peak memory is held against the covariates, and up to a million people two peers are
run once: glum's fit with a sort (if it is installed: `uv pip install glum`) and statsmodels' Logit.

    python -m benchmarks matching                # a million people
    MATCHING_PEOPLE=3300000 python -m benchmarks matching
"""

from __future__ import annotations

import gc
import importlib.util
import os
import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import paired
from evalrapport.results.matching.design import Design, standardised
from evalrapport.results.matching.effects import estimate
from evalrapport.results.matching.logit import fit, probability_of
from evalrapport.results.matching.nearest_neighbour import nearest
from evalrapport.results.matching.passes import walk
from evalrapport.stripes import one_thread, spans

PEOPLE = int(os.environ.get("MATCHING_PEOPLE", "1000000"))
TREATED, INDICATORS, COLUMNS, OUTCOMES = 6487, 84, 120, 63
LIMIT, TARGET, TIMES = 5.0, 3.0, 3
PEERS_UP_TO, PEERS_FROM = 1_000_000, 1_000_000
GLUM_LIMIT, LOGIT_LIMIT = 5.0, 6.4
# Of the covariates in 32 bits; Python with its libraries counts too, so only in a large pool.
MEMORY_LIMIT, MEMORY_FROM = 1.5, 3_000_000
GROWTH_SLACK = 1.25


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
    outcome = np.empty((people, OUTCOMES), dtype=np.uint8)
    for part in spans(0, people, 100_000):
        lasting = rng.random((len(outcome[part]), 1), dtype=np.float32)
        luck = rng.random((len(lasting), OUTCOMES), dtype=np.float32) + lasting
        outcome[part] = luck < 0.8
    return Data(matrix, treated, outcome)


def analyse(data: Data) -> None:
    """All that the report does, from covariates in memory to effects with standard errors."""
    design = standardised(data.matrix)
    found = fit(design, data.treated)
    score = found.probability
    matches = nearest(score[data.treated], score[~data.treated])
    del score
    estimate(design, found, data.treated, data.outcome, matches)


@one_thread
def least(design: Design, data: Data) -> None:
    """One walk with X'WX in double precision, on all cores, and one argsort of the pool."""
    state = walk(design, data.treated, np.zeros(design.terms))
    np.argsort(state.index[~data.treated] + design.matrix[-1][~data.treated])


def matched(data: Data) -> None:
    """The first half: fit and match."""
    score = fit(standardised(data.matrix), data.treated).probability
    nearest(score[data.treated], score[~data.treated])


def logit(data: Data) -> None:
    """statsmodels' own fit."""
    import statsmodels.api as sm

    rows = sm.add_constant(data.matrix.T.astype(np.float64))
    sm.Logit(data.treated.astype(np.float64), rows).fit(disp=0)


def glum(data: Data) -> Callable[[], None]:
    """glum's fit and a sort of its scores; the data are put in its own layout beforehand."""
    from glum import GeneralizedLinearRegressor

    rows = np.asfortranarray(data.matrix.T, dtype=np.float64)
    cases = data.treated.astype(np.float64)

    def run() -> None:
        model = GeneralizedLinearRegressor(family="binomial", alpha=0, gradient_tol=1e-7)
        np.argsort(model.fit(rows, cases).predict(rows))

    return run


def peak(action: Callable[[], object]) -> float:
    """The most memory that the process holds while it acts, in gibibytes (Linux only)."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    action()
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+)", status)
    assert found is not None
    return int(found[1]) / 1024**2


def processor(action: Callable[[], object]) -> float:
    """Seconds of processor time, of all threads."""
    start = time.process_time()
    action()
    return time.process_time() - start


def growth(data: Data) -> bool:
    """Whether a pool four times as large takes four times as long, but for the logarithm."""
    few = PEOPLE // 4
    part = Data(data.matrix[:, :few].copy(), data.treated[:few], data.outcome[:few])
    ratio = min(processor(lambda: analyse(data)) for _ in range(2)) / min(
        processor(lambda: analyse(part)) for _ in range(2)
    )
    wanted = 4 * np.log(PEOPLE) / np.log(few) * GROWTH_SLACK
    print(f"four times the pool: {ratio:.1f} times the processor time; limit {wanted:.1f}")
    return bool(ratio <= wanted)


def peers(data: Data) -> bool:
    """How many times as long the peers take; whether it is enough (asked from a million people)."""
    found = {}
    ours = min(paired.seconds(lambda: analyse(data)) for _ in range(2))
    found["statsmodels' Logit / fit, match, effects"] = paired.seconds(lambda: logit(data)) / ours
    if importlib.util.find_spec("glum"):
        run = glum(data)
        ours = min(paired.seconds(lambda: matched(data)) for _ in range(2))
        found["glum's fit and a sort / fit and match"] = paired.seconds(run) / ours
    else:
        print("glum is not installed, so it is left out")
    enough = True
    for (name, ratio), limit in zip(found.items(), (LOGIT_LIMIT, GLUM_LIMIT), strict=False):
        print(f"{name}: {ratio:.1f} (at least {limit:g} at a million people)")
        enough &= ratio >= limit
    return enough or PEOPLE < PEERS_FROM


def main() -> int:
    """Print ratios and memory; 1 if one is beyond its limit."""
    data = made(PEOPLE)
    design = standardised(data.matrix)
    pairs = paired.run(lambda: analyse(data), lambda: least(design, data), TIMES)
    print(pairs.line("fit, match, effects", "X'WX and argsort", LIMIT), f"(target {TARGET:g})")
    held, whole = peak(lambda: analyse(data)), data.matrix.nbytes / 1024**3
    print(
        f"  {PEOPLE:,} people; peak memory {held:.2f} GiB, {held / whole:.2f} times the covariates"
        f" in 32 bits ({whole:.2f} GiB; limit {MEMORY_LIMIT:g} from {MEMORY_FROM:,} people)"
    )
    good = statistics.median(pairs.ratios) <= LIMIT
    good &= held <= MEMORY_LIMIT * whole or PEOPLE < MEMORY_FROM
    if PEOPLE <= PEERS_UP_TO:
        good &= growth(data)
        good &= peers(data)
    return 0 if good else 1
