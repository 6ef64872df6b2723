"""Reading a wide CSV as DREAM is delivered, against pyarrow's own reader on the same columns.

Two ratios: bare parsing (our blocks, decoded, against pyarrow's blocks of text), and the whole step
with checks, translation and typed Parquet, against the same bare reader. Every third week column of
the file is read, as only used columns ever are.
"""

from __future__ import annotations

import statistics
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.csv

import evalrapport.contracts as contracts
from benchmarks import paired
from evalrapport.contracts.sources import Register
from evalrapport.contracts.sources.dream import REGISTER
from evalrapport.sources import csv_files, typed_files

ROWS = 40_000
TIMES = 5
PARSING, WHOLE = 1.25, 2.5  # 80 and 40 per cent of pyarrow's own speed
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


def main() -> int:
    """Print both ratios; 1 if one is beyond its limit."""
    register = used()
    names = [column.name for column in register.columns]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dream201404.csv"
        write(path)
        options = pyarrow.csv.ConvertOptions(
            include_columns=names,
            column_types=dict.fromkeys(names, pyarrow.string()),
            strings_can_be_null=False,
        )
        blocks = pyarrow.csv.ReadOptions(block_size=csv_files.BLOCK)

        def bare() -> int:
            reader = pyarrow.csv.open_csv(path, read_options=blocks, convert_options=options)
            return sum(len(batch) for batch in reader)

        def parsing() -> int:
            return sum(len(part) for part in csv_files.batches(path, names, ()))

        def whole() -> None:
            typed_files.write(register, {"201404": path}, CODES, Path(folder) / "typed.parquet")

        parsed = paired.run(parsing, bare, TIMES)
        done = paired.run(whole, bare, TIMES)
    print(parsed.line("parsing", "pyarrow", PARSING))
    print(done.line("checks and Parquet", "pyarrow", WHOLE))
    limits = ((parsed, PARSING), (done, WHOLE))
    late = [pairs for pairs, limit in limits if statistics.median(pairs.ratios) > limit]
    return 1 if late else 0
