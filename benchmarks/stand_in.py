"""The stand-in Denmark against merely writing the same Parquet files from memory.

Blocks of a whole Denmark, whatever the present build's scale, spread over its length: each is made
and written as the build does, and then its finished tables are written once more by themselves. As
all blocks are alike and are dropped when written, neither ratio nor memory depends on how many.
"""

from __future__ import annotations

import resource
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.paired import Pairs
from evalrapport import config, wiring
from evalrapport.sources.stand_in import denmark
from evalrapport.sources.stand_in.selection import Settings

LIMIT = 4.0
BLOCKS = 6
TABLES = Path("data/published/evaluering")


def plan() -> denmark.Plan:
    """The plan of a whole Denmark, with the seed of config.yaml."""
    own = config.read().sources.stand_in
    lists = {
        name: Path(path)
        for name, path in wiring.code_lists("dream_codes", "municipalities").items()
    }
    settings = Settings(**(own.model_dump() | {"scale": 1.0}))
    return denmark.plan(settings, lists, {path.stem: path for path in TABLES.glob("*.csv")})


def write(tables: dict[str, pa.Table], folder: Path) -> None:
    """The block's tables as files, compressed as the build's."""
    for name, table in tables.items():
        pq.write_table(
            table, folder / f"{name}.parquet", compression="zstd", write_statistics=False
        )


def main() -> int:
    """Print the ratio and the peak memory; 1 if the ratio is beyond the limit."""
    whole, sizes, carried = plan(), denmark.blocks_of(1.0), denmark.Carried()
    both, bare = [], []
    with tempfile.TemporaryDirectory() as scratch:
        for turn in range(BLOCKS + 1):  # the first is not measured
            begin = time.perf_counter()
            files = denmark.make_block(whole, turn * (len(sizes) - 1) // BLOCKS, sizes, carried)
            tables = {name: pa.table(columns) for name, columns in files.items()}
            write(tables, Path(scratch))
            made = time.perf_counter()
            write(tables, Path(scratch))
            if turn:
                both.append(made - begin)
                bare.append(time.perf_counter() - made)
    pairs = Pairs(both, bare)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(pairs.line("stand-in Denmark, a block", "writing its files", LIMIT))
    print(
        f"  {len(sizes)} blocks at scale 1: {len(sizes) * sum(both) / BLOCKS:.0f} s in all;", end=""
    )
    print(f" peak memory {peak:.2f} GiB")
    return 0 if sum(both) <= LIMIT * sum(bare) else 1
