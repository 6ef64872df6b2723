"""Every other way to estimate, in worlds with a known truth: `python -m validation methods`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from evalrapport.results.matching.design import Floats
from evalrapport.results.matching.doubly_robust import doubly_robust
from evalrapport.results.matching.effects import NORMAL_975, compare, estimate
from evalrapport.results.matching.hidden import Regression, benchmark, effect_of
from evalrapport.results.matching.logit import LogitFit, fit
from evalrapport.results.matching.nearest_neighbour import (
    Matches,
    nearest,
    nearest_several,
    nearest_within,
    within_reach,
)
from evalrapport.results.matching.weighting import entropy_balanced, overlap_weighted
from validation.worlds import Sample, World, lives, seen, true_effect

WORLDS = (World("no effect", people=4000), World("positive effect", people=4000, gain=0.15))
UNSEEN = (0.0, 0.3, 0.6)
Way = Callable[[Sample, LogitFit, Floats], tuple[float, float]]


def matched(how: Callable[[Sample, LogitFit], Matches]) -> Way:
    """A way that differs from the report's in whom it matches."""

    def way(sample: Sample, found: LogitFit, total: Floats) -> tuple[float, float]:
        out = estimate(sample.design, found, sample.treated, total, how(sample, found))
        return float(out.effect[0]), float(out.variance[0, 0] ** 0.5)

    return way


def split(sample: Sample, found: LogitFit) -> tuple[Floats, Floats]:
    """Scores of the treated and of the others."""
    p = found.probability
    return p[sample.treated], p[~sample.treated]


def caliper(sample: Sample, found: LogitFit) -> Matches:
    """No farther than 0.2 standard deviations of the index."""
    index = found.index
    ends = index[sample.treated], index[~sample.treated]
    return within_reach(nearest(*split(sample, found)), *ends, 0.2 * float(index.std()))


def exact(sample: Sample, found: LogitFit) -> Matches:
    """Within those who worked the month before, and those who did not."""
    group = (sample.design.matrix[-1] > 0).astype(np.int64)
    return nearest_within(*split(sample, found), group[sample.treated], group[~sample.treated])


def weighted(how: Callable[..., object]) -> Way:
    """A way that weighs."""

    def way(sample: Sample, found: LogitFit, total: Floats) -> tuple[float, float]:
        out: object = how(sample.design, found, sample.treated, total)
        return float(out.effect[0]), float(out.variance[0, 0] ** 0.5)  # type: ignore[attr-defined]

    return way


def within(sample: Sample, found: LogitFit, total: Floats) -> tuple[float, float]:
    """As in the subgroups: half of the people, on everybody's score, variance of 2006."""
    who = np.flatnonzero(sample.design.matrix[0] > 0)
    p, t = found.probability[who], sample.treated[who]
    out = compare(p, t, total[who], nearest(p[t], p[~t]))
    return float(out.effect[0]), float(out.variance[0, 0] ** 0.5)


def learnt(sample: Sample, _: LogitFit, total: Floats) -> tuple[float, float]:
    """Doubly robust."""
    out = doubly_robust(sample.design.matrix.T, sample.treated, total, seed=1)
    return float(out.effect[0]), float(out.variance[0, 0] ** 0.5)


WAYS: dict[str, Way] = {
    "one neighbour (the report's)": matched(lambda s, f: nearest(*split(s, f))),
    "five neighbours": matched(lambda s, f: nearest_several(*split(s, f), 5)),
    "largest distance": matched(caliper),
    "exact on a group": matched(exact),
    "a subgroup": within,
    "entropy balancing": weighted(entropy_balanced),
    "overlap weights": weighted(overlap_weighted),
    "doubly robust with learners": learnt,
}


@dataclass(frozen=True)
class Found:
    """Over draws: errors of the estimate and its standard errors."""

    error: Floats
    standard_error: Floats

    @property
    def covered(self) -> float:
        """Share of the intervals that hold the truth."""
        return float(np.mean(np.abs(self.error) <= NORMAL_975 * self.standard_error))


def simulate(world: World, draws: int, ways: dict[str, Way]) -> dict[str, Found]:
    """Each way in many draws of a world; the effect is the same for all, so one truth serves."""
    truths = [true_effect(lives(world, np.random.default_rng(10**6 + at))) for at in range(100)]
    truth = float(np.mean(truths, axis=0).sum())
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for seed in range(draws):
        rng = np.random.default_rng(seed)
        sample = seen(lives(world, rng), rng)
        score = fit(sample.design, sample.treated)
        total = sample.outcome.sum(axis=1, dtype=np.float64)[:, None]
        for name, way in ways.items():
            effect, error = way(sample, score, total)
            found[name].append((effect - truth, error))
    return {name: Found(*np.array(values).T) for name, values in found.items()}


@dataclass(frozen=True)
class Hidden:
    """A world with an unobserved trait: how far the effect is off, and how far we say it moves.

    without: the adjusted effect (the truth is nought). named: moved by a trait of the strength that
    this one has. needed: the strength that would bring the effect to nought; on_treatment,
    on_outcome: the trait's own.
    """

    without: float
    named: float
    needed: float
    on_treatment: float
    on_outcome: float


def unobserved(strength: float, draws: int = 10) -> Hidden:
    """Means over draws of a world without effect, in per cent and months."""
    world = World("hidden", people=20_000, unseen=strength)
    rows = []
    for seed in range(draws):
        rng = np.random.default_rng(seed)
        people = lives(world, rng)
        sample = seen(people, rng)
        score = fit(sample.design, sample.treated)
        odds = np.where(sample.treated, 1.0, np.exp(score.index))
        terms = sample.design.block(slice(0, sample.design.people)).T
        whole = np.column_stack([terms, people.resources])
        total = sample.outcome.sum(axis=1, dtype=np.float64)
        model = effect_of(sample.treated, terms, total, odds)
        one = benchmark(sample.treated, whole, total, odds, [terms.shape[1]])
        named = model.moved(one.on_treatment, one.on_outcome)[0]
        needed = Regression(model.effect, model.error, model.freedom).robustness()
        rows.append((model.effect, named, needed, one.on_treatment, one.on_outcome))
    mean = np.mean(rows, axis=0)
    return Hidden(mean[0], mean[1], *(100 * mean[2:]))


HEAD = """# The other ways to estimate, where the truth is known

Generated by `python -m validation methods`. The worlds of [the coverage page](coverage.md), with
{people:,} people and {draws} draws: mean error and spread of the accumulated effect in months, the
mean of its standard error, and how often the 95 per cent interval holds the truth.

| Way | World | Mean error | Spread | Standard error | Holds the truth |
|---|---|---:|---:|---:|---:|
"""
HIDDEN = """
## An unobserved trait of known strength

Worlds without effect in which an unobserved lack of resources leads to a mentor and costs work. The
adjusted effect is then below nought. Moved by a hidden trait that is as strong as this one really
is, it should come back to about nought; and the strength that cancels it, alike on both sides,
should lie near the trait's own two. Strength: log odds per standard deviation.

| Strength | Effect | Moved | Of treatment, % | Of outcome, % | To cancel it, % |
|---:|---:|---:|---:|---:|---:|
"""


def ways_of(world: World) -> dict[str, Way]:
    """The ways whose truth is the world's; a subgroup's own is known only where it is nil."""
    return {name: way for name, way in WAYS.items() if world.gain == 0 or way is not within}


def page(draws: int = 60) -> str:
    """The whole page; a minute or two on a quiet machine."""
    lines = [HEAD.format(people=WORLDS[0].people, draws=draws)]
    for world in WORLDS:
        for name, one in simulate(world, draws, ways_of(world)).items():
            numbers = one.error.mean(), one.error.std(), one.standard_error.mean()
            told = " | ".join(f"{number:.3f}" for number in numbers)
            lines.append(f"| {name} | {world.name} | {told} | {100 * one.covered:.1f} % |\n")
    lines.append(HIDDEN)
    for strength in UNSEEN:
        one = unobserved(strength)
        told = f"{one.without:.3f} | {one.named:.3f} | {one.on_treatment:.2f} | "
        told += f"{one.on_outcome:.2f} | {one.needed:.2f}"
        lines.append(f"| {strength} | {told} |\n")
    return "".join(lines)
