"""SSSY, SSKO, LPR_ADM and PSYK_ADM of the stand-in: services and hospital contacts.

Ill health goes with age, with weak attachment to work, with sick pay and pension in the career, and
a little with the unseen trait of resources; the rest of it is a person's own luck.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from evalrapport.sources.stand_in.careers import Careers
from evalrapport.sources.stand_in.layout import Columns, coded, days, pnr
from evalrapport.sources.stand_in.padding import padded
from evalrapport.sources.stand_in.population import People
from evalrapport.sources.stand_in.presence import (
    codes_beginning,
    day_of,
    in_order,
    resident,
    share_of_year,
)
from evalrapport.sources.stand_in.streams import stream

Array = npt.NDArray[Any]
Services = tuple[Array, ...]  # person, kind, services in the year
# ASSUME: services of grown-ups only, and a year's services of one kind in at most two rows: the
# real register has a row per service and week, some 100 million a year.
YOUNGEST = 15
# Services by kind: six-digit code, log of the mean a year, load of ill health of body and mind.
KINDS = (
    ("800101", 1.05, 0.30, 0.12),  # konsultation hos almen læge
    ("800201", 0.35, 0.30, 0.15),  # telefonkonsultation
    ("501119", 0.15, -0.10, -0.05),  # tandlæge
    ("510110", -1.70, 0.35, 0.00),  # fysioterapi
    ("190110", -1.90, 0.20, 0.00),  # øjenlæge
    ("210110", -2.00, 0.15, 0.00),  # ørelæge
    ("630110", -4.10, 0.00, 0.45),  # psykolog
    ("240110", -4.60, 0.00, 0.85),  # psykiater
)  # fmt: skip
CHILD_ROWS = 0.004  # rows about a child on a grown-up's card
# Contacts a year of the healthy, by patient type (in, out, emergency), and load of ill health.
SOMATIC = ((0, 0.12, 0.42), (2, 0.19, 0.30), (3, 0.08, 0.22))
PSYCHIATRIC = ((0, 0.0035, 0.95), (2, 0.013, 0.80))
BED_DAYS = {"lpr_adm": 3.6, "psyk_adm": 16.0}
BY_RESOURCES = -0.15


class IllHealth:
    """Ill health of a block's people: what each year's career says of it, and lasting luck."""

    def __init__(self, people: People, lives: Careers, seed: int) -> None:
        rng = stream(seed, "health", people.block)
        self.people, self.lives = people, lives
        self.luck_of_body = rng.normal(0, 0.8, len(people))
        self.luck_of_mind = rng.normal(0, 0.9, len(people))
        self.found: dict[int, tuple[Array, Array]] = {}

    def in_year(self, year: int) -> tuple[Array, Array]:
        """Of body and of mind, about standard normal: the same in all registers of a year."""
        if year not in self.found:
            body, mind = burden(self.people, self.lives, year)
            self.found[year] = body + self.luck_of_body, mind + self.luck_of_mind
        return self.found[year]


def burden(people: People, lives: Careers, year: int) -> tuple[Array, Array]:
    """What age, class, resources and the year's career add to ill health of body and of mind.

    # ASSUME: the loads are ours. That on resources is small, so that most of what leads to a
    # mentor stays unseen by any register, as the model report fears.
    """
    sick = share_of_year(lives, codes_beginning("89", "76", "74"), year)
    pension = share_of_year(lives, codes_beginning("78", "77"), year)
    aid = share_of_year(lives, codes_beginning("73"), year)
    age = people.age_on(day_of(year, 7, 1))
    common = BY_RESOURCES * people.resources + 0.28 * people.group
    body = common + 0.018 * (age - 42) + 1.1 * sick + 0.8 * pension + 0.15 * aid
    mind = common + 0.006 * (38 - age) + 0.7 * sick + 0.9 * pension + 0.55 * aid
    return body, mind


def services(ill: IllHealth, year: int, seed: int) -> Services:
    """The year's services by person, from 15 years on, at least one of a kind."""
    people = ill.people
    rng = stream(seed, f"services{year}", people.block)
    body, mind = ill.in_year(year)
    day = day_of(year, 7, 1)
    here = np.flatnonzero(resident(people, day) & (people.age_on(day) >= YOUNGEST))
    woman = 0.25 * (people.sex[here] == 2)
    parts = []
    for kind, (_, base, of_body, of_mind) in enumerate(KINDS):
        mean = np.exp(base + of_body * body[here] + of_mind * mind[here] + woman)
        count = rng.poisson(mean.clip(0, 60))
        some = np.flatnonzero(count)
        parts.append((here[some], np.full(len(some), kind), count[some]))
    return in_order(*parts)


def sssy(people: People, served: Services, year: int, seed: int) -> Columns:
    """The year's services."""
    person, kind, count = served
    child = stream(seed, f"sssy{year}", people.block).random(len(person)) < CHILD_ROWS
    return {
        "PNR": pnr(people.person_id[person]),
        "SPECIALE": coded(kind, tuple(code for code, *_ in KINDS)),
        "YDLANT": pa.array(count.astype(np.int16)),
        "BARNMAK": coded(child, ("0", "1")),
    }


def ssko(people: People, served: Services) -> Columns:
    """A year's contacts by speciality, fewer than the services."""
    person, kind, count = served
    labels = tuple(sorted({code[:2] for code, *_ in KINDS}))
    speciality = np.array([labels.index(code[:2]) for code, *_ in KINDS])[kind]
    total = np.bincount(person * len(labels) + speciality, weights=count)
    pairs = np.flatnonzero(total)
    return {
        "PNR": pnr(people.person_id[pairs // len(labels)]),
        "SPEC2": coded(pairs % len(labels), labels),
        "KONTAKTAGG": pa.array(np.ceil(0.75 * total[pairs]).astype(np.int16)),
    }


def hospital(ill: IllHealth, register: str, years: tuple[int, ...], seed: int) -> Columns:
    """Contacts of some years with somatic (lpr_adm) or psychiatric (psyk_adm) hospitals."""
    people = ill.people
    rng = stream(seed, f"{register}{years[0]}", people.block)
    somatic = register == "lpr_adm"
    parts = []
    for year in years:
        need = ill.in_year(year)[0 if somatic else 1]
        first = day_of(year, 1, 1)
        here = np.flatnonzero(resident(people, first) & (people.age_on(first) >= YOUNGEST))
        for kind, base, load in SOMATIC if somatic else PSYCHIATRIC:
            count = rng.poisson((base * np.exp(load * need[here])).clip(0, 20))
            person = np.repeat(here, count)
            day = first + rng.integers(0, 365, len(person))
            beds = rng.geometric(1 / BED_DAYS[register], len(person)) if kind == 0 else 0 * person
            parts.append((person, np.full(len(person), kind), day, beds))
    person, type_, day, beds = in_order(*parts)
    number = (people.block + 1) * 10_000_000 + years[0] % 100 * 100_000_000_00 + np.arange(len(day))
    return {
        "PNR": pnr(people.person_id[person]),
        "RECNUM": padded(number, 14),
        "C_PATTYPE": coded(type_, ("0", "1", "2", "3")),
        "D_INDDTO": days(day),
        "V_SENGDAGE": pa.array(beds.astype(np.int16)),
    }
