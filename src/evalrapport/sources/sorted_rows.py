"""Sorts rows that are too many for memory, and drops the same row twice.

Blocks are gathered into runs; a run is sorted and, if another follows, put on disk. In the end the
runs are merged by ranges of the sorting key, so memory holds one run or one range, whatever the
number of rows, and time grows with the rows (and the logarithm of a run).
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

RUN_BYTES = 1 << 29
GROUP = 16_384


@dataclass
class SortedRows:
    """Takes blocks in any order, gives them back sorted by `by` (whole numbers first or text)."""

    by: tuple[str, ...]
    folder: Path
    run_bytes: int = RUN_BYTES
    held: list[pa.Table] = field(default_factory=list)
    size: int = 0
    runs: list[Path] = field(default_factory=list)
    in_order: bool = True
    last: Any = None

    def add(self, table: pa.Table) -> None:
        """Take a block."""
        if len(table):
            self._watch(table.column(self.by[0]))
            self.held.append(table)
            self.size += table.nbytes
        if self.size >= self.run_bytes:
            self._spill()

    def _watch(self, keys: pa.ChunkedArray) -> None:
        """Notice whether the first key only grows."""
        values = np.asarray(keys.drop_null())
        if len(values) and self.in_order:
            late = self.last is not None and values[0] < self.last
            self.in_order = not late and bool((values[1:] >= values[:-1]).all())
            self.last = values[-1]

    def _sorted(self) -> pa.Table:
        table = pa.concat_tables(self.held)
        return table.sort_by([(name, "ascending") for name in self.by])

    def _spill(self) -> None:
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=".run-", suffix=".parquet")
        os.close(handle)
        path = Path(name)
        pq.write_table(self._sorted(), path, row_group_size=GROUP, compression="lz4")
        self.runs.append(path)
        self.held, self.size = [], 0

    def tables(self) -> Iterator[pa.Table]:
        """All rows, sorted; the runs on disk are removed at the end."""
        if not self.runs:
            if self.held:
                yield self._sorted()
            return
        if self.held:
            self._spill()
        try:
            yield from self._merged()
        finally:
            self.close()

    def close(self) -> None:
        """Remove the runs on disk."""
        for path in self.runs:
            path.unlink(missing_ok=True)
        self.runs = []

    def _merged(self) -> Iterator[pa.Table]:
        """Range by range: the rows of all runs up to a bound that every run has been read to."""
        readers = [_Run(path) for path in self.runs]
        order = [(name, "ascending") for name in self.by]
        try:
            while open_ := [run for run in readers if run.fill()]:
                bound = min(run.top(self.by[0]) for run in open_)
                parts = [run.take(self.by[0], bound) for run in open_]
                whole = pa.concat_tables([part for part in parts if len(part)])
                yield whole.sort_by(order)
        finally:
            for run in readers:  # Windows removes no file that somebody has open
                run.file.close()


class _Run:
    """A sorted run on disk, read a row group at a time."""

    def __init__(self, path: Path) -> None:
        # Buffering ahead would hold the whole run: memory must not grow with the number of runs.
        self.file = pq.ParquetFile(path, pre_buffer=False)
        self.groups = self.file.iter_batches(GROUP)
        self.rest: pa.Table | None = None
        self.more = True
        self.whole: Any = None  # the largest key of which all rows are at hand

    def fill(self) -> bool:
        """Make sure that rows are at hand; False at the end."""
        while self.more and (self.rest is None or not len(self.rest)):
            self._next()
        return self.rest is not None and len(self.rest) > 0

    def _next(self) -> None:
        batch = next(self.groups, None)
        if batch is None:
            self.more = False
            return
        table = pa.Table.from_batches([batch])
        # A slice without rows still holds the memory of those it was cut from: it is not kept.
        kept = [self.rest] if self.rest is not None and len(self.rest) else []
        self.rest = pa.concat_tables([*kept, table])

    def top(self, key: str) -> Any:
        """The largest key at hand. All rows with it are brought in, so that none is torn apart."""
        assert self.rest is not None
        first: Any = self.rest.column(key)[0].as_py()
        if self.whole is None or first > self.whole:
            self.whole = last = self.rest.column(key)[-1].as_py()
            while self.more and self.rest.column(key)[-1].as_py() == last:
                self._next()
        return self.whole  # still to be taken: nothing more is read for it

    def take(self, key: str, bound: int | str) -> pa.Table:
        """Remove and return the rows up to the bound."""
        assert self.rest is not None
        inside = pc.sum(pc.less_equal(self.rest.column(key), bound)).as_py() or 0
        part, self.rest = self.rest.slice(0, inside), self.rest.slice(inside)
        return part


def without_twins(table: pa.Table, key: tuple[str, ...]) -> tuple[pa.Table, int, int]:
    """(rows without exact repeats, repeats dropped, rows with the same key but other content).

    `table` is sorted by `key`.
    """
    if len(table) < 2:
        return table, 0, 0
    same = _equal_to_former(table, key)
    if not same.any():
        return table, 0, 0
    places = np.flatnonzero(same)
    former = table.take(places - 1)
    latter = table.take(places)
    alike = np.ones(len(places), dtype=bool)
    for name in table.column_names:
        alike &= _alike(former.column(name), latter.column(name))
    keep = np.ones(len(table), dtype=bool)
    keep[places[alike]] = False
    return table.filter(pa.array(keep)), int(alike.sum()), int((~alike).sum())


def _equal_to_former(table: pa.Table, key: tuple[str, ...]) -> np.ndarray:
    """Which rows have the same key as the row before; a missing key is like no other."""
    same = np.ones(len(table) - 1, dtype=bool)
    for name in key:
        column = table.column(name).combine_chunks()
        same &= np.asarray(pc.fill_null(pc.equal(column[1:], column[:-1]), False))
    return np.concatenate([[False], same])


def _alike(first: pa.ChunkedArray, second: pa.ChunkedArray) -> np.ndarray:
    equal = pc.fill_null(pc.equal(first, second), False)
    both = pc.and_(pc.is_null(first), pc.is_null(second))
    return np.asarray(pc.or_(equal, both))
