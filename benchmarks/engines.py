"""DuckDB, Polars, and pyarrow with numpy on the same work, to choose the engine of `datasets`.

    python benchmarks/engines.py SOURCES_FOLDER [ENGINE …]

Not one of `python -m benchmarks`: DuckDB and Polars are no dependencies of the project, so run it
in an environment that has them (duckdb, polars, pyarrow, numpy). docs/why/engine.md says what came
out. The work is that of table 3.8 and 3.9's comparison groups: of everybody aged 18-64
primo 2013 who is in DREAM, the weeks with public support among 260 and the months with wages among
48, written as Parquet. Each engine runs in a process of its own, with two threads.
"""

from __future__ import annotations

import csv
import importlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ENGINES = ("scan", "arrow", "duckdb", "polars")
THREADS = 2
LAST_MONDAY, WEEKS = date(2013, 2, 18), 260
CODES = Path("src/evalrapport/contracts/codes/dream_codes.csv")
PERIOD, LOW, HIGH = 201_212, 18, 64


def weeks() -> list[str]:
    """The week columns before that of 1 March 2013, as the typed DREAM names them."""
    days = (LAST_MONDAY - timedelta(weeks=back) for back in range(WEEKS))
    return [f"y_{day.isocalendar().year % 100:02d}{day.isocalendar().week:02d}" for day in days]


def months() -> list[str]:
    """The 48 month columns before March 2013 (from March 2009)."""
    every = [(year, month) for year in range(2009, 2014) for month in range(1, 13)][2:50]
    return [f"branche_{year}_{month:02d}" for year, month in every]


def supported() -> list[int]:
    """The codes that are public support."""
    with CODES.open(encoding="utf-8", newline="") as file:
        return [int(row["code"]) for row in csv.DictReader(file) if row["public_support"] == "yes"]


def scan(folder: Path, _: Path) -> int:
    """The counterpart: read the same columns and drop them."""
    parquet = importlib.import_module("pyarrow.parquet")
    rows = 0
    with parquet.ParquetFile(folder / "dream.parquet") as file:
        for group in range(file.num_row_groups):
            rows += file.read_row_group(group, columns=["person_id", *weeks(), *months()]).num_rows
    return rows


def arrow(folder: Path, target: Path) -> int:
    """Row group by row group: a look-up table of codes, sums down the columns."""
    np, pa = importlib.import_module("numpy"), importlib.import_module("pyarrow")
    parquet = importlib.import_module("pyarrow.parquet")
    compute = importlib.import_module("pyarrow.compute")
    wanted = (
        (compute.field("period") == PERIOD)
        & (compute.field("age") >= LOW)
        & (compute.field("age") <= HIGH)
    )
    people = parquet.read_table(folder / "bef.parquet", columns=["person_id"], filters=wanted)
    ids = np.sort(people["person_id"].to_numpy())
    flags = np.zeros(65_536, dtype=np.uint8)
    flags[supported()] = 1
    kept = 0
    writer = None
    with parquet.ParquetFile(folder / "dream.parquet") as file:
        for group in range(file.num_row_groups):
            table = file.read_row_group(group, columns=["person_id", *weeks(), *months()])
            own = table["person_id"].to_numpy()
            on_support = np.zeros(len(own), dtype=np.int16)
            for name in weeks():
                on_support += flags[table[name].to_numpy()]
            in_work = np.zeros(len(own), dtype=np.int16)
            for name in months():
                in_work += table[name].to_numpy() > 0
            at = np.searchsorted(ids, own).clip(max=len(ids) - 1)
            here = ids[at] == own
            out = pa.table({"person_id": own[here], "w": on_support[here], "m": in_work[here]})
            writer = writer or parquet.ParquetWriter(target, out.schema, compression="zstd")
            writer.write_table(out)
            kept += len(out)
    writer.close()
    return kept


def duckdb(folder: Path, target: Path) -> int:
    """One SQL statement; one term per column."""
    engine = importlib.import_module("duckdb")
    base = engine.connect()
    base.execute(f"SET threads = {THREADS}")
    codes = ", ".join(map(str, supported()))
    sums = " + ".join(f"({name} IN ({codes}))::SMALLINT" for name in weeks())
    works = " + ".join(f"({name} > 0)::SMALLINT" for name in months())
    base.execute(
        f"COPY (SELECT person_id, {sums} AS w, {works} AS m FROM '{folder}/dream.parquet' "
        f"SEMI JOIN (SELECT person_id FROM '{folder}/bef.parquet' WHERE period = {PERIOD} "
        f"AND age BETWEEN {LOW} AND {HIGH}) USING (person_id)) "
        f"TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
    )
    return int(base.execute(f"SELECT count(*) FROM '{target}'").fetchone()[0])


def polars(folder: Path, target: Path) -> int:
    """A lazy plan, streamed to the file."""
    pl = importlib.import_module("polars")
    people = pl.scan_parquet(folder / "bef.parquet").filter(
        (pl.col("period") == PERIOD) & pl.col("age").is_between(LOW, HIGH)
    )
    codes = supported()
    plan = (
        pl.scan_parquet(folder / "dream.parquet")
        .select(
            "person_id",
            w=pl.sum_horizontal([pl.col(name).is_in(codes).cast(pl.Int16) for name in weeks()]),
            m=pl.sum_horizontal([(pl.col(name) > 0).cast(pl.Int16) for name in months()]),
        )
        .join(people.select("person_id"), on="person_id", how="semi")
    )
    plan.sink_parquet(target, compression="zstd")
    return int(pl.scan_parquet(target).select(pl.len()).collect().item())


def measure(engine: str, folder: Path) -> dict[str, Any]:
    """Run one engine in this process."""
    with tempfile.TemporaryDirectory() as scratch:
        begin = time.perf_counter()
        rows = globals()[engine](folder, Path(scratch) / "out.parquet")
        seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return {"engine": engine, "rows": rows, "seconds": round(seconds, 2), "gib": round(peak, 2)}


def main(arguments: list[str]) -> None:
    """Each engine in turn, three times, each run in a process of its own."""
    folder, *names = arguments
    if names[:1] == ["--one"]:
        print(json.dumps(measure(names[1], Path(folder))))
        return
    for _ in range(3):
        for name in names or ENGINES:
            subprocess.run([sys.executable, __file__, folder, "--one", name], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
