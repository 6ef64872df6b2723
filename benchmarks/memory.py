"""Memory and time of reading a wide CSV of DREAM by its size: `python -m benchmarks memory`.

Files of 1, 4 and 8 GB (or the sizes that are named after `memory`) are made, read, checked and
written as typed Parquet, each in a process of its own, and removed. They hold all columns of the
delivery and as many again that nobody asked for, and their rows come unsorted, as nothing says that
a CSV is sorted. Peak memory must stay below six gibibytes and grow with less than a fifth of the
file; time per gigabyte may grow by half at most.

Some 30 GB of free disk and ten minutes are needed for the default sizes. This benchmark runs only
when it is named.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

import evalrapport.contracts as contracts
from evalrapport.contracts.sources.dream import REGISTER
from evalrapport.sources import typed_files

SIZES = (1.0, 4.0, 8.0)
LIMIT_GIB = 6.0
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


def one(size: float) -> dict[str, float]:
    """Make, read and remove one file; what it took. Runs in a process of its own."""
    with tempfile.TemporaryDirectory(dir="build" if Path("build").is_dir() else None) as folder:
        path, typed = Path(folder) / "dream201404.csv", Path(folder) / "typed.parquet"
        rows = write(path, int(size * 10**9))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.perf_counter()
        typed_files.write(REGISTER, {"201404": path}, CODES, typed)
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        real = path.stat().st_size / 10**9
    return {
        "gb": real,
        "rows": rows,
        "seconds": seconds,
        "peak_gib": peak / 1024**2,
        "before_gib": before / 1024**2,
    }


def main(sizes: tuple[float, ...] = SIZES) -> int:
    """Print a line per size; 1 if memory or time per gigabyte is beyond its limit."""
    found = []
    for size in sizes:
        command = [sys.executable, "-m", "benchmarks.memory", str(size)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found.append(json.loads(done.stdout))
        told = found[-1]
        print(
            f"{told['gb']:.1f} GB, {told['rows']:,} rows: {told['seconds']:.0f} s "
            f"({told['seconds'] / told['gb']:.1f} s/GB), peak {told['peak_gib']:.2f} GiB",
            flush=True,
        )
    first, last = found[0], found[-1]
    growth = (last["peak_gib"] - first["peak_gib"]) / max(last["gb"] - first["gb"], 1e-9)
    slower = (last["seconds"] / last["gb"]) / (first["seconds"] / first["gb"])
    flat = growth < 0.2 or len(found) == 1
    within = max(told["peak_gib"] for told in found) < LIMIT_GIB
    print(f"memory grows by {growth:.2f} GiB per GB; time per GB by a factor of {slower:.2f}")
    return 0 if flat and within and slower <= SLOWER else 1


if __name__ == "__main__":
    print(json.dumps(one(float(sys.argv[1]))))
