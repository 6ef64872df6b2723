"""A block of people as rows of the raw files, in the real layouts and names."""

from __future__ import annotations

import uuid
from datetime import date
from functools import lru_cache

import numpy as np
import pyarrow as pa

from evalrapport.contracts.sources import dream
from evalrapport.sources.stand_in import almanac, kin, places, visitation
from evalrapport.sources.stand_in.careers import Careers
from evalrapport.sources.stand_in.padding import padded
from evalrapport.sources.stand_in.population import EPOCH, LEVELS, People
from evalrapport.sources.stand_in.records import Records
from evalrapport.sources.stand_in.states import CODE_LIST
from evalrapport.sources.stand_in.streams import stream
from evalrapport.sources.stand_in.traits import self_reported

# DB07 industries of the jobs, spread over the main sections; a leading zero is part of the code.
DB07 = (
    "011100", "016100", "101110", "107100", "162300", "251100", "281100", "310900", "351100",
    "381100", "412000", "432100", "432200", "433410", "451120", "463900", "471110", "471130",
    "477110", "494100", "531000", "551010", "561010", "561020", "562900", "620100", "641900",
    "682040", "692000", "711210", "782000", "801000", "812100", "841100", "851000", "852010",
    "861000", "871010", "881010", "889110",
)  # fmt: skip
# HFAUDD examples by level (contracts/codes/education_codes.csv).
HFAUDD = {
    "10": ("1006", "1007", "1008", "1009", "1010"), "20": ("1031", "1040", "1051", "1061"),
    "30": ("300", "320", "339", "353", "375", "805"), "40": ("400", "425", "459", "480"),
    "50": ("500", "520", "545", "559"), "70": ("600", "620", "639", "645"),
}  # fmt: skip
PERIOD_DAY = {
    "201112": (date(2011, 12, 31) - EPOCH).days,
    "201212": (date(2012, 12, 31) - EPOCH).days,
    "201312": (date(2013, 12, 31) - EPOCH).days,
}
SCHOOL_DAY = {"201109": 0, "201209": 1, "201309": 2}  # row of People.level
Columns = dict[str, pa.Array]


def pnr(person_id: np.ndarray) -> pa.Array:
    """Person numbers as 12 zero-padded characters; a negative id becomes an empty cell."""
    known = person_id > 0
    return padded(person_id, 12, None if known.all() else known)


def coded(index: np.ndarray, values: tuple[str, ...]) -> pa.Array:
    """A dictionary-encoded text column."""
    codes = pa.array(index.astype(np.uint8, copy=False))
    return pa.DictionaryArray.from_arrays(codes, labels(values), safe=False)


@lru_cache
def labels(values: tuple[str, ...]) -> pa.Array:
    """The texts of a dictionary-encoded column, made once for all columns with the same."""
    return pa.array(values)


def bef(people: People, period: str, family: kin.Kin) -> Columns:
    """One period's residents of the block."""
    day = PERIOD_DAY[period]
    resident = (people.birth <= day) & (people.came <= day)
    resident &= (people.left > day) & (people.died > day)
    here = np.flatnonzero(resident)
    children = kin.children(people, family, resident, day)
    mate = family.partner[here]
    gone = (mate < 0) | (people.died[mate] <= day) | (people.left[mate] <= day)
    married = people.person_id[np.maximum(here, mate)] % 10 < 7
    age = people.age_on(day + 1)[here]
    single = np.where(age > 45, people.person_id[here] % 3 == 0, False)
    civil = np.where(gone, np.where(single, 2, 0), np.where(married, 1, 0))
    civil = np.where(gone & (mate >= 0) & (age > 50), 3, civil)
    origin = np.array([1, 3, 3, 2, 2], dtype=np.int8)[people.origin[here]]
    return {
        "PNR": pnr(people.person_id[here]),
        "KOEN": pa.array(people.sex[here].astype(np.int8)),
        "FOED_DAG": pa.array(people.birth[here].astype(np.int32)).cast(pa.date32()),
        "ALDER": pa.array(whole_years(people.birth[here], day)),
        "KOM": pa.array(people.municipality[here]),
        "IE_TYPE": pa.array(origin),
        "OPR_LAND": pa.array(people.country[here]),
        "CIVST": coded(civil, ("U", "G", "F", "E")),
        "ANTBOERNF": pa.array(children[here]),
        "E_FAELLE_ID": pnr(np.where(gone, -1, people.person_id[mate])),
        "MOR_ID": pnr(family.take_people(people, family.mother[here])),
        "FAR_ID": pnr(family.take_people(people, family.father[here])),
        "FOERSTE_INDVANDRING": days(family.immigrated[here]),
    }


def days(day: np.ndarray) -> pa.Array:
    """Days since 1970 as dates; a negative one is missing."""
    return pa.array(day.astype(np.int32), mask=day < 0).cast(pa.date32())


def whole_years(birth: np.ndarray, day: int) -> np.ndarray:
    """Exact age in whole years on a day, int16."""
    before = almanac.of(almanac.IN_YEAR, day) < almanac.of(almanac.IN_YEAR, birth)
    return (almanac.of(almanac.YEAR, day) - almanac.of(almanac.YEAR, birth) - before).astype(
        np.int16
    )


def udda(people: People, period: str, seed: int) -> Columns:
    """One autumn's educations of the block's residents aged 15-79 who are in the register."""
    rng = stream(seed, f"udda{period}", people.block)
    day = (date(int(period[:4]), 10, 1) - EPOCH).days
    age = people.age_on(day)
    here = (people.came <= day) & (people.left > day) & (people.died > day)
    level = people.level[SCHOOL_DAY[period]]
    absent = (level == 0) & (people.person_id % 3 > 0)
    rows = np.flatnonzero(here & (age >= 15) & (age < 80) & ~absent)
    values: tuple[str, ...] = ("",)
    start = [0]
    for code in LEVELS[1:]:
        start.append(len(values))
        values += HFAUDD[code]
    sizes = np.array([1, *(len(HFAUDD[code]) for code in LEVELS[1:])])
    # The choice among a level's codes belongs to the person, so that it stays over the years.
    education = np.array(start)[level[rows]] + people.person_id[rows] % sizes[level[rows]]
    reported = self_reported(people)[rows] & (level[rows] > 0)
    source = np.where(reported, rng.choice([1, 2, 3, 4], len(rows), p=[0.2, 0.5, 0.1, 0.2]), 0)
    source = np.where((age[rows] > 58) & ~reported, 5, source)
    return {
        "PNR": pnr(people.person_id[rows]),
        "HFAUDD": coded(education, values),
        "HF_KILDE": coded(source, ("15", "3", "17", "9", "18", "2")),
    }


def dream_rows(people: People, lives: Careers) -> Columns:
    """The block's rows of DREAM, wide as in the delivery."""
    rows = np.flatnonzero(lives.dream)
    columns: Columns = {"PNR": pnr(people.person_id[rows])}
    for name, week in zip(dream.week_columns(), lives.weeks, strict=True):
        columns[name.upper()] = coded(week.take(rows), CODE_LIST)
    for name, month in zip(dream.industry_columns(), lives.months, strict=True):
        columns[name.upper()] = coded(month.take(rows), ("", *DB07))
    for name, quarter in zip(dream.match_columns(), lives.match, strict=True):
        columns[name.upper()] = coded(quarter.take(rows), ("", "1", "2", "3", "4", "5"))
    for name, group in visitation.groups(people, lives).items():
        columns[name.upper()] = coded(group.take(rows), ("", *map(str, range(1, 10))))
    for name in dream.municipality_columns():
        day = (date(int(name[-4:]), 12, 31) - EPOCH).days
        living = (people.came[rows] <= day) & (people.left[rows] > day)
        columns[name.upper()] = pa.array(np.where(living, people.municipality[rows], 0), pa.int16())
    columns["KON"] = pa.array(people.sex[rows].astype(np.int8))
    return columns


def episode_rows(people: People, records: Records, centres: dict[int, str], seed: int) -> Columns:
    """The block's mentor records; some municipalities act for people who have moved."""
    rng = stream(seed, "episode_rows", people.block)
    place = people.municipality[records.person].copy()
    # Not to or from the two ends of figure 3.4, whose few (or many) episodes are their own.
    ends = (places.LEAST_USE, places.MOST_USE)
    moved = (rng.random(len(place)) < 0.01) & ~np.isin(place, ends)
    other = rng.permutation(people.municipality[~np.isin(people.municipality, ends)])
    place[moved] = other[: moved.sum()]
    ids = [str(uuid.UUID(bytes=rng.bytes(16), version=4)) for _ in range(len(place))]
    return {
        "PNR": pnr(people.person_id[records.person]),
        "FORLOEB_ID": pa.array(ids),
        "START_DATO": pa.array(records.start.astype(np.int32)).cast(pa.date32()),
        "SLUT_DATO": pa.array(records.end.astype(np.int32), mask=records.end < 0).cast(pa.date32()),
        "TIMER_UGE": pa.array(records.hours, mask=np.isnan(records.hours)),
        "MENTORTYPE": pa.array(records.kind.astype(str)),
        "KOMMUNE": pa.array([f"{code:03d}" for code in place]),
        "JOBCENTER": pa.array([centres[int(code)] for code in place]),
    }
