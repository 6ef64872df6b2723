"""A SAS data set of any size from a small real one, as nothing but SAS writes them from scratch.

SAS's own header and metadata are kept; its first page is filled with rows, and pages of rows follow
it as the format lays them out (the layout as read by ReadStat and pandas). Real rows are repeated;
one column of numbers is numbered, so that rows differ. Two readers that know nothing of each other
read the same from it (tests/benchmarks).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas.io.sas.sas7bdat as sas7bdat

POINTERS = 8  # from the page header's three counts to the subheaders' pointers, or to the rows
DATA_PAGE = 0x0100
ROW_SIZE_SUBHEADER = b"\xf7\xf7\xf7\xf7\x00\x00\x00\x00"
BLOCK = 256  # pages written at a time


def enlarge(source: Path, target: Path, rows: int, numbered: str) -> None:
    """Write `target`: `source` (64 bits, little-endian, not compressed, one page) with `rows` rows.

    `numbered` is the column that gets the numbers 1, 2, 3 … Raises ValueError for another kind.
    """
    raw = bytearray(source.read_bytes())
    reader = sas7bdat.SAS7BDATReader(source, encoding="infer", convert_dates=False)
    try:
        size, start, few = reader._page_length, reader.header_length, reader.row_count
        width, first = reader.row_length, reader._mix_page_row_count
        head = reader._page_bit_offset
        at = reader._column_data_offsets[list(reader.column_names).index(numbered)]
        if not reader.U64 or reader.byte_order != "<" or reader.compression:
            raise ValueError(f"{source.name}: this kind of file can't be enlarged.")
    finally:
        reader.close()
    page = raw[start : start + size]
    pointers = struct.unpack_from("<H", page, head + 4)[0]
    place = head + POINTERS + pointers * 24
    place += place % 8
    known = np.frombuffer(bytes(page[place : place + few * width]), np.uint8).reshape(few, width)
    per_page = (size - head - POINTERS) // width
    pages = -(-max(rows - first, 0) // per_page)
    set_counts(raw, page, rows, few, 1 + pages)
    own = made(known, 0, min(first, rows), at)
    page[place : place + len(own)] = own
    struct.pack_into("<H", page, head + 2, pointers + min(first, rows))
    with target.open("wb") as file:
        file.write(raw[:start] + page)
        for block in data_pages(known, (first, rows), (size, head, per_page), at):
            file.write(block)


def set_counts(raw: bytearray, page: bytearray, rows: int, few: int, pages: int) -> None:
    """The number of rows in the metadata and of pages in the header."""
    found = page.index(ROW_SIZE_SUBHEADER) + 6 * 8
    if struct.unpack_from("<q", page, found)[0] != few:
        raise ValueError("the metadata is not laid out as expected.")
    struct.pack_into("<q", page, found, rows)
    aligned = 4 if raw[35:36] == b"3" else 0
    struct.pack_into("<q", raw, 204 + aligned, pages)


def made(known: np.ndarray, start: int, stop: int, at: int) -> bytes:
    """The bytes of the rows from `start` to `stop`."""
    number = np.arange(start, stop)
    rows = known[number % len(known)].copy()
    rows[:, at : at + 8] = (number + 1).astype("<f8").view(np.uint8).reshape(-1, 8)
    return rows.tobytes()


def data_pages(
    known: np.ndarray, bounds: tuple[int, int], layout: tuple[int, int, int], at: int
) -> Iterator[bytes]:
    """Pages of rows, some at a time."""
    (start, stop), (size, head, per_page) = bounds, layout
    width = known.shape[1]
    while start < stop:
        count = min(stop - start, BLOCK * per_page)
        body = made(known, start, start + count, at)
        out = bytearray()
        for first in range(0, count, per_page):
            there = min(per_page, count - first)
            page = bytearray(size)
            struct.pack_into("<HHH", page, head, DATA_PAGE, there, 0)
            offset = head + POINTERS
            page[offset : offset + there * width] = body[first * width : (first + there) * width]
            out += page
        yield bytes(out)
        start += count
