"""Reading DREAM as CSV and as Parquet, against pyarrow's own reader on the same columns.

Two ratios each: bare parsing (our blocks, decoded, against pyarrow's blocks of text), and the whole
step with checks, translation and typed Parquet, against the same bare reader. Every third column of
the file is read, as only used columns ever are. Both files hold their codes as text.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.csv
import pyarrow.parquet as pq

import evalrapport.contracts as contracts
from benchmarks import paired
from evalrapport.contracts.sources import Register
from evalrapport.contracts.sources.dream import REGISTER
from evalrapport.sources import csv_files, raw_files, typed_files

ROWS = 40_000
TIMES = 5
PARSING, WHOLE = 1.25, 2.5  # 80 and 40 per cent of the peer's own speed
CODES = {path.stem: path for path in (Path(contracts.__file__).parent / "codes").glob("*.csv")}


def used() -> Register:
    """DREAM with every third of its columns."""
    return replace(REGISTER, columns=(REGISTER.columns[0], *REGISTER.columns[1:-1:3]))


def write(path: Path) -> None:
    """A file with all columns of a delivery: blanks, benefit codes, industries."""
    rng = np.random.default_rng(1)
    values = {"dream_codes": ["", "", "730", "111"], "match_groups": ["", "1", "2"]}
    values |= {"municipalities": ["101", "461"], "None": ["", "", "841100"]}
    kinds = [values.get(str(column.codes), ["1"]) for column in REGISTER.columns[1:]]
    lines = [
        ",".join(kind[place % len(kind)] for kind, place in zip(kinds, row, strict=True))
        for row in rng.integers(0, 12, (500, len(kinds)))
    ]
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(column.name for column in REGISTER.columns) + "\n")
        file.writelines(f"{n:012d},{lines[n % 500]}\n" for n in range(1, ROWS + 1))


def bare_csv(path: Path, names: list[str]) -> Callable[[], int]:
    """pyarrow's own reading of a CSV's columns as text, block by block."""
    options = pyarrow.csv.ConvertOptions(
        include_columns=names,
        column_types=dict.fromkeys(names, pyarrow.string()),
        strings_can_be_null=False,
    )
    blocks = pyarrow.csv.ReadOptions(block_size=csv_files.BLOCK)

    def read() -> int:
        reader = pyarrow.csv.open_csv(path, read_options=blocks, convert_options=options)
        return sum(len(batch) for batch in reader)

    return read


def bare_parquet(path: Path, names: list[str]) -> Callable[[], int]:
    """pyarrow's own reading of a Parquet file's columns, row group by row group."""

    def read() -> int:
        with pq.ParquetFile(path) as file:
            groups = range(file.num_row_groups)
            return sum(len(file.read_row_group(group, columns=names)) for group in groups)

    return read


def as_parquet(path: Path) -> Path:
    """The same file as Parquet with 10,000 rows a group, all columns text."""
    names = csv_files.header(path)[0]
    text = pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(names, pyarrow.string()))
    table = pyarrow.csv.read_csv(path, convert_options=text)
    pq.write_table(table, path.with_suffix(".parquet"), row_group_size=10_000)
    return path.with_suffix(".parquet")


def beyond(
    suffix: str,
    parsing: Callable[[], object],
    whole: Callable[[], object],
    bare: Callable[[], object],
    peer: str,
    times: int = TIMES,
) -> int:
    """Print both ratios to the peer's bare reading; how many are beyond their limits."""
    late = 0
    for told, action, limit in (
        ("parsing", parsing, PARSING),
        ("checks and Parquet", whole, WHOLE),
    ):
        found = paired.run(action, bare, times)
        print(found.line(f"{suffix} {told}", peer, limit), flush=True)
        late += statistics.median(found.ratios) > limit
    return late


def main() -> int:
    """Print the ratios; 1 if one is beyond its limit."""
    register, late = used(), 0
    names = [column.name for column in register.columns]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dream201404.csv"
        write(path)
        packed = as_parquet(path)
        for file, bare in ((path, bare_csv(path, names)), (packed, bare_parquet(packed, names))):

            def parsing(file: Path = file) -> int:
                return sum(len(part) for part in raw_files.batches(file, register))

            def whole(file: Path = file) -> None:
                typed_files.write(register, {"201404": file}, CODES, Path(folder) / "typed")

            late += beyond(file.suffix, parsing, whole, bare, "pyarrow")
    return 1 if late else 0
