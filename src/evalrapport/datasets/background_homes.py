"""Housing (BOLIG, PERBOLIG) and enrolment (KOTO or KOTRE) at the turn of the year."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from evalrapport.datasets.enrolment import spells
from evalrapport.datasets.register_rows import rows_of
from evalrapport.step import Job

Array = npt.NDArray[Any]
YEARS_SINCE_LEFT = 2


def read(persons: Array, job: Job, year: int) -> list[dict[str, Any]]:
    """The columns of the registers that are there, one dict per register, (people,) each."""
    found: list[dict[str, Any]] = []
    if "bolig" in job.input and "perbolig" in job.input:
        found.append(homes(persons, job.input["bolig"], job.input["perbolig"], year))
    if "koto" in job.input:
        found.append(enrolment(persons, job.input["koto"], year))
    return found


def homes(persons: Array, bolig: Path, perbolig: Path, year: int) -> dict[str, Array]:
    """tenure (BOLIG's code, 0 without a dwelling) and residents of each person's dwelling."""
    period = pc.field("period") == (year - 1) * 100 + 12
    dwellings = pq.read_table(bolig, columns=["dwelling_id", "tenure", "residents"], filters=period)
    ids = dwellings["dwelling_id"].combine_chunks()
    tenure, residents = (dwellings[name].to_numpy() for name in ("tenure", "residents"))
    found = {name: np.zeros(len(persons), dtype=np.int16) for name in ("tenure", "residents")}
    places, homes_ = [], []
    for place, rows in rows_of(perbolig, persons, ["period", "dwelling_id"]):
        own = np.flatnonzero(rows["period"].to_numpy() == (year - 1) * 100 + 12)
        places.append(place[own])
        homes_ += rows["dwelling_id"].take(pa.array(own)).chunks
    place = np.concatenate(places) if places else np.zeros(0, dtype=np.int64)
    at = pc.index_in(pa.chunked_array(homes_, pa.string()), value_set=ids)
    row = pc.fill_null(at, -1).to_numpy()
    known = row >= 0
    found["tenure"][place[known]] = tenure[row[known]]
    found["residents"][place[known]] = residents[row[known]]
    return found


def enrolment(persons: Array, path: Path, year: int) -> dict[str, Array]:
    """enrolled on 1 January, and left_education in the two years before; 0 or 1."""
    place, start, end = spells(path, persons)
    primo, before = (
        (date(when, 1, 1) - date(1970, 1, 1)).days for when in (year, year - YEARS_SINCE_LEFT)
    )
    found = {
        name: np.zeros(len(persons), dtype=np.uint8) for name in ("enrolled", "left_education")
    }
    found["enrolled"][place[(start <= primo) & (end >= primo)]] = 1
    found["left_education"][place[(end >= before) & (end < primo)]] = 1
    return found
