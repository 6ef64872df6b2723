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
            place = np.searchsorted(persons, ids).clip(max=len(persons) - 1)
            kept = np.flatnonzero(persons[place] == ids)
            if len(kept):
                yield place[kept], table if len(kept) == len(ids) else table.take(pa.array(kept))


def add(total: Array, place: Array, amount: Array) -> None:
    """Add amounts to the people they belong to, in place."""
    total += np.bincount(place, weights=amount, minlength=len(total)).astype(total.dtype)
