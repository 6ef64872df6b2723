"""What the registers said of everybody of the effect analysis's ages at the turn of the year.

SFI 15:10, chapter 5: who a person is, family and partner, education and that of the parents of
those under 30, home and local unemployment, and, where their registers are there, earlier job,
health, housing and enrolment. None of it depends on the start date, so it is made once for all
redraws.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from evalrapport.contracts.covariates import EFFECT_BACKGROUND
from evalrapport.datasets import (
    background_area,
    background_family,
    background_health,
    background_homes,
    background_jobs,
    background_origin,
)
from evalrapport.datasets.covariate_functions import of_year
from evalrapport.datasets.files import write
from evalrapport.datasets.people import (
    EducationRules,
    education_of,
    education_period,
    population_period,
    read_education_rules,
    read_period,
    require_periods,
)
from evalrapport.step import Job
from evalrapport.stripes import cores

Array = npt.NDArray[Any]
FROM_BEF = [
    *("sex", "age", "origin_type", "origin_country", "civil_status", "children"),
    *("municipality_code", "birth_date", "first_immigration"),
    *("partner_id", "mother_id", "father_id"),
]


def everybody(bef: Path, year: int) -> pd.DataFrame:
    """All residents primo the year, children too, ascending by person_id; missing ids are 0."""
    period = population_period(year)
    require_periods(bef, "BEF", {period})
    table = pq.read_table(
        bef, columns=["person_id", *FROM_BEF], filters=pc.field("period") == period
    )
    columns: dict[str, Any] = {}
    for name in table.column_names:
        column = table[name]
        if name.endswith("_id"):
            column = pc.fill_null(column, 0)
        elif pa.types.is_date(column.type):
            column = column.cast(pa.int32())
        elif pa.types.is_string(column.type):
            columns[name] = column.dictionary_encode().to_pandas()
            continue
        columns[name] = column.to_numpy()
    people = pd.DataFrame(columns)
    if not people["person_id"].is_monotonic_increasing:
        people = people.sort_values("person_id", ignore_index=True)
    return people


def with_education(
    people: pd.DataFrame, udda: Path, year: int, rules: EducationRules
) -> pd.DataFrame:
    """education_level (as table 3.6 groups it) and education_code, primo October before."""
    period = education_period(year)
    require_periods(udda, "UDDA", {period})
    found = read_period(
        udda, period, None, ["education_source", "education_level", "education_code"]
    )
    level = education_of(people, found, rules)
    ids = (frame["person_id"].to_numpy() for frame in (found, people))
    place = background_family.place_of(*ids)
    code = np.where(place >= 0, found["education_code"].to_numpy()[place], 0)
    return people.assign(education_level=level, education_code=code)


def with_fields(people: pd.DataFrame, path: Path) -> pd.DataFrame:
    """education_field by code; "" for those without a vocational or higher education.

    What an immigrant reported is disregarded for the field as for the level.
    """
    fields = pd.read_csv(path).set_index("code")["field"]
    field = people["education_code"].map(fields).fillna("")
    return people.assign(education_field=field.where(people["education_level"] != "uoplyst", ""))


def background(job: Job) -> pd.DataFrame:
    """All declared covariates of the turn of the year, of those of the analysis's ages."""
    effect = job.settings["effect"]
    year = date.fromisoformat(str(effect["first_day"])).year
    rules = read_education_rules(job.input["education_levels"], job.input["education_sources"])
    everyone = everybody(job.input["bef"], year)
    everyone = with_education(everyone, job.input["udda"], year, rules)
    of_age = everyone["age"].between(effect["min_age"], effect["max_age"])
    people = everyone[of_age].reset_index(drop=True)
    people = with_fields(people, job.input["education_fields"])
    ids = people["person_id"].to_numpy()
    asked: list[Callable[[], list[dict[str, Any]]]] = [
        lambda: [background_area.area(people, everyone, job, year)],
        lambda: background_health.read(ids, job, year),
        lambda: background_jobs.read(ids, job, year),
        lambda: background_homes.read(ids, job, year),
        lambda: [background_family.families(people, everyone)],
        lambda: [background_origin.origins(people, year, job.input["origin_countries"])],
    ]
    with ThreadPoolExecutor(cores()) as pool:
        parts = [part for found in pool.map(lambda ask: ask(), asked) for part in found]
    return people.assign(**{name: column for part in parts for name, column in part.items()})


def step(job: Job) -> None:
    """BEF, UDDA, DREAM and the optional registers → one row per person of the ages analysed."""
    people = background(job)
    columns = {"person_id": people["person_id"].to_numpy(), **of_year(people)}
    write(columns, EFFECT_BACKGROUND, job.output["effect_background"])
