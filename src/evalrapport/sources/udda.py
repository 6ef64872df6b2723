"""Reads, checks and types the education register, and adds each education's level."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from evalrapport.contracts.sources.udda import REGISTER
from evalrapport.sources import typed_files
from evalrapport.step import Job

ROWS = 65_536
UNKNOWN = "00"  # level of people without a code


def levels(path: Path) -> dict[int, str]:
    """Level id by HFAUDD code, from contracts/codes/education_codes.csv."""
    with path.open(encoding="utf-8", newline="") as file:
        return {int(row["code"]): row["level"] for row in csv.DictReader(file)}


def with_level(table: pa.Table, level: dict[int, str]) -> pa.Table:
    """Adds `education_level` (str): the level of `education_code`, "00" for none."""
    encoded = table.column("education_code").combine_chunks().dictionary_encode()
    names = [level[code] if code else UNKNOWN for code in encoded.dictionary.to_pylist()]
    column = pa.array(names, pa.string()).take(encoded.indices)
    return table.append_column("education_level", column)


def add_levels(source: Path, output: Path, level: dict[int, str]) -> None:
    """The typed file again, with levels, one row group at a time."""
    file = pq.ParquetFile(source)
    schema = file.schema_arrow.append(pa.field("education_level", pa.string()))
    with pq.ParquetWriter(output, schema, compression="zstd") as writer:
        for group in range(file.num_row_groups):
            writer.write_table(with_level(file.read_row_group(group), level), row_group_size=ROWS)


def step(job: Job) -> None:
    """Rule udda: raw files and code lists in, one typed file out."""
    plain = job.output["udda"].with_suffix(".plain")
    typed_files.make(REGISTER, job, plain)
    add_levels(plain, job.output["udda"], levels(job.input["education_codes"]))
    plain.unlink()
