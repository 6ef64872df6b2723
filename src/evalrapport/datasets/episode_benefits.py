"""Episodes that start in the window: months, hours, benefit, municipality, other measures.

STAR's note counts all episodes, not each person's first, by the benefit in the week of the start
and the municipality where it was received.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalrapport.contracts.datasets.benefit_at_start import EPISODE_BENEFITS
from evalrapport.datasets.benefit_grouping import read_grouping
from evalrapport.datasets.benefit_lookup import at_start, last_day
from evalrapport.datasets.files import write
from evalrapport.datasets.whole_months import whole_months
from evalrapport.errors import PlainError
from evalrapport.step import Job

Array = npt.NDArray[Any]
DAY = np.timedelta64(1, "D")


def in_window(rows: pd.DataFrame, window: dict[str, str]) -> pd.DataFrame:
    """Rows that start in the window, days as datetime64[D]; PlainError if there is none."""
    days = {name: pd.to_datetime(rows[name]) for name in ("start_date", "end_date")}
    rows = rows.assign(**days)
    first, last = (date.fromisoformat(window[end]) for end in ("first_day", "last_day"))
    inside = rows["start_date"].between(pd.Timestamp(first), pd.Timestamp(last))
    if not inside.any():
        raise PlainError(
            f"No mentor episode starts between {first} and {last}. "
            "Check the study's window and the mentor source."
        )
    return rows[inside].reset_index(drop=True)


def mean_hours(episodes: pd.DataFrame, parts: pd.DataFrame) -> pd.Series:
    """Each episode's mean weekly hours over its parts, weighted by their days; hours above 0.

    # ASSUME: the note does not say which hours a joined episode has. All its registrations count,
    # as they do in figure 4.

    Args:
        episodes: person_id, start_date, end_date.
        parts: the same with hours_per_week; ends may be empty.
    """
    known = parts[parts["hours_per_week"] > 0].drop_duplicates(
        ["person_id", "start_date", "end_date", "hours_per_week"]
    )
    own = episodes[["person_id", "start_date", "end_date"]].assign(row=np.arange(len(episodes)))
    both = own.merge(known, on="person_id", suffixes=("", "_part"))
    both["end_date_part"] = both["end_date_part"].fillna(both["end_date"])
    both = both[both["start_date_part"].between(both["start_date"], both["end_date"])]
    days = (both["end_date_part"] - both["start_date_part"]).dt.days + 1
    weighted = (both["hours_per_week"] * days).groupby(both["row"]).sum()
    mean: pd.Series = (weighted / days.groupby(both["row"]).sum()).reindex(own["row"])
    return mean.reset_index(drop=True)


def overlaps(episodes: pd.DataFrame, measures: pd.DataFrame, known_to: np.datetime64) -> Array:
    """Whether a measure runs on at least one day of each episode, as far as data reach.

    An episode that is not over is followed to `known_to` (the note: the latest month); a measure
    without an end still runs then.
    """
    known = pd.Timestamp(known_to)
    own = episodes[["person_id", "start_date", "end_date"]].assign(row=np.arange(len(episodes)))
    own["end_date"] = own["end_date"].mask(own["end_date"] > known, known)
    both = own.merge(measures, on="person_id", suffixes=("", "_measure"))
    ends = both["end_date_measure"].fillna(known)
    during = (both["start_date_measure"] <= both["end_date"]) & (ends >= both["start_date"])
    found = np.zeros(len(episodes), dtype=bool)
    found[both.loc[during, "row"].to_numpy()] = True
    return found


def read_days(path: Any, columns: list[str]) -> pd.DataFrame:
    """Columns of a typed file with start_date and end_date as timestamps."""
    rows = pd.read_parquet(path, columns=columns)
    return rows.assign(**{name: pd.to_datetime(rows[name]) for name in ("start_date", "end_date")})


def step(job: Job) -> None:
    """Joined episodes, their parts, DREAM and measures → the window's episodes."""
    names = ["person_id", "start_date", "end_date"]
    episodes = in_window(pd.read_parquet(job.input["mentor_episodes"]), job.settings["window"])
    parts = read_days(job.input["parts"], [*names, "hours_per_week"])
    measures = read_days(job.input["activation"], names)
    write(
        described(episodes, parts, measures, job), EPISODE_BENEFITS, job.output["episode_benefits"]
    )


def described(
    episodes: pd.DataFrame, parts: pd.DataFrame, measures: pd.DataFrame, job: Job
) -> pd.DataFrame:
    """The episodes with all that the dataset holds."""
    lists = job.input["benefit_codes"], job.input["benefit_groupings"]
    grouping = read_grouping(*lists, job.settings["benefit_grouping"])
    start, end = (
        episodes[name].to_numpy().astype("datetime64[D]") for name in ("start_date", "end_date")
    )
    group, place = at_start(episodes["person_id"].to_numpy(), start, job.input["dream"], grouping)
    return episodes.assign(
        start_year=episodes["start_date"].dt.year.astype(np.int16),
        months=whole_months(start, end),
        hours_per_week=mean_hours(episodes, parts),
        benefit_group=group,
        municipality_code=place,
        other_measure=overlaps(episodes, measures, last_day(job.input["dream"])),
    )
