"""Joins adjoining parts of mentor episodes to whole episodes.

SFI 15:10, chapter 3, footnote 8: a change of weekly hours ends a registered episode, and a new
one begins just after it; parts that follow directly on one another are therefore joined. STAR's
later note joins those less than a week apart, hence the gap as a setting.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from evalrapport.contracts.datasets.mentor_episodes import MENTOR_EPISODES
from evalrapport.datasets.files import write
from evalrapport.errors import PlainError
from evalrapport.step import Job

AT_START = ["hours_per_week", "mentor_type", "municipality_code"]


def distinct_parts(parts: pd.DataFrame, last_day: date) -> pd.DataFrame:
    """Registered parts without exact duplicates, ends filled, in the order of joining.

    Args:
        parts: the typed source: person_id, episode_id, start_date, end_date (may be empty), …
        last_day: last day of the study's data.

    Returns:
        parts ascending by person, start, end and episode_id, with open_end (bool).

    Raises:
        PlainError: a part ends before it begins.
    """
    parts = parts.drop_duplicates()
    open_end = parts["end_date"].isna()
    # ASSUME: a part without an end date still runs on the last day of data. SFI 15:10 does not
    # say how it treats them; the other reading (leave them out) would lose current episodes.
    last = pd.Timestamp(last_day)
    known_end = parts["start_date"].where(parts["start_date"] > last, last)
    parts = parts.assign(end_date=parts["end_date"].fillna(known_end), open_end=open_end)
    backwards = int((parts["end_date"] < parts["start_date"]).sum())
    if backwards:
        raise PlainError(
            f"{backwards} mentor episodes end before they begin. Correct them in the source file."
        )
    # ASSUME: of parts that start on the same day, the one that ends first gives the hours at the
    # start; the registers don't say which was entered last.
    return parts.sort_values(
        ["person_id", "start_date", "end_date", "episode_id"], kind="stable", ignore_index=True
    )


def join_adjacent(parts: pd.DataFrame, gap_days: int) -> pd.DataFrame:
    """Join parts of a person where the next starts at most 1 + `gap_days` days after the end.

    With gap 0 only parts that follow directly are joined (start = end + 1). Parts that overlap
    are joined too. Hours, type and municipality are those of the first part (table 3.11, note 1).

    Args:
        parts: from `distinct_parts`, at least one row.
        gap_days: days without support that are bridged.

    Returns:
        the dataset mentor_episodes, ascending by person and start. Duration counts both the first
        and the last day.
    """
    person = parts["person_id"].to_numpy()
    start, end = day_numbers(parts["start_date"]), day_numbers(parts["end_date"])
    new_person = np.r_[True, person[1:] != person[:-1]]
    reach = latest_end_so_far(end, new_person)
    # ASSUME: overlapping registrations are one episode; footnote 8 only speaks of adjoining ones.
    begins = new_person | np.r_[True, start[1:] > reach[:-1] + 1 + gap_days]
    first = np.flatnonzero(begins)
    last = np.r_[first[1:], len(parts)] - 1
    episodes = parts.loc[begins, ["person_id", "start_date", *AT_START]].reset_index(drop=True)
    return episodes.assign(
        end_date=reach[last].astype("datetime64[D]"),
        # ASSUME: both days count, as the end is the last day with support; it puts a half year
        # from 1 January (181 days) where table 3.13 has its 2014 peak (181-210 days).
        duration_days=(reach[last] - start[first] + 1).astype(np.int32),
        parts=(last - first + 1).astype(np.int32),
        open_end=np.logical_or.reduceat(parts["open_end"].to_numpy(), first),
    )


def latest_end_so_far(end: np.ndarray, new_person: np.ndarray) -> np.ndarray:
    """The latest end among a person's parts up to each row: a running maximum within persons."""
    span = int(end.max() - end.min()) + 1
    offset = (np.cumsum(new_person) - 1) * span
    return np.maximum.accumulate(end + offset) - offset


def day_numbers(days: pd.Series) -> np.ndarray:
    """Days since 1970 as int64."""
    return days.to_numpy().astype("datetime64[D]").astype(np.int64)


def step(job: Job) -> None:
    """Typed mentor_episodes → the study's joined episodes."""
    parts = pd.read_parquet(job.input["mentor_episodes"])
    parts[["start_date", "end_date"]] = parts[["start_date", "end_date"]].apply(pd.to_datetime)
    last_day = date.fromisoformat(job.settings["window"]["last_day"])
    episodes = join_adjacent(distinct_parts(parts, last_day), job.settings["episode_gap_days"])
    write(episodes, MENTOR_EPISODES, job.output["mentor_episodes"])
