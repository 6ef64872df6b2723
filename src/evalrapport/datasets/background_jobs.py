"""Experience, the latest November job and paid hours: IDA and BFL.

SFI 15:10, chapter 5: experience, and earlier employment by sector, industry and hourly wage.
# ASSUME: the earlier job is the main one at the end of November, the latest of the three years
# before the start year; the report doesn't say which job it looked at.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.compute as pc

from evalrapport.contracts.covariates.groupings import INDUSTRY_GROUPS
from evalrapport.datasets.register_rows import add, rows_of
from evalrapport.step import Job

Array = npt.NDArray[Any]
MAIN_JOB = "H"
YEARS = 3
QUARTER = 10  # first month of the last quarter


def read(persons: Array, job: Job, year: int) -> list[dict[str, Any]]:
    """The columns of the registers that are there, one dict per register, (people,) each."""
    found: list[dict[str, Any]] = []
    if "idap" in job.input:
        found.append(experience(persons, job.input["idap"], year - 1))
    if "idan" in job.input:
        public = public_sectors(job.input["sector_codes"])
        found.append(november_jobs(persons, job.input["idan"], year, public))
    if "bfl" in job.input:
        found.append({"paid_hours": paid_hours(persons, job.input["bfl"], year - 1)})
    return found


def experience(persons: Array, idap: Path, year: int) -> dict[str, Array]:
    """experience in tenths of a year, unemployment_degree per mille, of one year's IDAP."""
    years, degree = (np.zeros(len(persons), dtype=np.int32) for _ in range(2))
    for place, rows in rows_of(idap, persons, ["period", "experience", "unemployment_degree"]):
        own = rows["period"].to_numpy() == year
        worked = pc.fill_null(rows["experience"], 0).to_numpy()
        years[place[own]] = worked[own] // 100
        degree[place[own]] = rows["unemployment_degree"].to_numpy()[own]
    return {"experience": years, "unemployment_degree": degree.astype(np.int16)}


def public_sectors(path: Path) -> Array:
    """Whether a sector code is public administration and service, bool (100,)."""
    listed = pd.read_csv(path)
    public = np.zeros(100, dtype=bool)
    public[listed.loc[listed["public"] == "yes", "code"]] = True
    return public


def industry_places() -> tuple[list[str], Array]:
    """Names of the groups, "" first, and the place of each two-digit division of DB07."""
    names = ["", *INDUSTRY_GROUPS]
    place = np.zeros(100, dtype=np.uint8)
    for at, ranges in enumerate(INDUSTRY_GROUPS.values(), start=1):
        for low, high in ranges:
            place[low : high + 1] = at
    return names, place


def november_jobs(persons: Array, idan: Path, year: int, public: Array) -> dict[str, Any]:
    """The latest main job of November in the years before, and in how many of them there was one.

    Returns:
        job_last_november, job_two_novembers, public_job: 0 or 1; job_years: 0-3; industry_group:
        text; hourly_wage: kroner, 0 where there was no job or no wage.
    """
    size = len(persons)
    latest, had = np.zeros(size, dtype=np.int32), np.zeros((YEARS + 1, size), dtype=bool)
    sector, industry = np.full(size, 99, dtype=np.int16), np.zeros(size, dtype=np.int32)
    wage = np.zeros(size)
    for place, rows in rows_of(
        idan, persons, ["period", "job_type", "industry", "sector", "hourly_wage"]
    ):
        period = rows["period"].to_numpy()
        main = pc.fill_null(pc.equal(rows["job_type"], MAIN_JOB), False).to_numpy()
        newer = main & (period >= year - YEARS) & (period < year) & (period >= latest[place])
        for back in range(1, YEARS + 1):
            had[back, place[main & (period == year - back)]] = True
        who = place[newer]
        latest[who], industry[who] = period[newer], rows["industry"].to_numpy()[newer]
        sector[who] = rows["sector"].to_numpy()[newer]
        wage[who] = pc.fill_null(rows["hourly_wage"], 0).to_numpy()[newer]
    names, group = industry_places()
    return {
        "job_last_november": had[1].astype(np.uint8),
        "job_two_novembers": had[2].astype(np.uint8),
        "job_years": had.sum(axis=0).astype(np.uint8),
        "public_job": public[sector.clip(0, 99)].astype(np.uint8),
        "industry_group": pd.Categorical.from_codes(group[industry // 10_000], pd.Index(names)),
        "hourly_wage": np.rint(wage.clip(0, 30_000)).astype(np.int32),
    }


def paid_hours(persons: Array, bfl: Path, year: int) -> Array:
    """Hours of the job months that touch the last quarter of the year."""
    total = np.zeros(len(persons))
    first, last = (
        (date(year, QUARTER, 1) - date(1970, 1, 1)).days,
        (date(year, 12, 31) - date(1970, 1, 1)).days,
    )
    for place, rows in rows_of(bfl, persons, ["start_date", "end_date", "paid_hours"]):
        start, end = (rows[name].cast("int32").to_numpy() for name in ("start_date", "end_date"))
        own = (start <= last) & (end >= first)
        hours = pc.fill_null(rows["paid_hours"], 0).to_numpy()
        add(total, place[own], hours[own])
    return np.rint(total).astype(np.int32)
