"""Writes a Denmark of people who never lived, in the real files: one block of people at a time.

Memory does not grow with the number of people. A block's people and lives depend on the seed and
its number only; who of them is chosen also on what the blocks before it missed by, a person or two.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from evalrapport.contracts.sources import FIELDWORK, REGISTERS
from evalrapport.errors import PlainError
from evalrapport.sources.stand_in import (
    ahead,
    edge_rows,
    episodes,
    further,
    kin,
    layout,
    most_use,
    population,
    traits,
)
from evalrapport.sources.stand_in.chosen import Chosen, Plan, choose, every_block
from evalrapport.sources.stand_in.edge_quotas import quotas
from evalrapport.sources.stand_in.fitting import Ledger
from evalrapport.sources.stand_in.records import RECORDS, Reported
from evalrapport.sources.stand_in.selection import Settings
from evalrapport.sources.stand_in.streams import stream
from evalrapport.sources.stand_in.targets import read as read_targets
from evalrapport.step import Job

Files = dict[str, layout.Columns]


def code_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a code list."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


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


def plan(settings: Settings, lists: dict[str, Path], tables: dict[str, Path]) -> Plan:
    """From the code lists (by stem) and the published tables (by id)."""
    aims = read_targets(tables)
    listed = code_rows(lists["dream_codes"])
    help_ = {row["code"] for row in listed if row["benefit_group"] == "kontanthjaelp"}
    supported = {row["code"] for row in listed if row["public_support"] == "yes"}
    return Plan(
        settings,
        traits.read_codes(lists["dream_codes"]),
        aims,
        quotas(aims, settings.scale, help_, supported),
        job_centres(code_rows(lists["municipalities"])),
    )


@dataclass
class Carried:
    """What a block's records know of those before: how many they are, and what Hedensted has."""

    reported: Reported
    use: most_use.MostUse = field(default_factory=most_use.MostUse)


def make_block(plan: Plan, block: int, sizes: list[int]) -> Files:
    """All raw rows of one block by itself, by file."""
    own = choose(plan, block, sizes, Ledger())
    return block_of(plan, own, len(sizes), carried_of(plan, len(sizes)))


def carried_of(plan: Plan, blocks: int) -> Carried:
    """What the first block is handed."""
    return Carried(Reported({y: n * plan.settings.scale for y, n in RECORDS.items()}, blocks))


def block_of(plan: Plan, chosen: Chosen, blocks: int, carried: Carried) -> Files:
    """All raw rows of a block, by file."""
    people, lives, seed = chosen.people, chosen.lives, plan.settings.seed
    whole = {
        year: (count, plan.quotas.outside_dream[year])
        for year, count in plan.quotas.in_dream.items()
    }
    share = episodes.Share(whole, people.block, blocks)
    carried.use.count_recipients(people, lives)
    records = episodes.report(people, chosen.starts, seed, share, carried.use, carried.reported)
    rng = stream(seed, "families", people.block)
    partner = population.partners(rng, people)
    family = kin.make(people, partner, seed)
    files = {f"bef{period}": layout.bef(people, period, family) for period in layout.PERIOD_DAY}
    files |= {f"udda{period}": layout.udda(people, period, seed) for period in layout.SCHOOL_DAY}
    files["dream201404"] = layout.dream_rows(people, lives)
    files["mentorforloeb"] = layout.episode_rows(people, records, plan.centres, seed)
    return files | further.files(people, lives, family, seed, plan.wanted)


def edge_block(centres: dict[int, str], wanted: Collection[str] | None = None) -> Files:
    """The named edge-case people, the last rows of every file (of the further ones: wanted)."""
    files = {f"bef{period}": edge_rows.bef(period) for period in layout.PERIOD_DAY}
    files |= {f"udda{period}": edge_rows.udda(period) for period in layout.SCHOOL_DAY}
    files["dream201404"] = edge_rows.dream_rows()
    files["mentorforloeb"] = edge_rows.episode_rows(centres)
    return files | further.edge(further.stems() if wanted is None else wanted)


def write_registers(parts: Iterator[Files], paths: dict[str, Path]) -> None:
    """Write each file block by block, behind the making of the next; the first sets its schema."""
    writers: dict[str, pq.ParquetWriter] = {}

    def write_block(files: Files) -> None:
        for name, columns in files.items():
            table = pa.table(columns)
            if name not in writers:
                writers[name] = pq.ParquetWriter(
                    paths[name], table.schema, compression="zstd", write_statistics=False
                )
            writers[name].write_table(table.cast(writers[name].schema))

    try:
        with ThreadPoolExecutor(1) as behind:
            before: Future[None] | None = None
            for files in parts:
                if before:
                    before.result()
                before = behind.submit(write_block, files)
            if before:
                before.result()
    finally:
        for writer in writers.values():
            writer.close()


def write(settings: Settings, codes: dict[str, Path], paths: dict[str, Path]) -> None:
    """Write all raw files.

    Args:
        codes: code lists by stem, and published tables as `published_<table>`.
        paths: outputs by file stem.
    """
    if not 0.001 <= settings.scale <= 1:
        raise PlainError("stand_in.scale must lie between 0.001 and 1 (share of Denmark).")
    tables = {name.removeprefix("published_"): path for name, path in codes.items()}
    wanted = frozenset(further.stems()) & frozenset(paths)
    common = replace(plan(settings, codes, tables), wanted=wanted)
    sizes = blocks_of(settings.scale)

    def parts() -> Iterator[Files]:
        carried = carried_of(common, len(sizes))
        make = partial(every_block, common, sizes)
        for chosen in ahead.items(make) if len(sizes) > 1 else make():
            yield block_of(common, chosen, len(sizes), carried)
        yield edge_block(common.centres, wanted)

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
