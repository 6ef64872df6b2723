"""Memory and time of reading large files by their size: `python -m benchmarks memory`.

Wide CSV files of DREAM of 1, 4 and 8 GB, and SAS files of 1 and 4 GB, are made, read, checked and
written as typed Parquet, each in a process of its own, and removed. The CSV files hold all columns
of the delivery and as many again that nobody asked for, and their rows come unsorted, as nothing
says that a CSV is sorted; the SAS files are long and narrow (see sas_pages.py). Peak memory must
stay below six gibibytes and grow with less than a fifth of the file; the processor's time per
gigabyte may grow by half at most (other users of the machine lengthen the time on the clock, and
hardly the processor's).

One file: `python -m benchmarks.memory csv 4`. Some 30 GB of free disk and half an hour are needed
for all. This benchmark runs only when it is named. `TMPDIR` says where the files lie.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np

import evalrapport.contracts as contracts
from benchmarks import sas_pages, statistics_formats
from evalrapport.contracts.sources import Register
from evalrapport.contracts.sources.dream import REGISTER
from evalrapport.sources import typed_files

SIZES = {"csv": (1.0, 4.0, 8.0), "sas": (1.0, 4.0)}
LIMIT_GIB = 6.0
GROWTH = 0.2
SLOWER = 1.5
KINDS = 997  # different rows beside the person number
CODES = {path.stem: path for path in (Path(contracts.__file__).parent / "codes").glob("*.csv")}


def lines() -> list[str]:
    """Rows without the person number: blanks, benefit codes, industries, columns of no use."""
    rng = np.random.default_rng(1)
    values = {"dream_codes": ["", "", "730", "111"], "match_groups": ["", "1", "2"]}
    values |= {"municipalities": ["101", "461"], "None": ["", "", "841100"]}
    kinds = [values.get(str(column.codes), ["1"]) for column in REGISTER.columns[1:]]
    kinds += [["", "17", "842"]] * len(kinds)
    return [
        ",".join(kind[place % len(kind)] for kind, place in zip(kinds, row, strict=True)) + "\n"
        for row in rng.integers(0, 12, (KINDS, len(kinds)))
    ]


def write(path: Path, size: int) -> int:
    """A file of some `size` bytes with one row a person, in no order; its number of rows."""
    rest = lines()
    own = [column.name for column in REGISTER.columns]
    head = [*own, *(f"UDEN_BRUG_{n}" for n in range(len(own) - 1))]
    rows = int(size / (13 + sum(map(len, rest)) / KINDS))
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(head) + "\n")
        for start in range(0, rows, 10_000):
            block = range(start, min(start + 10_000, rows))
            # A prime step goes through all numbers without repeating one.
            file.write("".join(f"{n * 7_919 % 10**9 + 1:012d},{rest[n % KINDS]}" for n in block))
    return rows


def made(kind: str, size: float, folder: Path) -> tuple[Register, str, Path, int]:
    """A file of some gigabytes: what is read of it, its period, its path, its rows."""
    if kind == "csv":
        path = folder / "dream201404.csv"
        return REGISTER, "201404", path, write(path, int(size * 10**9))
    path = folder / "sas.sas7bdat"
    rows = int(size * 10**9 / statistics_formats.SAS_WIDTH)
    sas_pages.enlarge(statistics_formats.SAS_SAMPLE, path, rows, "mynum")
    return statistics_formats.sas_register(), "", path, rows


def one(kind: str, size: float) -> dict[str, float]:
    """Make, read and remove one file; what it took. Runs in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        register, period, path, rows = made(kind, size, Path(folder))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start, processor = time.perf_counter(), time.process_time()
        typed_files.write(register, {period: path}, CODES, Path(folder) / "typed.parquet")
        seconds, processor = time.perf_counter() - start, time.process_time() - processor
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        real = path.stat().st_size / 10**9
    return {
        "gb": real,
        "rows": rows,
        "seconds": seconds,
        "processor": processor,
        "peak_gib": peak / 1024**2,
        "before_gib": before / 1024**2,
    }


def measured(kind: str, size: float) -> dict[str, float]:
    """One file in a process of its own; a line about it."""
    command = [sys.executable, "-m", "benchmarks.memory", kind, str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout)
    print(
        f"{kind}, {told['gb']:.1f} GB, {told['rows']:,} rows: {told['processor']:.0f} s of the "
        f"processor ({told['processor'] / told['gb']:.1f} s/GB), {told['seconds']:.0f} s on the "
        f"clock, peak {told['peak_gib']:.2f} GiB ({told['before_gib']:.2f} before reading)",
        flush=True,
    )
    return told


def main(sizes: Mapping[str, tuple[float, ...]] = SIZES) -> int:
    """Print a line per file; 1 if memory or time per gigabyte is beyond its limit."""
    beyond = 0
    for kind, own in sizes.items():
        found = [measured(kind, size) for size in own]
        first, last = found[0], found[-1]
        growth = (last["peak_gib"] - first["peak_gib"]) / max(last["gb"] - first["gb"], 1e-9)
        slower = (last["processor"] / last["gb"]) / (first["processor"] / first["gb"])
        within = max(told["peak_gib"] for told in found) < LIMIT_GIB
        print(f"{kind}: {growth:.2f} GiB more per GB; time per GB by a factor of {slower:.2f}")
        beyond += not (growth < GROWTH and within and slower <= SLOWER)
    return 1 if beyond else 0


if __name__ == "__main__":
    print(json.dumps(one(sys.argv[1], float(sys.argv[2]))))
