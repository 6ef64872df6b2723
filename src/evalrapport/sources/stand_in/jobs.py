"""IDA and BFL of the stand-in: jobs in November, experience, hourly wages, paid hours.

A job is that of the career: who has wages in the month in DREAM has a job here, in the same
industry. Wages follow schooling, age and attachment to work; experience adds up what was worked.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from evalrapport import dates
from evalrapport.sources.stand_in.careers import Careers
from evalrapport.sources.stand_in.kin import YEAR, Kin
from evalrapport.sources.stand_in.layout import DB07, Columns, coded, pnr
from evalrapport.sources.stand_in.population import EPOCH, People
from evalrapport.sources.stand_in.presence import (
    codes_beginning,
    day_of,
    in_order,
    resident,
    share_of_year,
)
from evalrapport.sources.stand_in.streams import stream
from evalrapport.sources.stand_in.timeline import MONTHS

Array = npt.NDArray[Any]
# ASSUME: hourly wages (log kroner, 2011) by place in LEVELS: unknown, grundskole, gymnasial,
# erhvervsfaglig, KVU, MVU, LVU; levels of our own from general knowledge.
LOG_WAGE = np.array([4.98, 4.97, 4.94, 5.14, 5.20, 5.27, 5.46])
BY_CLASS, BY_RESOURCES, SPREAD = -0.045, 0.025, 0.17
SECOND_JOB = 0.06
# ASSUME: share of the years from 18 that were worked, by class, and years spent on schooling.
WORKED = np.array([0.86, 0.72, 0.44, 0.20])
SCHOOL_YEARS = np.array([0.0, 0.0, 1.5, 2.5, 3.5, 5.0, 6.5])
UNEMPLOYED = ("11", "21", "23", "13")  # dagpenge, and kontanthjælp to those ready for a job
PUBLIC = {"841": 31, "851": 51, "852": 51, "861": 41, "871": 51, "881": 51, "889": 51}
STILL_PRIVATE = 0.12  # of those industries
SECTORS = ("31", "41", "51", "80")


def idan(people: People, lives: Careers, year: int, seed: int) -> Columns:
    """Jobs of a year: the main one in November, second jobs, and those of other months."""
    rng = stream(seed, f"idan{year}", people.block)
    here = resident(people, day_of(year, 11, 28))
    first = MONTHS.index((year, 1))
    months = lives.months[first : first + 12]
    november, any_month = months[10], months.max(axis=0)
    main = np.flatnonzero(here & (november > 0))
    second = main[rng.random(len(main)) < SECOND_JOB]
    other = np.flatnonzero(here & (november == 0) & (any_month > 0))
    person, industry, kind = in_order(
        (main, november[main] - 1, np.zeros(len(main), dtype=np.int64)),
        (second, rng.integers(0, len(DB07), len(second)), np.ones(len(second), dtype=np.int64)),
        (other, any_month[other] - 1, np.full(len(other), 2)),
    )
    return {
        "PNR": pnr(people.person_id[person]),
        "TYPE_2008": coded(kind, ("H", "B", "E")),
        "ARB_HOVED_BRA_DB07": coded(industry, DB07),
        "ARB_SEKTORKODE": coded(sectors(rng, industry), SECTORS),
        "SMAL_TIMELOEN": pa.array(wages(rng, people, person, year).round(2)),
    }


def sectors(rng: np.random.Generator, industry: Array) -> Array:
    """Place in SECTORS of each job's workplace."""
    own = np.array([SECTORS.index(str(PUBLIC.get(code[:3], 80))) for code in DB07])
    private = rng.random(len(industry)) < STILL_PRIVATE
    return np.where(private, SECTORS.index("80"), own[industry])


def wages(rng: np.random.Generator, people: People, person: Array, year: int) -> Array:
    """Kroner an hour. Part of the spread belongs to the person, so that it lasts over the years."""
    age = people.age_on(day_of(year, 11, 28))[person]
    lasting = (people.person_id[person] * 2_654_435_761 % 1_000 / 1_000 - 0.5) * SPREAD * 3
    log = LOG_WAGE[people.level[0, person]] + 0.011 * (age.clip(18, 45) - 30)
    log = log + BY_CLASS * people.group[person] + BY_RESOURCES * people.resources[person]
    log = log + lasting + rng.normal(0, SPREAD / 2, len(person))
    return np.exp(log) * np.where(age < 18, 0.55, 1.0)


def idap(people: People, lives: Careers, family: Kin, year: int) -> Columns:
    """Experience and unemployment of everybody from 15 years."""
    day = day_of(year, 11, 28)
    rows = np.flatnonzero(resident(people, day) & (people.age_on(day) >= 15))
    degree = 1000 * share_of_year(lives, codes_beginning(*UNEMPLOYED), year)[rows]
    return {
        "PNR": pnr(people.person_id[rows]),
        "ERHVER": pa.array(experience(people, lives, family, year)[rows]),
        "ARLEDGR_BRUTTO": pa.array(degree.round().astype(np.int16)),
    }


def experience(people: People, lives: Careers, family: Kin, year: int) -> Array:
    """Thousandths of a year worked since 1980, int32: an estimate to 2007, then month by month."""
    begin = day_of(2008, 1, 1)
    grown = np.maximum(people.birth + 18 * YEAR, day_of(1980, 1, 1))
    since = np.maximum(grown, np.where(family.immigrated >= 0, family.immigrated, grown))
    years = (begin - since).clip(0) / YEAR
    share = WORKED[people.group] * np.exp(0.08 * people.resources)
    before = (years * share - SCHOOL_YEARS[people.level[0]]).clip(0)
    last = MONTHS.index((year, 11))
    after = (lives.months[: last + 1] > 0).sum(axis=0, dtype=np.uint8) / 12
    return np.rint(1000 * (before + after)).astype(np.int32)


def bfl(people: People, lives: Careers, year: int, seed: int) -> Columns:
    """A row for each month of a job of the year, by person and month."""
    rng = stream(seed, f"bfl{year}", people.block)
    first = MONTHS.index((year, 1))
    person, month = np.nonzero(lives.months[first : first + 12].T)
    full = people.person_id % 10 < np.array([8, 7, 5, 3])[people.group]
    usual = np.where(full, 160.0, 20 + people.person_id % 97)
    hours = usual[person] * rng.normal(1, 0.06, len(person)).clip(0.5, 1.3)
    days = [date(year, number, 1) for number in range(1, 13)]
    ends = [date(*dates.add_months((year, number), 1), 1) for number in range(1, 13)]
    start = np.array([(day - EPOCH).days for day in days], dtype=np.int32)
    end = np.array([(day - EPOCH).days - 1 for day in ends], dtype=np.int32)
    return {
        "PNR": pnr(people.person_id[person]),
        "AJO_JOB_START_DATO": pa.array(start[month]).cast(pa.date32()),
        "AJO_JOB_SLUT_DATO": pa.array(end[month]).cast(pa.date32()),
        "AJO_LOENTIMER": pa.array(hours.round(2)),
    }
