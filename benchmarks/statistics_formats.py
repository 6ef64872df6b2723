"""Stata and SPSS files against pyreadstat's own reading of the same columns.

Two ratios per format: bare parsing into Arrow, and the whole step with checks, translation and
typed Parquet. The files hold BEF: 13 columns, person numbers as text, codes as numbers, days. SAS
itself writes `.sas7bdat`, and nothing else does, so no file of size can be made here to measure on.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat

import evalrapport.contracts as contracts
from benchmarks import paired
from evalrapport.contracts.sources.bef import REGISTER
from evalrapport.sources import statistics_files, typed_files

ROWS = 150_000
TIMES = 3
PARSING, WHOLE = 1.25, 2.5  # 80 and 40 per cent of pyreadstat's own speed
CODES = {path.stem: path for path in (Path(contracts.__file__).parent / "codes").glob("*.csv")}
PERIOD = next(iter(REGISTER.files))


def people() -> pd.DataFrame:
    """One row a person, in order; values that the contract knows, and a column of no use."""
    number = np.arange(1, ROWS + 1)
    values = {
        **{"KOEN": number % 2 + 1, "ALDER": number % 90, "KOM": 101, "IE_TYPE": 1},
        **{"OPR_LAND": 5100, "CIVST": "U", "ANTBOERNF": number % 4},
    }
    frame = {}
    for column in REGISTER.columns:
        if column.type == "person":
            frame[column.name] = [f"{n:012d}" for n in number]
        elif column.type == "date":
            frame[column.name] = pd.Timestamp("1980-05-17")
        else:
            frame[column.name] = values[column.name]
    return pd.DataFrame(frame).assign(UDEN_BRUG=1.0)


def stata(frame: pd.DataFrame, path: Path) -> Callable[[], object]:
    """Write a Stata file; how pyreadstat reads it."""
    days = {name: "td" for name in frame if frame[name].dtype.kind == "M"}
    frame.to_stata(path, write_index=False, convert_dates=days)
    return lambda: pyreadstat.read_dta(path, usecols=wanted())


def spss(frame: pd.DataFrame, path: Path) -> Callable[[], object]:
    """Write an SPSS file; how pyreadstat reads it."""
    days = [name for name in frame if frame[name].dtype.kind == "M"]
    pyreadstat.write_sav(frame.assign(**{name: frame[name].dt.date for name in days}), path)
    return lambda: pyreadstat.read_sav(path, usecols=wanted())


def wanted() -> list[str]:
    """The columns that are read."""
    return [column.name for column in REGISTER.columns]


def main() -> int:
    """Print the ratios; 1 if one is beyond its limit."""
    late = 0
    with tempfile.TemporaryDirectory() as folder:
        frame = people()
        for suffix, write in ((".dta", stata), (".sav", spss)):
            path = Path(folder) / f"bef{PERIOD}{suffix}"
            bare = write(frame, path)

            def parsing(path: Path = path) -> int:
                return sum(len(part) for part in statistics_files.batches(path, wanted()))

            def whole(path: Path = path) -> None:
                typed_files.write(REGISTER, {PERIOD: path}, CODES, Path(folder) / "typed.parquet")

            for name, action, limit in (
                ("parsing", parsing, PARSING),
                ("checks and Parquet", whole, WHOLE),
            ):
                found = paired.run(action, bare, TIMES)
                print(found.line(f"{suffix} {name}", "pyreadstat", limit))
                late += statistics.median(found.ratios) > limit
    return 1 if late else 0
