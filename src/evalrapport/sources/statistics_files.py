"""Stata (.dta) and SPSS (.sav, .zsav) data sets in blocks of rows; only the chosen columns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from evalrapport.errors import PlainError

ROWS = 65_536
CELLS = 1 << 24
# ReadStat starts again from the file's beginning for each further block of an SPSS file. So a block
# is as large as memory allows: a survey or a register of few columns comes in one.
SPSS_CELLS = 1 << 27


def header(path: Path) -> list[str]:
    """Column names in file order."""
    if path.suffix.lower() == ".dta":
        with _stata(path) as reader:
            return [str(name) for name in reader.variable_labels()]
    import pyreadstat

    try:
        _, about = pyreadstat.read_sav(path, metadataonly=True)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError):
        raise PlainError(f"{path.name}: is no SPSS data set, or it is damaged.") from None
    return list(about.column_names)


def batches(path: Path, columns: list[str]) -> Iterator[pa.Table]:
    """Tables of the chosen columns: text, numbers, days."""
    parts = _stata_parts if path.suffix.lower() == ".dta" else _spss_parts
    for frame in parts(path, columns):
        yield pa.Table.from_pandas(frame, preserve_index=False).select(columns)


def _stata(path: Path) -> Any:
    from pandas.io.stata import StataReader

    try:
        return StataReader(path, convert_categoricals=False, preserve_dtypes=True).__enter__()
    except (ValueError, EOFError, KeyError):
        raise PlainError(f"{path.name}: is no Stata data set, or it is damaged.") from None


def _stata_parts(path: Path, columns: list[str]) -> Iterator[Any]:
    rows = max(1, min(ROWS, CELLS // max(len(columns), 1)))
    with _stata(path) as reader:
        try:
            while len(frame := reader.read(rows, columns=columns)):
                yield frame
        except StopIteration:
            return
        except (ValueError, EOFError):
            raise PlainError(f"{path.name}: is damaged or not whole; copy it again.") from None


def _spss_parts(path: Path, columns: list[str]) -> Iterator[Any]:
    import pyreadstat

    _, about = pyreadstat.read_sav(path, metadataonly=True)
    rows = max(ROWS, SPSS_CELLS // max(len(columns), 1))
    start, end = 0, about.number_rows
    while True:
        frame, _ = pyreadstat.read_sav(
            path, usecols=columns, row_offset=start, row_limit=rows, user_missing=False
        )
        if len(frame):
            yield frame
        start += len(frame)
        # Some programs write no number of rows; there, a block that is not full is the last.
        if len(frame) < rows or (end is not None and 0 <= end <= start):
            return
