"""A tiny country in the typed layouts: DREAM, BEF and UDDA with a handful of people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from evalrapport.datasets.benefits import Benefits, benefits_from
from evalrapport.dates import month_column, months_between, week_column, weeks_between

WEEKS = [week_column(*week) for week in weeks_between((2007, 1), (2014, 17))]
MONTHS = [month_column("branche", *month) for month in months_between((2008, 1), (2014, 4))]
QUARTERS = [f"match_{quarter}kv{year}" for year in range(2008, 2015) for quarter in (1, 2, 3, 4)]

MakeDream = Callable[[dict[int, dict[str, int]]], Path]


@pytest.fixture
def benefits() -> Benefits:
    """Four codes: dagpenge, SU (no public support), kontanthjælp, folkepension."""
    return benefits_from(
        pd.Series([111, 651, 730, 998]),
        pd.Series(["a_dagpenge", "su", "kontanthjaelp", "uden_for"]),
        pd.Series([True, False, True, False]),
    )


@pytest.fixture
def make_dream(tmp_path: Path) -> MakeDream:
    """Write a DREAM file: person → {column: value}, all else 0; two people per row group."""

    def make(people: dict[int, dict[str, int]]) -> Path:
        ids = sorted(people)
        types = [(WEEKS, np.uint16), (MONTHS, np.int32), (QUARTERS, np.uint8)]
        columns = {
            column: np.array([people[i].get(column, 0) for i in ids], dtype=kind)
            for names, kind in types
            for column in names
        }
        table = pa.table({"person_id": np.array(ids, dtype=np.int64), **columns})
        pq.write_table(table, tmp_path / "dream.parquet", row_group_size=2)
        return tmp_path / "dream.parquet"

    return make


@pytest.fixture
def make_bef(tmp_path: Path) -> Callable[[list[tuple]], Path]:
    """Write BEF from rows (period, person, birth date, age, sex, origin type)."""

    def make(rows: list[tuple]) -> Path:
        frame = pd.DataFrame(
            rows, columns=["period", "person_id", "birth_date", "age", "sex", "origin_type"]
        )
        frame["birth_date"] = pd.to_datetime(frame["birth_date"]).dt.date
        frame["origin_country"] = 5100
        frame.to_parquet(tmp_path / "bef.parquet")
        return tmp_path / "bef.parquet"

    return make


@pytest.fixture
def make_udda(tmp_path: Path) -> Callable[[list[tuple]], Path]:
    """Write UDDA from rows (period, person, source, level)."""

    def make(rows: list[tuple]) -> Path:
        names = ["period", "person_id", "education_source", "education_level"]
        pd.DataFrame(rows, columns=names).to_parquet(tmp_path / "udda.parquet")
        return tmp_path / "udda.parquet"

    return make
