"""Local unemployment, region, and what DREAM says of the year before: of areas and of partners.

SFI 15:10, chapter 5: the rate of unemployment in the commuting area (footnote 28: those of
Graversen m.fl. 2013, whose list is not public).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalrapport.datasets.background_family import place_of
from evalrapport.datasets.benefits import Benefits, look_up, read_benefits
from evalrapport.datasets.dream_columns import chunks_of
from evalrapport.dates import month_column, week_column, weeks_between
from evalrapport.errors import PlainError
from evalrapport.step import Job

Array = npt.NDArray[Any]
LOW, HIGH = 16, 64
JOB_READY = range(130, 140)  # DREAM codes of kontanthjælp to those who are ready for a job


def areas(municipalities: Path, own: Path | None) -> pd.Series:
    """Commuting area by municipality: of the analyst's file, else Statistics Denmark's province.

    Raises:
        PlainError: a file without the columns code and area, or that lacks municipalities.
    """
    listed = pd.read_csv(municipalities).set_index("code")
    if own is None:
        province: pd.Series = listed["province"]
        return province
    given = pd.read_csv(own)
    if not {"code", "area"} <= set(given.columns):
        raise PlainError(f"{own.name}: the columns must be code (municipality) and area.")
    lacking = sorted(set(listed.index) - set(given["code"]))
    if lacking:
        raise PlainError(
            f"{own.name}: no area for {len(lacking)} municipalities, such as {lacking[0]}."
        )
    found: pd.Series = given.set_index("code")["area"]
    return found


def by_code(table: pd.Series, codes: pd.Series) -> pd.Series:
    """`codes.map(table)` for small whole numbers; NaN for a code that the table lacks."""
    values = table.reindex(range(int(codes.max()) + 1)).to_numpy()
    return pd.Series(values[codes.to_numpy()], index=codes.index)


def unemployed(codes: Array, benefits: Benefits) -> Array:
    """Whether a code is that of an unemployed person: a-dagpenge, or kontanthjælp and job-ready."""
    insured = benefits.group[codes] == benefits.groups.index("a_dagpenge")
    return insured | np.isin(codes, JOB_READY)


def year_before(persons: Array, job: Job, year: int, benefits: Benefits) -> dict[str, Array]:
    """Of everybody: unemployed in the last week of the year before, weeks supported, months
    employed in it. Who isn't in DREAM has none."""
    weeks = [week_column(*week) for week in weeks_between((year - 1, 1), last_week(year - 1))]
    months = [month_column("branche", year - 1, month) for month in range(1, 13)]
    found = {
        name: np.zeros(len(persons), dtype=np.int16)
        for name in ("unemployed", "weeks_supported", "months_employed")
    }
    for rows, (codes, industries) in chunks_of(job.input["dream"], [weeks, months], persons):
        found["unemployed"][rows] = unemployed(codes[:, -1], benefits)
        found["weeks_supported"][rows] = look_up(benefits.supported, codes).sum(axis=1)
        found["months_employed"][rows] = (industries != 0).sum(axis=1)
    return found


def last_week(year: int) -> tuple[int, int]:
    """The last ISO week of a year (28 December always lies in it)."""
    iso = date(year, 12, 28).isocalendar()
    return iso.year, iso.week


def area(people: pd.DataFrame, everyone: pd.DataFrame, job: Job, year: int) -> dict[str, Any]:
    """region, area_unemployment (per mille), and the partner's year in DREAM; (people,) each."""
    benefits = read_benefits(job.input["benefit_codes"], job.settings["benefit_grouping"])
    ids = everyone["person_id"].to_numpy()
    dream = year_before(ids, job, year, benefits)
    by_place = areas(job.input["municipalities"], job.input.get("commuting_areas"))
    of_area = by_code(by_place, everyone["municipality_code"])
    working = everyone["age"].between(LOW, HIGH)
    rate = pd.Series(dream["unemployed"])[working.to_numpy()].groupby(of_area[working]).mean()
    regions = pd.read_csv(job.input["municipalities"]).set_index("code")["region_code"]
    mate = place_of(ids, people["partner_id"].to_numpy())
    there = (mate >= 0) & (people["partner_id"].to_numpy() > 0)
    own_area = by_code(by_place, people["municipality_code"])
    return {
        "region": by_code(regions, people["municipality_code"]).fillna(0).astype(np.int16),
        "area_unemployment": (1000 * own_area.map(rate)).round().fillna(0).astype(np.int16),
        **{
            f"partner_{name}": np.where(there, dream[name][mate], 0)
            for name in ("weeks_supported", "months_employed")
        },
    }
