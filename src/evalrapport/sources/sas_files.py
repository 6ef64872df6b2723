"""SAS data sets (.sas7bdat), plain or compressed, in one pass and in blocks.

The parser is pandas' own, told beforehand to decode only the chosen columns: it reads each page
once and writes text straight into Arrow buffers, which is many times faster than ReadStat, whose
chunks start again from the file's beginning.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas.io.sas.sas7bdat as sas7bdat
import pyarrow as pa

from evalrapport.errors import PlainError

ROWS = 65_536
CELLS = 1 << 24  # cells decoded at a time
# What pandas keeps of each column; one list per property, all in file order.
PER_COLUMN = (
    *("_column_types", "_column_data_offsets", "_column_data_lengths", "_column_convert_types"),
    *("column_names", "column_formats", "columns"),
)


def open_file(path: Path) -> Any:
    """The reader, with metadata read; dates stay numbers (the contract says what is a date)."""
    try:
        reader: Any = sas7bdat.SAS7BDATReader  # its stubs lag behind
        return reader(path, encoding="infer", convert_dates=False)
    except (ValueError, KeyError, IndexError, EOFError):
        raise PlainError(f"{path.name}: is no SAS data set, or it is damaged.") from None


def header(path: Path) -> list[str]:
    """Column names in file order."""
    reader = open_file(path)
    try:
        return [str(name) for name in reader.column_names]
    finally:
        reader.close()


def keep(reader: Any, columns: list[str]) -> None:
    """Tell the reader to decode these columns only."""
    wanted = set(columns)
    places = [i for i, name in enumerate(reader.column_names) if str(name) in wanted]
    for property_ in PER_COLUMN:
        values = getattr(reader, property_)
        setattr(reader, property_, [values[place] for place in places])
    reader.column_count = len(places)
    reader._metadata_at_open = reader._metadata_signature()


def batches(path: Path, columns: list[str]) -> Iterator[pa.Table]:
    """Tables of the chosen columns: text, or numbers with null for SAS's missing values."""
    reader = open_file(path)
    try:
        keep(reader, columns)
        rows = max(1, min(ROWS, CELLS // max(len(columns), 1)))
        read = 0
        while read < reader.row_count:
            frame = reader.read(min(rows, reader.row_count - read))
            if not len(frame):
                break
            read += len(frame)
            yield pa.Table.from_pandas(frame, preserve_index=False).select(columns)
    except (ValueError, UnicodeDecodeError):
        raise PlainError(f"{path.name}: is damaged or not whole; copy it again.") from None
    finally:
        reader.close()
    if read != reader.row_count:
        raise PlainError(f"{path.name}: ends before its last row; copy it again.")
