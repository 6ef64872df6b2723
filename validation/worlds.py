"""Small worlds with a known effect, built as the stand-in people are: lives, a day, a mentor.

Everybody has a life in months and a day on which a mentor might come. Who has one depends on traits
and on the months before that day, all of them seen; so nothing unobserved tells treated from others
unless `unseen` asks for it. Whoever has none gets a pseudo day, drawn from the days of those who
do, and both covariates and outcomes are counted from it: as in the report.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evalrapport.results.matching.design import Design, Floats, standardised

BEFORE, DAYS, AFTER = 12, 6, 12
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class World:
    """How a world is made. gain: chance that a month without work becomes one with it.

    varied: the gain is twice as large for half of the people and nil for the rest.
    unseen: log odds by which an unobserved lack of resources leads to a mentor and costs work.
    """

    name: str
    people: int = 8000
    gain: float = 0.0
    varied: bool = False
    unseen: float = 0.0


@dataclass(frozen=True)
class Lives:
    """What happened: own day, treatment, work by month with and without a mentor, traits."""

    day: NDArray[np.int64]
    treated: Flags
    work: Flags
    helped: Flags
    traits: Floats
    resources: Floats


@dataclass(frozen=True)
class Sample:
    """One look at the lives: covariates and outcomes from each person's (pseudo) day."""

    design: Design
    treated: Flags
    outcome: NDArray[np.uint8]


def lives(world: World, rng: np.random.Generator) -> Lives:
    """Draw a world's people."""
    n, months = world.people, BEFORE + DAYS + AFTER
    traits = np.stack([rng.standard_normal(n), rng.random(n) < 0.4, rng.standard_normal(n)])
    resources = rng.standard_normal(n)
    level = -0.4 + 0.5 * traits[0] - 0.6 * traits[1] + world.unseen * resources
    level += 0.7 * rng.standard_normal(n)  # lasting, and seen only through the months before
    work = np.empty((months, n), dtype=bool)
    work[0] = rng.random(n) < logistic(level)
    for month in range(1, months):
        work[month] = rng.random(n) < logistic(level - 1.5 + 3.0 * work[month - 1])
    day = BEFORE + rng.integers(0, DAYS, n)
    past = history(work, day)
    index = -2.6 - 0.35 * traits[0] + 0.5 * traits[1] - 0.12 * past[0] - 0.4 * past[1]
    treated = rng.random(n) < logistic(index - world.unseen * resources)
    gain = world.gain * (2.0 * (traits[0] > 0) if world.varied else np.ones(n))
    helped = work | (rng.random((months, n)) < gain)
    return Lives(day, treated, work, helped, traits, resources)


def logistic(x: Floats) -> Floats:
    """The logistic function."""
    out: Floats = 1.0 / (1.0 + np.exp(-x))
    return out


def history(work: Flags, day: NDArray[np.int64]) -> Floats:
    """Months of work in the year before the day, and in the month before it: (2, people)."""
    who = np.arange(len(day))
    year = sum(work[day - back, who].astype(np.float64) for back in range(1, BEFORE + 1))
    return np.stack([np.asarray(year), work[day - 1, who].astype(np.float64)])


def seen(found: Lives, rng: np.random.Generator) -> Sample:
    """The lives from a fresh draw of pseudo days, as an analyst sees them."""
    day = found.day.copy()
    others = ~found.treated
    day[others] = rng.choice(found.day[found.treated], int(others.sum()))
    matrix = np.concatenate([found.traits, history(found.work, day)])
    actual = np.where(found.treated, found.helped, found.work)
    who = np.arange(len(day))
    outcome = np.stack([actual[day + month, who] for month in range(AFTER)], axis=1)
    return Sample(standardised(matrix), found.treated, outcome.astype(np.uint8))


def true_effect(found: Lives) -> Floats:
    """What a mentor did for those who had one, by month."""
    who = np.flatnonzero(found.treated)
    gain = found.helped.astype(np.float64) - found.work
    return np.stack([gain[found.day[who] + month, who].mean() for month in range(AFTER)])
