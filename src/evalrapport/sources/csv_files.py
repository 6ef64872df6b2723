"""CSV in blocks: `;`, `,` or tab; UTF-8, Latin-1 or Windows-1252; plain or gzipped.

Only the columns that are asked for are parsed. They are read as bytes, and a block's text is
decoded column by column: as UTF-8, or where that fails as Windows-1252, in which Latin-1's letters
are the same. So a file is read once, however late its first Danish letter comes.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from evalrapport.errors import PlainError
from evalrapport.stripes import cores

BLOCK = 1 << 24  # bytes of text parsed at a time
PART_ROWS = 65_536
PART_BYTES = 1 << 27  # bytes of parsed columns handed on at a time
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def open_bytes(path: Path) -> BinaryIO:
    """The file's bytes, unpacked if its name ends with .gz."""
    if path.suffix.lower() == ".gz":
        return cast(BinaryIO, gzip.open(path, "rb"))
    return path.open("rb")


def header(path: Path) -> tuple[list[str], str]:
    """Column names in file order, and the separator (the likeliest of `;`, `,` and tab)."""
    with open_bytes(path) as file:
        first = file.readline()
    if first[:2] in UTF_16:
        raise PlainError(f"{path.name}: is UTF-16; save it as UTF-8 or Windows-1252.")
    text = decoded(first.rstrip(b"\r\n")).lstrip("\ufeff")
    separator = max(";,\t", key=text.count)
    return [name.strip() for name in next(csv.reader([text], delimiter=separator), [])], separator


def decoded(raw: bytes) -> str:
    """Text of UTF-8, else of Windows-1252 (whose five unused bytes become a mark)."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def batches(path: Path, columns: list[str], encoded: Collection[str]) -> Iterator[pa.Table]:
    """Tables of text columns; those in `encoded` as dictionaries (each distinct text once)."""
    names, separator = header(path)
    waiting: list[pa.RecordBatch] = []
    size = rows = 0
    try:
        for batch in _blocks(path, names, columns, separator):
            waiting.append(batch)
            size, rows = size + batch.nbytes, rows + len(batch)
            if size >= PART_BYTES or rows >= PART_ROWS:
                yield _texts(waiting, encoded)
                waiting, size, rows = [], 0, 0
    except pa.ArrowInvalid:
        # The parser's own message quotes the row, so it is not passed on.
        raise PlainError(
            f"{path.name}: not a table with “{separator}” between cells: "
            "a row has too many or too few of them."
        ) from None
    if waiting:
        yield _texts(waiting, encoded)


def _blocks(
    path: Path, names: list[str], columns: list[str], separator: str
) -> Iterator[pa.RecordBatch]:
    """The chosen columns as bytes, a block of the file at a time."""
    compression = "gzip" if path.suffix.lower() == ".gz" else None
    with pa.input_stream(path, compression=compression) as stream:
        yield from pyarrow.csv.open_csv(
            stream,
            read_options=pyarrow.csv.ReadOptions(
                column_names=names, skip_rows=1, block_size=BLOCK, use_threads=True
            ),
            parse_options=pyarrow.csv.ParseOptions(delimiter=separator),
            convert_options=pyarrow.csv.ConvertOptions(
                include_columns=columns,
                column_types=dict.fromkeys(columns, pa.binary()),
                strings_can_be_null=False,
                check_utf8=False,
            ),
        )


def _texts(parts: list[pa.RecordBatch], encoded: Collection[str]) -> pa.Table:
    """Bytes to text, every distinct value once where the column is encoded."""
    table = pa.Table.from_batches(parts)

    def one(name: str) -> pa.Array:
        raw = table.column(name).combine_chunks()
        if name not in encoded:
            return as_text(raw)
        indices = pc.dictionary_encode(raw)
        return pa.DictionaryArray.from_arrays(indices.indices, as_text(indices.dictionary))

    with ThreadPoolExecutor(cores()) as pool:
        return pa.table(list(pool.map(one, table.column_names)), names=table.column_names)


def as_text(raw: pa.Array) -> pa.Array:
    """Bytes as text: UTF-8, else Windows-1252."""
    try:
        return raw.cast(pa.string())
    except pa.ArrowInvalid:
        return pa.array([None if v is None else decoded(v) for v in raw.to_pylist()], pa.string())
