"""Jobindsats' statistics of the people who never lived, counted from their own DREAM.

A month's full-time recipients are the mean over its weeks (by their Thursday) of the people with
kontanthjælp or uddannelseshjælp, by the municipality they live in that year.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq

from evalrapport.contracts.sources.jobindsats import HEADINGS
from evalrapport.dates import Month, month_column, week_column, week_month, weeks_between
from evalrapport.step import Job

Array = npt.NDArray[Any]
FIRST, LAST = (2012, 1), (2014, 17)  # ISO weeks
GROUP = "kontanthjaelp"
CODES = 1000


def is_kontanthjaelp(path: Path) -> Array:
    """bool by DREAM code."""
    flags = np.zeros(CODES, dtype=bool)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            flags[int(row["code"])] = row["benefit_group"] == GROUP
    return flags


def weeks_by_month() -> dict[Month, list[str]]:
    """The week columns of each month."""
    found: dict[Month, list[str]] = {}
    for week in weeks_between(FIRST, LAST):
        month = week_month(*week)
        found.setdefault(month, []).append(week_column(*week))
    return {month: weeks for month, weeks in found.items() if month[0] >= FIRST[0]}


def person_weeks(dream: Path, flags: Array) -> dict[Month, Array]:
    """Person-weeks on kontanthjælp by month and municipality code (an array of CODES)."""
    months = weeks_by_month()
    total = {month: np.zeros(CODES, dtype=np.int64) for month in months}
    with pq.ParquetFile(dream) as file:
        for group in range(file.num_row_groups):
            years = {year: file.read_row_group(group, [f"nykom{year}"]) for year, _ in months}
            for month, weeks in months.items():
                home = years[month[0]].column(0).to_numpy()
                table = file.read_row_group(group, weeks)
                for week in weeks:
                    on = flags[table[week].to_numpy()]
                    total[month] += np.bincount(home[on], minlength=CODES)
    return total


def lines(dream: Path, flags: Array, names: dict[int, str]) -> Iterator[tuple[str, str, str]]:
    """The file's lines: municipality, period, full-time persons with a decimal comma."""
    weeks = weeks_by_month()
    for month, counted in person_weeks(dream, flags).items():
        period = month_column("", *month).lstrip("_").replace("_", "M")
        for code, name in names.items():
            persons = counted[code] / len(weeks[month])
            yield name, period, f"{persons:.1f}".replace(".", ",")


def step(job: Job) -> None:
    """Typed DREAM and code lists → the raw CSV."""
    with job.input["municipalities"].open(encoding="utf-8", newline="") as file:
        # As Jobindsats spells them, which is not always the official spelling.
        names = {int(row["code"]): row["note_spelling"] for row in csv.DictReader(file)}
    named = {code: name for code, name in names.items() if name}
    flags = is_kontanthjaelp(job.input["dream_codes"])
    with job.output["jobindsats"].open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(HEADINGS)
        writer.writerows(lines(job.input["dream"], flags, named))
