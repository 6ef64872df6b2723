"""Opens raw files, Parquet or CSV, as batches of columns named as in the contract.

Column names may come in any case. Text columns of Parquet come dictionary-encoded, so that a wide
file like DREAM is checked and translated value by value instead of row by row.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from evalrapport.contracts.sources import Column, Register
from evalrapport.errors import PlainError

BATCH = 65_536
ENCODED = ("code", "integer")


def batches(path: Path, register: Register) -> Iterator[pa.Table]:
    """The file's rows as tables of at most BATCH rows, with the contract's raw column names."""
    if path.suffix == ".parquet":
        yield from _parquet(path, register)
    elif path.suffix == ".csv":
        yield from _csv(path, register)
    else:
        raise PlainError(
            f"{path.name}: files must be .parquet or .csv; convert {path.suffix or 'it'} first."
        )


def match_names(path: Path, present: list[str], register: Register) -> dict[str, str]:
    """Name in the file by name in the contract; a PlainError if a required column is missing."""
    lower = {name.strip().lower(): name for name in present}
    if "pnr" not in lower and "lobenr" in lower:
        raise PlainError(
            f"{path.name}: persons are identified by “lobenr” instead of PNR. That is STAR's"
            " anonymous delivery, which can't be joined to other registers; use the delivery with"
            " Statistics Denmark's PNR."
        )
    wanted = {column.name: column for column in register.columns}
    missing = [
        name for name, column in wanted.items() if name.lower() not in lower and not column.optional
    ]
    if missing:
        shown = ", ".join(missing[:8]) + (f" and {len(missing) - 8} more" if missing[8:] else "")
        raise PlainError(f"{path.name}: {register.label} lacks the columns {shown}.")
    return {name: lower[name.lower()] for name in wanted if name.lower() in lower}


def _parquet(path: Path, register: Register) -> Iterator[pa.Table]:
    """Row groups of a Parquet file; nothing but the contract's columns is read."""
    names = match_names(path, pq.ParquetFile(path).schema_arrow.names, register)
    kinds = {column.name: column for column in register.columns}
    schema = pq.ParquetFile(path).schema_arrow
    encoded = [
        there for name, there in names.items() if _encode(kinds[name], schema.field(there).type)
    ]
    file = pq.ParquetFile(path, read_dictionary=encoded)
    for part in _parts(file, list(names.values())):
        yield pa.table([part.column(there) for there in names.values()], names=list(names))


def _parts(file: pq.ParquetFile, columns: list[str]) -> Iterator[pa.Table | pa.RecordBatch]:
    """Whole row groups where they are small (read on several threads), else batches of them."""
    for group in range(file.num_row_groups):
        if file.metadata.row_group(group).num_rows <= BATCH:
            yield file.read_row_group(group, columns=columns)
        else:
            yield from file.iter_batches(BATCH, [group], columns)


def _encode(column: Column, stored: pa.DataType) -> bool:
    """Whether a column is worth reading as a dictionary."""
    if pa.types.is_dictionary(stored):
        stored = stored.value_type
    text = pa.types.is_string(stored) or pa.types.is_large_string(stored)
    return text and column.type in ENCODED


def _csv(path: Path, register: Register) -> Iterator[pa.Table]:
    """A CSV file as text columns; the separator is read off the header."""
    data = path.read_bytes()
    encoding = "utf-8"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        encoding = "cp1252"  # exported from Danish Windows
    header = data.split(b"\n", 1)[0].decode(encoding).lstrip("\ufeff").rstrip("\r")
    separator = ";" if header.count(";") >= header.count(",") else ","
    present = [name.strip('"') for name in header.split(separator)]
    names = match_names(path, present, register)
    try:
        table = pyarrow.csv.read_csv(
            path,
            read_options=pyarrow.csv.ReadOptions(
                encoding=encoding, column_names=present, skip_rows=1
            ),
            parse_options=pyarrow.csv.ParseOptions(delimiter=separator),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(present, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid as error:
        raise PlainError(f"{path.name}: not a table with “{separator}” between cells.") from error
    chosen = table.select(list(names.values())).rename_columns(list(names))
    for start in range(0, len(chosen), BATCH):
        yield chosen.slice(start, BATCH).combine_chunks()
