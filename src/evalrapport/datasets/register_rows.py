"""Reads rows of a register row group by row group, with the place of each row's person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

Array = npt.NDArray[Any]


def rows_of(path: Path, persons: Array, columns: Sequence[str]) -> Iterator[tuple[Array, pa.Table]]:
    """The rows of some people.

    Args:
        persons: ascending person ids.

    Yields:
        (each row's place in `persons`, the rows with `columns`), for a chunk of rows.
    """
    with pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            table = file.read_row_group(group, columns=["person_id", *columns])
            ids = table["person_id"].to_numpy()
            place, known = located(persons, ids)
            kept = np.flatnonzero(known)
            if len(kept):
                yield place[kept], table if len(kept) == len(ids) else table.take(pa.array(kept))


def located(persons: Array, ids: Array) -> tuple[Array, Array]:
    """Where each id stands among ascending `persons`, and whether it does.

    Only the stretch of `persons` that the ids span is searched: a row group of a sorted file spans
    little of it, so that the search stays in the processor's cache.
    """
    low = high = 0
    if len(ids):
        low, high = np.searchsorted(persons, [ids.min(), ids.max() + 1])
    if low == high:
        return np.zeros(len(ids), dtype=np.intp), np.zeros(len(ids), dtype=bool)
    inside = np.searchsorted(persons[low:high], ids).clip(max=high - low - 1)
    return low + inside, persons[low + inside] == ids


def add(total: Array, place: Array, amount: Array) -> None:
    """Add amounts to the people they belong to, in place."""
    if len(place):
        first = place.min()
        summed = np.bincount(place - first, weights=amount)
        total[first : first + len(summed)] += summed.astype(total.dtype)
