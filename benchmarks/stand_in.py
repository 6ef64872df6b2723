"""The stand-in Denmark against merely writing the same Parquet files from memory.

Some blocks of people are made and written as the build does it; then the finished files are read
into memory and written once more, nothing else. As all blocks are alike and are dropped when
written, neither ratio nor memory depends on how many there are.

The making has two processes, the writing one: on a machine that others use too, the clock compares
them badly. So the ratio of processor time is told besides: that of the clock on one free core; on
two it lies between half of that and the whole.
"""

from __future__ import annotations

import resource
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.paired import run
from evalrapport import config, wiring
from evalrapport.sources.stand_in import denmark
from evalrapport.sources.stand_in.selection import Settings

LIMIT = 4.0
SCALE = 0.08  # of Denmark: eight blocks
TIMES = 3
TABLES = Path("data/published/evaluering")


def rewrite(tables: dict[str, pa.Table], folder: Path) -> None:
    """The finished tables as files, compressed as the build's."""
    for name, table in tables.items():
        pq.write_table(
            table, folder / f"{name}.parquet", compression="zstd", write_statistics=False
        )


def processor_time() -> float:
    """Seconds of the processor spent so far, by this process and by those that it has ended."""
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def counted(action: Callable[[], object], spent: list[float]) -> Callable[[], None]:
    """The action, which notes the processor's time that it took."""

    def act() -> None:
        before = processor_time()
        action()
        spent.append(processor_time() - before)

    return act


def main() -> int:
    """Print the ratio and the peak memory; 1 if the ratio is beyond the limit."""
    own = config.read().sources.stand_in
    settings = Settings(**(own.model_dump() | {"scale": SCALE}))
    lists = wiring.code_lists("dream_codes", "municipalities")
    codes = {name: Path(path) for name, path in lists.items()}
    codes |= {f"published_{path.stem}": path for path in TABLES.glob("*.csv")}
    with tempfile.TemporaryDirectory() as scratch:
        made, again = Path(scratch, "made"), Path(scratch, "again")
        made.mkdir()
        again.mkdir()
        paths = {stem: made / f"{stem}.parquet" for stem in denmark.outputs()}
        denmark.write(settings, codes, paths)
        tables = {stem: pq.read_table(path) for stem, path in paths.items() if path.exists()}
        made_in: list[float] = []
        written_in: list[float] = []
        make = counted(lambda: denmark.write(settings, codes, paths), made_in)
        pairs = run(make, counted(lambda: rewrite(tables, again), written_in), TIMES)
    own_peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    other_peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024**2
    print(pairs.line("stand-in Denmark, eight blocks", "writing its files", LIMIT))
    making, writing = (statistics.median(spent[1:]) for spent in (made_in, written_in))
    print(f"  by processor time {making / writing:.2f} ({making:.2f} s / {writing:.2f} s)")
    print(f"  peak memory {own_peak:.2f} GiB (the finished tables included) and {other_peak:.2f}")
    return 0 if statistics.median(pairs.ratios) <= LIMIT else 1
