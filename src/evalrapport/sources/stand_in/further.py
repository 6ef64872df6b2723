"""The further registers of a block: each file only where a study wants it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache

import pyarrow as pa

from evalrapport.contracts.sources import OPTIONAL, REGISTERS
from evalrapport.sources.stand_in import health, housing, jobs, schooling
from evalrapport.sources.stand_in.careers import Careers
from evalrapport.sources.stand_in.edge_cases import EDGE_CASES
from evalrapport.sources.stand_in.edge_rows import number
from evalrapport.sources.stand_in.kin import Kin
from evalrapport.sources.stand_in.layout import Columns
from evalrapport.sources.stand_in.population import People

PSYCHIATRIC_YEARS = (2009, 2010, 2011)


def stems() -> list[str]:
    """The stems of all files of the further registers."""
    return [stem for name in OPTIONAL for stem in REGISTERS[name].files.values()]


def files(
    people: People, lives: Careers, family: Kin, seed: int, wanted: Collection[str]
) -> dict[str, Columns]:
    """The rows of the wanted files (by stem) of one block."""
    own = (people, lives)
    # What several files go by is made once, and only where one of them is wanted.
    ill = cache(lambda: health.IllHealth(*own, seed))
    served = cache(lambda: health.services(ill(), 2011, seed))
    homes = cache(lambda: housing.households(people, family, 2011, seed))
    enrolled = cache(lambda: schooling.enrolments(*own, seed))
    made: dict[str, Callable[[], Columns]] = {
        "idap2011": lambda: jobs.idap(*own, family, 2011),
        **{f"idan{year}": _jobs(own, year, seed) for year in (2009, 2010, 2011)},
        "bfl201112": lambda: jobs.bfl(*own, 2011, seed),
        "sssy2011": lambda: health.sssy(people, served(), 2011, seed),
        "ssko2011": lambda: health.ssko(people, served()),
        "lpr_adm2010": lambda: health.hospital(ill(), "lpr_adm", (2010,), seed),
        "lpr_adm2011": lambda: health.hospital(ill(), "lpr_adm", (2011,), seed),
        "psyk_adm2019": lambda: health.hospital(ill(), "psyk_adm", PSYCHIATRIC_YEARS, seed),
        "bolig201112": lambda: housing.bolig(people, family, homes(), 2011, seed),
        "perbolig201112": lambda: housing.perbolig(people, homes(), 2011, seed),
        "koto2014": lambda: schooling.register(people, enrolled(), 2),
        "kotre2025": lambda: schooling.register(people, enrolled(), 3),
    }
    return {stem: make() for stem, make in made.items() if stem in wanted}


def _jobs(own: tuple[People, Careers], year: int, seed: int) -> Callable[[], Columns]:
    return lambda: jobs.idan(*own, year, seed)


def edge(wanted: Collection[str]) -> dict[str, Columns]:
    """The named edge-case people in the wanted files: in IDAP and PERBOLIG, without jobs, illness
    or schooling there."""
    found: dict[str, Columns] = {}
    for name in OPTIONAL:
        register = REGISTERS[name]
        empty = {column.name: pa.array([], pa.string()) for column in register.columns}
        found |= {stem: dict(empty) for stem in register.files.values() if stem in wanted}
    people = [number(case) for case in EDGE_CASES if "201112" in case.resident]
    if "idap2011" in found:
        zeros = pa.array([0] * len(people))
        found["idap2011"] = {"PNR": pa.array(people), "ERHVER": zeros, "ARLEDGR_BRUTTO": zeros}
    if "perbolig201112" in found:
        none = pa.array([""] * len(people))
        found["perbolig201112"] = {"PNR": pa.array(people), "DST_BOLIGERHVERVSENHED_ID": none}
    return found
