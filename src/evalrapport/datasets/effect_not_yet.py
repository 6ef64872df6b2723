"""Those who start later in the window, as they stood at an earlier day: not yet treated.

The pool of the main analysis holds nobody who starts in the window. Whoever decides on a mentor in
March does not know who will have one in June; so a comparison that respects this lets later
starters be controls until they start (Sianesi 2004; Fredriksson & Johansson 2008).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from evalrapport.contracts.datasets.effect_population import EFFECT_POPULATION
from evalrapport.datasets import effect_covariates, effect_outcomes
from evalrapport.datasets.dream_columns import rows_of
from evalrapport.datasets.effect_population import (
    code_at,
    excluded_codes,
    pseudo_starts,
    window_of,
)
from evalrapport.datasets.files import write
from evalrapport.datasets.people import days_of
from evalrapport.dates import week_column, week_of, weeks_between
from evalrapport.step import Job


def earlier(population: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The treated with a day before their own month, drawn from the starts of earlier months.

    Args:
        population: person_id, treated, start_date.

    Returns:
        person_id, start_date (the drawn day), by ascending person_id; none for the first month.
    """
    own = population[population["treated"]].sort_values("person_id", ignore_index=True)
    days = days_of(own["start_date"])
    months = days.astype("datetime64[M]")
    parts = []
    for month in np.unique(months)[1:]:
        ids = own.loc[months == month, "person_id"].to_numpy()
        drawn = pseudo_starts(ids, days[months < month], seed)
        parts.append(pd.DataFrame({"person_id": ids, "start_date": drawn}))
    empty = pd.DataFrame({"person_id": np.empty(0, np.int64), "start_date": days[:0]})
    return pd.concat([empty, *parts]).sort_values("person_id", ignore_index=True)


def population(job: Job) -> pd.DataFrame:
    """Later starters at their earlier day, less those who met no footnote 25 on that day."""
    effect = job.settings["effect"]
    first_day, last_day = window_of(job)
    found = earlier(pd.read_parquet(job.input["effect_population"]), effect["pseudo_start_seed"])
    weeks = [week_column(*w) for w in weeks_between(week_of(first_day), week_of(last_day))]
    _, codes = rows_of(job.input["dream"], found["person_id"].to_numpy(), weeks)
    code = code_at(days_of(found["start_date"]), codes, first_day)
    found = found.assign(treated=False, benefit_code=code)
    allowed = ~np.isin(code, excluded_codes(job.input["benefit_codes"]))
    names = ["person_id", "treated", "start_date", "benefit_code"]
    return found.loc[allowed, names].reset_index(drop=True)


def step(job: Job) -> None:
    """Effect population and registers → all three datasets of those not yet treated."""
    write(population(job), EFFECT_POPULATION, job.output["effect_population"])
    own = {"effect_population": job.output["effect_population"]}
    told = replace(job, input={**job.input, **own})
    effect_covariates.step(told)
    effect_outcomes.step(told)
