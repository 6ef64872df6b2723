"""Registers → the covariates of the propensity against merely scanning the same columns.

The background of the turn of the year and the histories up to each person's start, as a report
makes them; beside it pyarrow reads every column that they use, row group by row group, no more.
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
from evalrapport.datasets import effect_background, effect_covariates
from evalrapport.step import Job

LIMIT = 5.0
RUNS = 5
KEYS = ("effect", "benefit_grouping")
LISTS = ("municipalities", "origin_countries", "sector_codes", "education_fields")
FROM_UDDA = ["period", "person_id", "education_source", "education_level", "education_code"]


def study() -> str:
    """The first study with an effect analysis."""
    return next(name for name, one in config.read().studies.items() if one.effect)


def sources() -> dict[str, Path]:
    """The typed files of the present build that the covariates are made from."""
    names = ("bef", "udda", "dream")
    own = {name: wiring.person_level(f"sources/{name}.parquet") for name in names}
    return {name: Path(path) for name, path in (own | wiring.further_sources(study())).items()}


def columns() -> dict[str, list[str]]:
    """The columns that the steps read, of the registers that have others."""
    history = [*dream.week_columns(), *dream.industry_columns(), *dream.match_columns()]
    bef = ["period", "person_id", *effect_background.FROM_BEF]
    return {"dream": ["person_id", *history], "bef": bef, "udda": FROM_UDDA}


def scan(files: dict[str, Path]) -> int:
    """Read what the covariates need of each file and drop it; returns the rows seen."""
    rows = 0
    for name, path in files.items():
        with pq.ParquetFile(path) as file:
            for group in range(file.num_row_groups):
                rows += file.read_row_group(group, columns=columns().get(name)).num_rows
    return rows


def make(files: dict[str, Path], population: Path, folder: Path) -> None:
    """Run both steps."""
    settings = config.settings(config.read(), study(), KEYS)
    lists = wiring.code_lists("dream_codes", "education_levels", "hf_kilde", *LISTS)
    named = {name: Path(path) for name, path in lists.items()}
    named |= {
        "benefit_codes": named["dream_codes"],
        "education_sources": named["hf_kilde"],
        "effect_population": population,
        "effect_background": folder / "background.parquet",
    }
    for name, module in (
        ("effect_background", effect_background),
        ("effect_covariates", effect_covariates),
    ):
        written = named["effect_background"] if "back" in name else folder / "covariates.parquet"
        module.step(Job(f"datasets.{name}", {**files, **named}, {name: written}, settings))


def main() -> int:
    """Print the ratio and the peak memory; 1 if the ratio is beyond the limit."""
    files = sources()
    population = Path(wiring.person_level(f"datasets/{study()}/effect_population.parquet"))
    missing = [str(path) for path in (*files.values(), population) if not path.exists()]
    if missing:
        raise SystemExit(f"Run `make report` first; not built: {', '.join(missing)}.")
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch)
        pairs = paired.run(lambda: make(files, population, made), lambda: scan(files), RUNS)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(pairs.line("registers → covariates", "bare scan", LIMIT))
    print(f"  {pq.read_metadata(population).num_rows:,} people; peak memory {peak:.2f} GiB")
    return 0 if statistics.median(pairs.ratios) <= LIMIT else 1
