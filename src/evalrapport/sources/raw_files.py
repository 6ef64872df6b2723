"""Opens raw files as batches of columns named as in the contract, whatever their format.

Column names may come in any case and under an older or newer name. Columns of codes come
dictionary-encoded where the format allows it, so that a wide file like DREAM is checked and
translated value by value instead of row by row. Nothing but the contract's columns is read.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from evalrapport.beside import ahead
from evalrapport.contracts.sources import Column, Register
from evalrapport.contracts.sources.names import older_and_newer
from evalrapport.errors import PlainError
from evalrapport.sources import csv_files, sas_files, statistics_files
from evalrapport.sources.findings import Findings

BATCH = 65_536
ENCODED = ("code", "integer", "date")
FORMATS = (".parquet", ".sas7bdat", ".dta", ".sav", ".zsav", ".csv", ".csv.gz")


def file_format(path: Path) -> str:
    """One of FORMATS; PlainError for anything else. A folder holds the parts of a Parquet file."""
    if path.is_dir():
        return ".parquet"
    name = path.name.lower()
    for suffix in FORMATS:
        if name.endswith(suffix):
            return suffix
    raise PlainError(
        f"{path.name}: files must be one of {', '.join(FORMATS)}; convert {path.suffix or 'it'}"
        " first."
    )


def column_names(path: Path) -> list[str]:
    """The names of a file's columns, in file order."""
    kind = file_format(path)
    if kind == ".parquet":
        return list(_parquet_schema(parts(path)[0]).names)
    if kind == ".sas7bdat":
        return sas_files.header(path)
    if kind in (".dta", ".sav", ".zsav"):
        return statistics_files.header(path)
    return csv_files.header(path)[0]


def batches(path: Path, register: Register, findings: Findings | None = None) -> Iterator[pa.Table]:
    """The file's rows as tables of at most some BATCH rows, with the contract's raw names."""
    kind = file_format(path)
    names = match_names(path, column_names(path), register, findings)
    there = list(names.values())
    encoded = [names[c.name] for c in register.columns if c.name in names and c.type in ENCODED]
    found: Iterator[pa.Table]
    if kind == ".parquet":
        found = (part for file in parts(path) for part in _parquet(file, register, names))
    elif kind == ".sas7bdat":
        found = sas_files.batches(path, there)
    elif kind in (".dta", ".sav", ".zsav"):
        found = statistics_files.batches(path, there)
    else:
        found = csv_files.batches(path, there, encoded)
    for part in ahead(found):
        yield pa.table([part.column(name) for name in there], names=list(names))


def match_names(
    path: Path, present: list[str], register: Register, findings: Findings | None = None
) -> dict[str, str]:
    """Name in the file by name in the contract; a PlainError if a required column is missing."""
    lower = {name.strip().lower(): name for name in present}
    if "pnr" not in lower and "lobenr" in lower:
        raise PlainError(
            f"{path.name}: persons are identified by “lobenr” instead of PNR. That is STAR's"
            " anonymous delivery, which can't be joined to other registers; use the delivery with"
            " Statistics Denmark's PNR."
        )
    names: dict[str, str] = {}
    missing: list[str] = []
    for column in register.columns:
        general = register.delivery_of or register.name
        known = (column.name, *older_and_newer(general, column.name))
        found = [lower[name.lower()] for name in known if name.lower() in lower]
        if found:
            names[column.name] = found[0]
        elif not column.optional:
            missing.append(column.name)
    if missing:
        shown = ", ".join(missing[:8]) + (f" and {len(missing) - 8} more" if missing[8:] else "")
        raise PlainError(f"{path.name}: {register.label} lacks the columns {shown}.")
    if findings is not None:
        note_names(path.name, present, names, findings)
    return names


def note_names(file: str, present: list[str], names: dict[str, str], findings: Findings) -> None:
    """Counts columns under another name or case, and those that stand in another order."""
    other = sum(there.lower() != name.lower() for name, there in names.items())
    case = sum(there.lower() == name.lower() and there != name for name, there in names.items())
    places = {name: place for place, name in enumerate(present)}
    order = [places[there] for there in names.values()]
    moved = sum(later < earlier for earlier, later in itertools.pairwise(order))
    findings.note(file, "*", "column_case", case)
    findings.note(file, "*", "column_alias", other)
    findings.note(file, "*", "column_order", moved)


def parts(path: Path) -> list[Path]:
    """The Parquet files that make up one file, by name; of a single file, itself."""
    if not path.is_dir():
        return [path]
    found = sorted(p for p in path.rglob("*.parquet") if not p.name.startswith((".", "_")))
    if not found:
        raise PlainError(f"{path.name}: the folder holds no .parquet files.")
    return found


def _parquet_schema(path: Path) -> pa.Schema:
    try:
        return pq.read_schema(path)
    except pa.ArrowInvalid:
        raise PlainError(f"{path.name}: is no Parquet file, or it is damaged.") from None


def _parquet(path: Path, register: Register, names: dict[str, str]) -> Iterator[pa.Table]:
    """Row groups of one Parquet file."""
    schema = _parquet_schema(path)
    if absent := sorted(set(names.values()) - set(schema.names)):
        raise PlainError(f"{path.name}: this part lacks the columns {', '.join(absent[:8])}.")
    kinds = {column.name: column for column in register.columns}
    encoded = [
        there for name, there in names.items() if _encode(kinds[name], schema.field(there).type)
    ]
    with pq.ParquetFile(path, read_dictionary=encoded) as file:
        yield from _groups(file, list(names.values()))


def _groups(file: pq.ParquetFile, columns: list[str]) -> Iterator[pa.Table | pa.RecordBatch]:
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
