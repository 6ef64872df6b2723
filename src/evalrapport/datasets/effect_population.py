"""The treated and the pool of possible controls for the effect analysis.

SFI 15:10, chapter 5, footnotes 25 and 26: people aged 16-64 primo 2012 who are in DREAM, are not on
certain benefits in the week of the start, and have no mentor in January 2012. The treated start an
episode between 1 February and 31 July 2012; everybody else gets a pseudo start date drawn from the
treated's start dates (Lechner 1999), and the rules apply at that date. Nothing is required of what
happens after the window, in either group.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalrapport.contracts.datasets.effect_population import EFFECT_POPULATION
from evalrapport.datasets.dream_columns import rows_of
from evalrapport.datasets.files import write
from evalrapport.datasets.people import population_period, read_period, require_periods
from evalrapport.datasets.windows import week_index
from evalrapport.dates import Month, add_months, week_column, week_of, weeks_between
from evalrapport.errors import PlainError
from evalrapport.step import Job

Array = npt.NDArray[Any]


def month_of(text: str) -> Month:
    """“2012-01” as (2012, 1)."""
    year, month = text.split("-")[:2]
    return int(year), int(month)


def window_of(job: Job) -> tuple[date, date]:
    """First and last day of the starts that the effect analysis looks at."""
    effect = job.settings["effect"]
    first, last = (date.fromisoformat(str(effect[key])) for key in ("first_day", "last_day"))
    return first, last


def read_episodes(job: Job) -> pd.DataFrame:
    """The joined episodes, with days as datetime64."""
    episodes = pd.read_parquet(job.input["mentor_episodes"])
    days = {name: pd.to_datetime(episodes[name]) for name in ("start_date", "end_date")}
    return episodes.assign(**days)


def of_age(people: pd.DataFrame, min_age: int, max_age: int) -> Array:
    """Ids of those whose age lies in the interval, both ends included; ascending."""
    inside = people["age"].between(min_age, max_age)
    return np.sort(people.loc[inside, "person_id"].to_numpy())


def first_starts(episodes: pd.DataFrame, first_day: date, last_day: date) -> pd.Series:
    """Each person's first start in the window: start_date (datetime64) by ascending person_id."""
    inside = episodes["start_date"].between(pd.Timestamp(first_day), pd.Timestamp(last_day))
    first: pd.Series = episodes[inside].groupby("person_id")["start_date"].min()
    return first


def mentored_in(episodes: pd.DataFrame, month: Month) -> Array:
    """Ids of those with a day of a joined episode in the month; an open end counts as going on."""
    first = date(*month, 1)
    last = date(*add_months(month, 1), 1) - timedelta(days=1)
    goes_on = episodes["open_end"] | (episodes["end_date"] >= pd.Timestamp(first))
    there = goes_on & (episodes["start_date"] <= pd.Timestamp(last))
    return np.unique(episodes.loc[there, "person_id"].to_numpy())


def mentored_before(job: Job, episodes: pd.DataFrame) -> Array:
    """Ids of those who have a mentor in the month before the window (footnote 25)."""
    return mentored_in(episodes, month_of(str(job.settings["effect"]["clean_month"])))


def pseudo_starts(persons: Array, dates: Array, seed: int) -> Array:
    """A start date for each person, drawn with equal chance from the treated's start dates.

    The draw is a hash of seed and person id (the SplitMix64 generator of Steele, Lea & Flood 2014),
    not a stream of random numbers: a person's date does not depend on who else is in the pool.

    Args:
        persons: int64 ids. dates: the treated's start dates, in any order.

    Returns:
        datetime64[D], (persons,).
    """
    with np.errstate(over="ignore"):
        bits = persons.astype(np.uint64) + np.uint64(seed) * np.uint64(0x9E3779B97F4A7C15)
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            bits = (bits ^ (bits >> np.uint64(shift))) * np.uint64(factor)
        bits ^= bits >> np.uint64(31)
    share = (bits >> np.uint64(11)).astype(np.float64) / 2.0**53
    place = np.minimum((share * len(dates)).astype(np.int64), len(dates) - 1)
    return np.sort(dates)[place]


def code_at(starts: Array, codes: Array, first_day: date) -> Array:
    """The code of each person's start week; `codes` is (people, weeks from that of first_day)."""
    return codes[np.arange(len(starts)), week_index(starts, week_of(first_day))]


def select(
    persons: Array,
    starts: pd.Series,
    codes: Array,
    excluded: Array,
    first_day: date,
    seed: int,
) -> pd.DataFrame:
    """Treated and pool with start dates, less those on an excluded benefit in the start week.

    Args:
        persons: ids that meet the rules on age, DREAM and January; ascending.
        starts: from `first_starts`. codes: (people, weeks). excluded: DREAM codes of footnote 25.

    Raises:
        PlainError: nobody is treated, so there is no date to draw from.
    """
    treated = np.isin(persons, starts.index.to_numpy())
    own = starts.reindex(persons[treated]).to_numpy().astype("datetime64[D]")
    own_code = code_at(own, codes[treated], first_day)
    own_kept = ~np.isin(own_code, excluded)
    if not own_kept.any():
        raise PlainError(
            "No one starts a mentor episode in the effect window under the rules of the effect "
            "analysis (age, in DREAM, benefit, no mentor the month before). Check effect in "
            "config.yaml and the mentor source."
        )
    drawn = pseudo_starts(persons[~treated], own[own_kept], seed)
    drawn_code = code_at(drawn, codes[~treated], first_day)
    kept = ~np.isin(drawn_code, excluded)
    parts = [
        (persons[treated][own_kept], True, own[own_kept], own_code[own_kept]),
        (persons[~treated][kept], False, drawn[kept], drawn_code[kept]),
    ]
    names = ["person_id", "treated", "start_date", "benefit_code"]
    frames = [pd.DataFrame(dict(zip(names, part, strict=True))) for part in parts]
    return pd.concat(frames).sort_values("person_id", ignore_index=True)


def excluded_codes(path: Path) -> Array:
    """DREAM codes that keep a person out of the effect analysis (footnote 25, requirement 3)."""
    table = pd.read_csv(path)
    return table.loc[table["excluded_in_effect_analysis"] == "yes", "code"].to_numpy()


def population(job: Job) -> pd.DataFrame:
    """Apply the rules of footnote 25 to the files that the job names."""
    effect = job.settings["effect"]
    first_day, last_day = window_of(job)
    period = population_period(first_day.year)
    require_periods(job.input["bef"], "BEF", {period})
    people = read_period(job.input["bef"], period, None, ["age"])
    episodes = read_episodes(job)
    persons = of_age(people, effect["min_age"], effect["max_age"])
    persons = persons[~np.isin(persons, mentored_before(job, episodes))]
    weeks = [week_column(*w) for w in weeks_between(week_of(first_day), week_of(last_day))]
    in_dream, codes = rows_of(job.input["dream"], persons, weeks)
    starts = first_starts(episodes, first_day, last_day)
    excluded = excluded_codes(job.input["benefit_codes"])
    seed = effect["pseudo_start_seed"]
    return select(persons[in_dream], starts, codes[in_dream], excluded, first_day, seed)


def step(job: Job) -> None:
    """Joined episodes, BEF, DREAM and the code list → treated and pool with start dates."""
    write(population(job), EFFECT_POPULATION, job.output["effect_population"])
