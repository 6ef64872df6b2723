"""Writes a Denmark of people who never lived, in the real files: one block of people at a time.

Memory does not grow with the number of people; a block depends on the seed and its number only.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from evalrapport.contracts.sources import FIELDWORK, REGISTERS
from evalrapport.errors import PlainError
from evalrapport.sources.stand_in import (
    careers,
    edge_rows,
    effect,
    episodes,
    hazards,
    layout,
    population,
    selection,
)
from evalrapport.sources.stand_in.selection import BENEFITS, Settings
from evalrapport.sources.stand_in.states import CODE_LIST
from evalrapport.sources.stand_in.streams import stream
from evalrapport.step import Job

Files = dict[str, layout.Columns]


def code_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a code list."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def benefit_groups(rows: list[dict[str, str]]) -> np.ndarray:
    """Index into BENEFITS by code index; -1 outside table 3.1."""
    group = {row["code"]: row["benefit_group"] for row in rows}
    names = [group[code or "0"] for code in CODE_LIST]
    return np.array([BENEFITS.index(name) if name in BENEFITS else -1 for name in names])


def job_centres(rows: list[dict[str, str]]) -> dict[int, str]:
    """A five-character job-centre code per municipality; partners share the first one's."""
    first: dict[str, str] = {}
    for row in rows:
        first.setdefault(row["job_centre"] or row["name"], f"00{row['code']}")
    return {int(row["code"]): first[row["job_centre"] or row["name"]] for row in rows}


def blocks_of(scale: float) -> list[int]:
    """Sizes of the blocks of a build."""
    count = population.head_count(scale)
    number = max(1, -(-count // population.BLOCK))
    edges = [count * place // number for place in range(number + 1)]
    return [high - low for low, high in itertools.pairwise(edges)]


def make_block(
    block: int, sizes: list[int], settings: Settings, groups: np.ndarray, centres: dict[int, str]
) -> Files:
    """All raw rows of one block, by file."""
    people = population.make(settings.seed, block, sizes[block])
    lives = careers.live(people, hazards.build(), settings.seed)
    starts = selection.choose(people, lives, groups, settings, len(sizes))
    effect.apply(lives, starts, settings.true_effect, settings.seed, block)
    records = episodes.report(people, starts, settings.seed)
    rng = stream(settings.seed, "families", block)
    partner = population.partners(rng, people)
    family = partner, population.children(rng, people, partner)
    files = {f"bef{period}": layout.bef(people, period, family) for period in layout.PERIOD_DAY}
    files |= {
        f"udda{period}": layout.udda(people, period, settings.seed) for period in layout.SCHOOL_DAY
    }
    files["dream201404"] = layout.dream_rows(people, lives)
    files["mentorforloeb"] = layout.episode_rows(people, records, centres, settings.seed)
    return files


def edge_block(centres: dict[int, str]) -> Files:
    """The named edge-case people, the last rows of every file."""
    files = {f"bef{period}": edge_rows.bef(period) for period in layout.PERIOD_DAY}
    files |= {f"udda{period}": edge_rows.udda(period) for period in layout.SCHOOL_DAY}
    files["dream201404"] = edge_rows.dream_rows()
    files["mentorforloeb"] = edge_rows.episode_rows(centres)
    return files


def write_registers(parts: Iterator[Files], paths: dict[str, Path]) -> None:
    """Write each file block by block; the first block sets its schema."""
    writers: dict[str, pq.ParquetWriter] = {}
    try:
        for files in parts:
            for name, columns in files.items():
                table = pa.table(columns)
                if name not in writers:
                    writers[name] = pq.ParquetWriter(
                        paths[name], table.schema, compression="zstd", write_statistics=False
                    )
                writers[name].write_table(table.cast(writers[name].schema))
    finally:
        for writer in writers.values():
            writer.close()


def write(settings: Settings, codes: dict[str, Path], paths: dict[str, Path]) -> None:
    """Write all raw files. `codes`: code lists by stem; `paths`: outputs by file stem."""
    if not 0.001 <= settings.scale <= 1:
        raise PlainError("stand_in.scale must lie between 0.001 and 1 (share of Denmark).")
    groups = benefit_groups(code_rows(codes["dream_codes"]))
    centres = job_centres(code_rows(codes["municipalities"]))
    sizes = blocks_of(settings.scale)

    def parts() -> Iterator[Files]:
        for block in range(len(sizes)):
            yield make_block(block, sizes, settings, groups, centres)
        yield edge_block(centres)

    write_registers(parts(), paths)


def outputs() -> list[str]:
    """The stems of all raw files, as the registers declare them."""
    return [
        stem
        for register in REGISTERS.values()
        if register.name not in FIELDWORK
        for stem in register.files.values()
    ]


def step(job: Job) -> None:
    """Rule stand_in.denmark: code lists in, raw files out."""
    write(Settings(**job.settings["stand_in"]), job.input, job.output)
