"""sources → datasets against merely scanning the same columns of the same Parquet files.

The five datasets of chapter 3 are made from the present build's typed sources, at whatever scale
it has; beside it pyarrow reads every column that they use, row group by row group, and no more.
"""

from __future__ import annotations

import resource
import statistics
import tempfile
from pathlib import Path

import pyarrow.parquet as pq

from benchmarks import paired
from evalrapport import config, wiring
from evalrapport.contracts.sources import dream
from evalrapport.datasets import (
    benefit_history,
    comparison_groups,
    employment_months,
    mentor_episodes,
    recipients,
)
from evalrapport.step import Job

LIMIT = 5.0
RUNS = 5
KEYS = ("window", "episode_gap_days", "benefit_grouping", "reference_day", "reference_week")
STEPS = {
    "mentor_episodes": mentor_episodes,
    "recipients": recipients,
    "comparison_groups": comparison_groups,
    "benefit_history": benefit_history,
    "employment_months": employment_months,
}
FROM_BEF = ["period", "person_id", "birth_date", "age", "sex", "origin_type", "origin_country"]
FROM_UDDA = ["period", "person_id", "education_source", "education_level"]


def sources() -> dict[str, Path]:
    """The typed files of the present build."""
    names = ("mentor_episodes", "dream", "bef", "udda")
    return {name: Path(wiring.person_level(f"sources/{name}.parquet")) for name in names}


def scan(files: dict[str, Path]) -> int:
    """Read what the datasets need of each file and drop it; returns the rows seen."""
    history = [*dream.week_columns(), *dream.industry_columns(), *dream.match_columns()]
    columns = {"dream": ["person_id", *history], "bef": FROM_BEF, "udda": FROM_UDDA}
    rows = 0
    for name, path in files.items():
        with pq.ParquetFile(path) as file:
            for group in range(file.num_row_groups):
                rows += file.read_row_group(group, columns=columns.get(name)).num_rows
    return rows


def make(files: dict[str, Path], folder: Path) -> None:
    """Run the five steps, each reading what those before it wrote."""
    settings = config.settings(config.read(), next(iter(config.read().studies)), KEYS)
    lists = wiring.code_lists("dream_codes", "education_levels", "hf_kilde")
    named = {
        "benefit_codes": Path(lists["dream_codes"]),
        "education_levels": Path(lists["education_levels"]),
        "education_sources": Path(lists["hf_kilde"]),
    }
    made = {name: folder / f"{name}.parquet" for name in (*STEPS, "benefit_before_start")}
    inputs = {**files, **named}
    for name, module in STEPS.items():
        outputs = {name: made[name]}
        if name == "benefit_history":
            outputs["benefit_before_start"] = made["benefit_before_start"]
        module.step(Job(f"datasets.{name}", inputs, outputs, settings))
        inputs = {**inputs, **outputs}


def main() -> int:
    """Print the ratio and the peak memory; 1 if the ratio is beyond the limit."""
    files = sources()
    if missing := [str(path) for path in files.values() if not path.exists()]:
        raise SystemExit(f"Run `make report` first; not built: {', '.join(missing)}.")
    with tempfile.TemporaryDirectory() as scratch:
        pairs = paired.run(lambda: make(files, Path(scratch)), lambda: scan(files), RUNS)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    people = pq.read_metadata(files["dream"]).num_rows
    print(pairs.line("sources → datasets", "bare scan", LIMIT))
    print(f"  {people:,} rows of DREAM; peak memory {peak:.2f} GiB")
    return 0 if statistics.median(pairs.ratios) <= LIMIT else 1
