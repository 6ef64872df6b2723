"""Writes a dataset in the shape that its contract states."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from evalrapport.contracts.datasets.shape import Column, Dataset


def arrow_schema(dataset: Dataset) -> pa.Schema:
    """The Arrow schema of a dataset's contract."""
    return pa.schema(
        [pa.field(column.name, arrow_type(column), column.nullable) for column in dataset.columns]
    )


def arrow_type(column: Column) -> pa.DataType:
    """The Arrow type that a contract names; `category` is dictionary-encoded text."""
    if column.type == "category":
        return pa.dictionary(pa.int32(), pa.string())
    return pa.date32() if column.type == "date32" else pa.type_for_alias(column.type)


def table_of(columns: pd.DataFrame | Mapping[str, npt.NDArray[Any]], dataset: Dataset) -> pa.Table:
    """Columns as a table in the contract's types and order, without copying them together first."""
    schema = arrow_schema(dataset)
    if isinstance(columns, pd.DataFrame):
        table = pa.Table.from_pandas(columns[dataset.names], schema=schema, preserve_index=False)
        return table.replace_schema_metadata(None)
    return pa.table([pa.array(columns[field.name], field.type) for field in schema], schema=schema)


def write(
    columns: pd.DataFrame | Mapping[str, npt.NDArray[Any]], dataset: Dataset, path: Path
) -> None:
    """Write columns as Parquet with exactly the contract's columns, types and order.

    Raises pyarrow's ArrowInvalid or a ValueError where a value does not fit its type or is
    missing in a column that may not be empty: that is a fault of the step, not of the data.
    """
    # Bounds of the key are all that a reader can skip rows by.
    key = list(dataset.key)
    pq.write_table(table_of(columns, dataset), path, compression="zstd", write_statistics=key)
