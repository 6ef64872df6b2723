"""Reads chosen columns of DREAM, row group by row group, so that memory stays bounded.

A delivery has a row per person who ever received a benefit (some five million) and hundreds of
weeks; a row group of 65,536 people and 380 weeks is 50 MB.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from evalrapport.beside import ahead
from evalrapport.datasets.register_rows import located
from evalrapport.errors import PlainError

Array = npt.NDArray[Any]


def require_columns(path: Path, columns: Sequence[str]) -> None:
    """Raise PlainError unless the delivery holds all of these columns."""
    held = set(pq.read_schema(path).names)
    missing = [column for column in columns if column not in held]
    if missing:
        raise PlainError(
            f"The DREAM delivery lacks {len(missing)} columns that the study's window needs, "
            f"from {missing[0]} to {missing[-1]}. Choose a later window or a delivery that "
            "goes further back (or forth)."
        )


def chunks(path: Path, columns: Sequence[str], persons: Array) -> Iterator[tuple[Array, Array]]:
    """The rows of some people, chunk by chunk.

    Args:
        path: typed DREAM, ascending by person_id.
        columns: columns of one number type, in the order wanted.
        persons: ascending person ids.

    Yields:
        (positions in `persons`, matrix (people found, columns)).
    """
    for positions, (matrix,) in chunks_of(path, [columns], persons):
        yield positions, matrix


def chunks_of(
    path: Path, lists: Sequence[Sequence[str]], persons: Array
) -> Iterator[tuple[Array, list[Array]]]:
    """The rows of some people, chunk by chunk, with a matrix for each list of columns.

    The next row group is read while this one is worked on: unpacking it keeps a core busy for about
    as long as the work does.

    Args:
        path, persons: as `chunks`. lists: columns of one number type each.

    Yields:
        (positions in `persons`, a matrix (people found, columns) per list).
    """
    wanted = [column for columns in lists for column in columns]
    require_columns(path, wanted)
    with pq.ParquetFile(path) as file:
        groups = range(file.num_row_groups)
        for table in ahead(
            file.read_row_group(at, columns=["person_id", *wanted]) for at in groups
        ):
            positions, inside = located(persons, table["person_id"].to_numpy())
            if inside.any():
                rows = np.flatnonzero(inside)
                yield positions[rows], [matrix_of(table, columns, rows) for columns in lists]


def matrix_of(table: pa.Table, columns: Sequence[str], rows: Array) -> Array:
    """Columns of one type as a matrix (rows kept, columns); `rows` are row numbers."""
    first = table[columns[0]].to_numpy()
    matrix = np.empty((len(columns), len(rows)), dtype=first.dtype)
    for place, column in enumerate(columns):
        # mode "clip" writes straight into the matrix; all row numbers exist, so none is clipped
        np.take(table[column].to_numpy(), rows, out=matrix[place], mode="clip")
    return matrix.T


def rows_of(path: Path, persons: Array, columns: Sequence[str]) -> tuple[Array, Array]:
    """Chosen columns for people in any order; those not in DREAM get zeros.

    Returns:
        (in_dream: bool (people,), matrix (people, columns)); zero means no benefit, no wage,
        no match group, so it is also right for people whom DREAM does not know.
    """
    order = np.argsort(persons, kind="stable")
    in_dream = np.zeros(len(persons), dtype=bool)
    matrix: Array | None = None
    for positions, values in chunks(path, columns, persons[order]):
        if matrix is None:
            matrix = np.zeros((len(persons), len(columns)), dtype=values.dtype)
        in_dream[order[positions]] = True
        matrix[order[positions]] = values
    if matrix is None:
        matrix = np.zeros((len(persons), len(columns)), dtype=np.uint16)
    return in_dream, matrix
