"""Stata, SPSS and SAS files against pyreadstat's own reading of the same columns.

Two ratios per format: bare parsing into Arrow, and the whole step with checks, translation and
typed Parquet. The Stata and SPSS files hold BEF: 13 columns, person numbers as text, codes as
numbers, days. Nothing but SAS writes `.sas7bdat`, so the SAS file is a small real one of seven
columns, enlarged (see sas_pages.py); pyreadstat is told to leave its days and hours as numbers.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyreadstat

import evalrapport.contracts as contracts
from benchmarks import sas_pages
from benchmarks.reading import beyond
from evalrapport.contracts.sources.bef import REGISTER
from evalrapport.contracts.sources.declaration import Column, Register
from evalrapport.sources import sas_files, statistics_files, typed_files

ROWS = 150_000
TIMES = 3
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


SAS_SAMPLE = Path(__file__).parents[1] / "tests/sources/data/sas/sample.sas7bdat"
SAS_ROWS = 500_000
SAS_WIDTH = 56  # bytes of a row


def sas_register() -> Register:
    """The columns of the SAS file: a person number, text, codes, a day as seconds, numbers."""

    def column(name: str, type_: str, storage: str, **more: object) -> Column:
        return Column(name, name.lower(), type_, storage, name, "", nullable=True, **more)  # type: ignore[arg-type]

    columns = (
        Column("MYNUM", "person_id", "person", "int64", "PNR", ""),
        column("MYCHAR", "text", "string"),
        column("MYDATE", "integer", "int32"),
        column("DTIME", "date", "date32"),
        column("MYLABL", "code", "uint8", codes={"1": 1, "2": 2}),
        column("MYORD", "code", "uint8", codes={"1": 1, "2": 2, "3": 3}),
        column("MYTIME", "decimal", "double", low=0, high=86_400),
    )
    return Register("sas", "SAS", "", {"": "sas"}, columns, ("person_id",), "")


Case = tuple[Path, Register, Callable[[], object], Callable[[], object]]


def cases(folder: Path) -> Iterator[Case]:
    """Per format: its file, what is read of it, pyreadstat's reading, and our bare parsing."""
    frame = people()
    for suffix, write in ((".dta", stata), (".sav", spss)):
        path = folder / f"bef{PERIOD}{suffix}"
        bare = write(frame, path)
        yield path, REGISTER, bare, lambda p=path: rows(statistics_files.batches(p, wanted()))
    path, register = folder / "sas.sas7bdat", sas_register()
    sas_pages.enlarge(SAS_SAMPLE, path, SAS_ROWS, "mynum")
    names = [column.name.lower() for column in register.columns]
    yield (
        path,
        register,
        lambda: pyreadstat.read_sas7bdat(path, usecols=names, disable_datetime_conversion=True),
        lambda: rows(sas_files.batches(path, names)),
    )


def rows(parts: Iterator[pa.Table]) -> int:
    """The rows of all blocks."""
    return sum(len(part) for part in parts)


def main() -> int:
    """Print the ratios; 1 if one is beyond its limit."""
    late = 0
    with tempfile.TemporaryDirectory() as folder:
        typed = Path(folder) / "typed.parquet"
        for path, register, bare, parsing in cases(Path(folder)):
            (period,) = list(register.files)[:1]

            def whole(
                path: Path = path, register: Register = register, period: str = period
            ) -> None:
                typed_files.write(register, {period: path}, CODES, typed)

            late += beyond(path.suffix, parsing, whole, bare, "pyreadstat", TIMES)
    return 1 if late else 0
