"""Writes the delivery of January 2017: the same people's years 2014-16, as STAR's note sees them.

Reads the files of the earlier delivery and nothing else, so that they stay as they are. The note's
published counts are set by quota (contracts/calibration.yaml lists which).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from evalrapport.contracts.sources import later
from evalrapport.dates import week_column
from evalrapport.sources.stand_in import denmark, later_cards, later_people, layout
from evalrapport.sources.stand_in import later_records as lr
from evalrapport.sources.stand_in import later_targets as lt
from evalrapport.sources.stand_in import later_weeks as lw
from evalrapport.sources.stand_in.later_people import Chosen, Pool
from evalrapport.sources.stand_in.states import CODE_LIST, C
from evalrapport.sources.stand_in.streams import stream
from evalrapport.step import Job

Ints = npt.NDArray[np.int64]
LAST_CODE, HOME = "Y_1417", "NYKOM2014"
YEARS = (2014, 2015, 2016, 2017)
OUTSIDE = 0  # no municipality of residence
BORN_UNKNOWN = 99_999


def read_pool(dream: Path, bef: Path) -> tuple[Ints, Pool, Ints]:
    """Everybody in DREAM: ids, what is known of them, and the day of birth (in DREAM's order)."""
    table = pq.read_table(dream, columns=["PNR", LAST_CODE, HOME])
    ids = table["PNR"].cast(pa.int64()).to_numpy()
    code = pc.cast(table[LAST_CODE].combine_chunks(), pa.string()).to_numpy(zero_copy_only=False)
    people = pq.read_table(bef, columns=["PNR", "FOED_DAG"])
    known = people["PNR"].cast(pa.int64()).to_numpy()
    order = np.argsort(known, kind="stable")
    at = np.searchsorted(known[order], ids).clip(max=len(known) - 1)
    found = known[order][at] == ids
    born = people["FOED_DAG"].cast(pa.int32()).to_numpy()[order][at].astype(np.int64)
    born = np.where(found, born, BORN_UNKNOWN)
    age = np.where(found, (later_cards.LAST[2015] - born) // 365.25, -1).astype(np.int64)
    home = table[HOME].to_numpy().astype(np.int64)
    age = np.where((home == OUTSIDE) | (ids >= denmark_edges()), -1, age)
    return ids, Pool(age, code.astype("U3"), home), born


def denmark_edges() -> int:
    """The first of the named people's numbers: they are given no life beyond their own."""
    from evalrapport.sources.stand_in.edge_cases import FIRST_ID

    return FIRST_ID


def other_mentees(
    rng: np.random.Generator, pool: Pool, taken: npt.NDArray[np.bool_], others: dict[int, int]
) -> tuple[Ints, Ints]:
    """People of other groups who get a mentor, and the year of each."""
    odds = pool.odds(later_people.MENTEES, 18, 62)
    for group in (lt.RES, lt.FLEX):
        odds[pool.on_benefit(group)] = 0.0
    years = np.repeat(list(others), list(others.values()))
    person = later_people.best(rng, odds, taken, np.arange(len(odds)), len(years))
    return rng.permutation(person), years[: len(person)]


def homes(rng: np.random.Generator, pool: Pool, chosen: Chosen, targets: lt.Targets) -> Ints:
    """Municipality by year and person: (year, person); some move in 2016, none of the chosen."""
    own = pool.home.copy()
    own[chosen.person] = targets.places[chosen.place]
    result = np.repeat(own[None, :], len(YEARS), axis=0)
    free = (rng.random(len(own)) < 0.02) & (own != OUTSIDE)
    free[chosen.person] = False
    moved = np.flatnonzero(free)
    result[2:, moved] = rng.permutation(own[moved])
    return result


def dream_blocks(
    dream: Path,
    ids: Ints,
    born: Ints,
    chosen: Chosen,
    spell: lw.Spells,
    mentees: lr.Records,
    home: Ints,
    seed: int,
) -> Iterator[layout.Columns]:
    """DREAM's rows, one row group of the earlier delivery at a time."""
    index = {code: place for place, code in enumerate(CODE_LIST)}
    begin = 0
    with pq.ParquetFile(dream) as file:
        for group in range(file.num_row_groups):
            column = file.read_row_group(group, columns=[LAST_CODE])[LAST_CODE].combine_chunks()
            values = column.dictionary.to_pylist()
            known = np.array([index.get(value, C[""]) for value in values], dtype=np.uint8)
            code = known[column.indices.to_numpy()]
            rows = slice(begin, begin + len(code))
            begin += len(code)
            rng = stream(seed, "later_weeks", group)
            age_weeks = (lw.MONDAYS[0] - born[rows]) // 7
            weeks = lw.natural(rng, code, age_weeks)
            own = np.flatnonzero((mentees.person >= rows.start) & (mentees.person < rows.stop))
            lw.help_around(rng, weeks, mentees.person[own] - rows.start, mentees.start[own])
            own = np.flatnonzero((chosen.person >= rows.start) & (chosen.person < rows.stop))
            some = lw.Spells(spell.first[own], spell.last[own])
            lw.overlay(rng, weeks, chosen.person[own] - rows.start, chosen.group[own], some)
            yield dream_columns(ids[rows], weeks, home[:, rows])


def dream_columns(ids: Ints, weeks: lw.Codes, home: Ints) -> layout.Columns:
    """One block in the layout of the delivery."""
    columns: layout.Columns = {"PNR": layout.pnr(ids)}
    for week, codes in zip(lw.WEEKS, weeks, strict=True):
        columns[week_column(*week).upper()] = layout.coded(codes, CODE_LIST)
    for year, places in zip(YEARS, home, strict=True):
        columns[f"NYKOM{year}"] = pa.array(places, pa.int16())
    return columns


def episode_columns(
    rng: np.random.Generator, rows: lr.Records, ids: Ints, home: Ints, centres: dict[int, str]
) -> layout.Columns:
    """Mentor records in the layout; a few are registered by another municipality than pays."""
    year = (rows.start.astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970).clip(
        YEARS[0], YEARS[-1]
    )
    place = home[year - YEARS[0], rows.person]
    other = (rng.random(len(place)) < lr.OTHER_PLACE) | (place == OUTSIDE)
    place = np.where(other, rng.choice(list(centres), len(place)), place)
    return {
        "PNR": layout.pnr(ids[rows.person]),
        "FORLOEB_ID": identifiers(rng, len(place)),
        "START_DATO": day_column(rows.start),
        "SLUT_DATO": day_column(rows.end),
        "TIMER_UGE": pa.array(rows.hours, mask=np.isnan(rows.hours)),
        "MENTORTYPE": pa.array(np.where(rows.plads, "2", "1")),
        "KOMMUNE": pa.array([f"{code:03d}" for code in place]),
        "JOBCENTER": pa.array([centres[int(code)] for code in place]),
    }


def identifiers(rng: np.random.Generator, count: int) -> pa.Array:
    """As many different ids."""
    return pa.array([str(uuid.UUID(bytes=rng.bytes(16), version=4)) for _ in range(count)])


def day_column(days: Ints) -> pa.Array:
    """Days as dates; OPEN is empty."""
    return pa.array(days.astype(np.int32), mask=days == lr.OPEN).cast(pa.date32())


def earlier_records(rng: np.random.Generator, path: Path) -> pa.Table:
    """The earlier delivery's records with their ends as they are known now."""
    table = pq.read_table(path)
    start = table["START_DATO"].cast(pa.int32()).to_numpy().astype(np.int64)
    end = pc.fill_null(table["SLUT_DATO"].cast(pa.int32()), lr.OPEN).to_numpy().astype(np.int64)
    place = table.schema.get_field_index("SLUT_DATO")
    return table.set_column(place, "SLUT_DATO", day_column(lr.replaced(rng, start, end)))


def write_dream(blocks: Iterator[layout.Columns], path: Path) -> None:
    """Write DREAM block by block."""
    writer: pq.ParquetWriter | None = None
    for columns in blocks:
        table = pa.table(columns)
        if writer is None:
            writer = pq.ParquetWriter(
                path, table.schema, compression="zstd", write_statistics=False
            )
        writer.write_table(table)
    if writer is not None:
        writer.close()


def make(inputs: dict[str, Path], outputs: dict[str, Path], scale: float, seed: int) -> None:
    """All files of the delivery from the files of the earlier one and the published tables."""
    tables = {name: inputs[f"published_{name}"] for name in lt.TABLES}
    targets = lt.read(tables, scale)
    rng = stream(seed, "later_years")
    ids, pool, born = read_pool(inputs["dream201404"], inputs["bef201312"])
    cards = later_cards.deal(targets, seed)
    chosen = later_people.slots(rng, targets, cards)
    taken = later_people.choose(rng, pool, targets, chosen)
    before = np.where(
        chosen.group == lt.RES,
        pool.on_benefit(lt.RES)[chosen.person],
        pool.on_benefit(lt.FLEX)[chosen.person],
    )
    spell = lw.spells(rng, chosen, cards, before)
    person = np.empty(len(cards), dtype=np.int64)
    person[chosen.card[chosen.card >= 0]] = chosen.person[chosen.card >= 0]
    others = lr.of_others(rng, *other_mentees(rng, pool, taken, dict(targets.others)))
    home = homes(rng, pool, chosen, targets)
    write_dream(
        dream_blocks(inputs["dream201404"], ids, born, chosen, spell, others, home, seed),
        outputs["dream201701"],
    )
    centres = denmark.job_centres(denmark.code_rows(inputs["municipalities"]))
    records = lr.stack([lr.of_cards(rng, cards, person), others])
    new = pa.table(episode_columns(rng, records, ids, home, centres))
    old = earlier_records(rng, inputs["mentorforloeb"])
    pq.write_table(pa.concat_tables([old, new.cast(old.schema)]), outputs["mentorforloeb201701"])
    found = lr.measures(rng, cards, person, others, chosen.person[chosen.card < 0])
    pq.write_table(
        pa.table(
            {
                "PNR": layout.pnr(ids[found.person]),
                "INDSATS_ID": identifiers(rng, len(found.person)),
                "START_DATO": day_column(found.start),
                "SLUT_DATO": day_column(found.end),
                "INDSATS": pa.array(np.array(lr.KINDS)[found.kind]),
            }
        ),
        outputs["aktivering201701"],
    )


def outputs() -> list[str]:
    """The stems of the delivery's files."""
    return [stem for register in later.LATER.values() for stem in register.files.values()]


def step(job: Job) -> None:
    """Rule later_years: the earlier delivery's raw files and published tables → the later one's."""
    settings = job.settings["stand_in"]
    make(job.input, job.output, settings["scale"], settings["seed"])
