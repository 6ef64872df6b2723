"""Visitation group at the end of the quarter in which the episode starts (SFI 15:10, figure 3.1).

The groups came on 1 January 2014 in place of the match groups.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.parquet as pq

from evalrapport.contracts.datasets.visitation_groups import VISITATION_GROUPS
from evalrapport.datasets.dream_columns import rows_of
from evalrapport.datasets.files import write
from evalrapport.datasets.people import days_of
from evalrapport.errors import PlainError
from evalrapport.step import Job

Array = npt.NDArray[Any]
FIRST_DAY = np.datetime64("2014-01-01", "D")
COLUMN = re.compile(r"visit_([1-4])kv(\d{4})")


def quarters_held(dream: Path) -> dict[int, str]:
    """Number of each quarter (counted from year 0) that the delivery has → its column.

    Raises:
        PlainError: the delivery has no visitation group filled in.
    """
    with pq.ParquetFile(dream) as file:
        found = {
            int(match[2]) * 4 + int(match[1]) - 1: name
            for name in file.schema_arrow.names
            if (match := COLUMN.fullmatch(name))
        }
        names = sorted(found.values())
        filled = any(
            column.null_count < len(column)
            for group in range(file.num_row_groups if names else 0)
            for column in file.read_row_group(group, columns=names).columns
        )
    if not filled:
        raise PlainError(
            "The DREAM delivery holds no visitation groups (VISIT_1KV2014 and on). Take a delivery "
            "that has them, or leave the table visitation out of config.yaml."
        )
    return dict(sorted(found.items()))


def visitation_at(days: Array, groups: Array, first_quarter: int) -> Array:
    """Each person's group at the end of the day's quarter.

    # ASSUME: where the delivery ends before the quarter does (April 2014 in delivery 201404), the
    # group at the end of the last quarter that it holds is used.

    Args:
        days: datetime64[D], (persons,), none before `first_quarter`.
        groups: (persons, quarters from `first_quarter` on without gaps), 0 is none.

    Returns:
        int8, (persons,).
    """
    quarter = days.astype("datetime64[M]").astype(np.int64) // 3 + 1970 * 4
    place = np.minimum(quarter - first_quarter, groups.shape[1] - 1)
    return groups[np.arange(len(days)), place].astype(np.int8)


def step(job: Job) -> None:
    """Recipients and DREAM → the visitation group of those who start from 2014 on."""
    people = pd.read_parquet(
        job.input["recipients"], columns=["person_id", "start_date", "start_year"]
    )
    people = people[days_of(people["start_date"]) >= FIRST_DAY].reset_index(drop=True)
    quarters = quarters_held(job.input["dream"])
    persons = people["person_id"].to_numpy()
    _, groups = rows_of(job.input["dream"], persons, list(quarters.values()))
    group = visitation_at(days_of(people["start_date"]), groups, min(quarters))
    write(people.assign(visitation=group), VISITATION_GROUPS, job.output["visitation_groups"])
