"""The effects under one redraw of the pseudo start dates: fit, match, difference; no variance."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalrapport.results.matched_effects import read_outcomes
from evalrapport.results.matching.effects import matched_means
from evalrapport.results.matching.nearest_neighbour import nearest
from evalrapport.results.propensity_match import fitted, read_people
from evalrapport.step import Job


def effects_of(job: Job) -> pd.DataFrame:
    """One row per outcome column: name, effect."""
    people = read_people(job.input["effect_population"], job.input["effect_covariates"])
    names, values = read_outcomes(job.input["effect_outcomes"], people.person_id)
    score = fitted(people)[2].probability
    matches = nearest(score[people.treated], score[~people.treated])
    own = values[np.flatnonzero(people.treated)[matches.matched]].astype(np.float64)
    theirs = matched_means(matches, values, np.flatnonzero(~people.treated))
    return pd.DataFrame({"name": names, "effect": (own - theirs).mean(axis=0)})


def step(job: Job) -> None:
    """Population, covariates and outcomes of one draw → its effects."""
    effects_of(job).to_parquet(job.output["redraw_effects"], index=False)
