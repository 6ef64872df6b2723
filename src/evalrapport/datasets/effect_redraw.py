"""The effect analysis's datasets once more, with other pseudo start dates.

Whoever starts no episode has a start date that is drawn (Lechner 1999). Another draw gives other
covariates, other matches and another effect; how far these lie apart is part of the uncertainty.
"""

from __future__ import annotations

from dataclasses import replace

from evalrapport.datasets import effect_covariates, effect_outcomes, effect_population
from evalrapport.step import Job


def redrawn(job: Job) -> Job:
    """The job with the seed of its draw, reading the population that it writes itself."""
    effect = dict(job.settings["effect"])
    effect["pseudo_start_seed"] += int(job.wildcards["draw"])
    own = {"effect_population": job.output["effect_population"]}
    settings = {**job.settings, "effect": effect}
    return replace(job, settings=settings, input={**job.input, **own})


def step(job: Job) -> None:
    """Episodes, BEF, UDDA and DREAM → population, covariates and outcomes of one draw."""
    told = redrawn(job)
    for module in (effect_population, effect_covariates, effect_outcomes):
        module.step(told)
