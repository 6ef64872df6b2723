"""Writes a dataset in the shape that its contract states."""

from __future__ import annotations

from pathlib import Path

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


def write(frame: pd.DataFrame, dataset: Dataset, path: Path) -> None:
    """Write a frame as Parquet with exactly the contract's columns, types and order.

    Raises pyarrow's ArrowInvalid or a ValueError where a value does not fit its type or is
    missing in a column that may not be empty: that is a fault of the step, not of the data.
    """
    schema = arrow_schema(dataset)
    table = pa.Table.from_pandas(frame[dataset.names], schema=schema, preserve_index=False)
    pq.write_table(table.replace_schema_metadata(None), path, compression="zstd")
