"""KOTO and KOTRE of the stand-in: spells of enrolment, from grants and measures of the career.

Who is on SU, in ordinary education as a measure, or an adult apprentice is enrolled; the young are
so from the summer in which they turn 16, unless their schooling shows that they left.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from evalrapport.sources.stand_in.careers import Careers
from evalrapport.sources.stand_in.kin import YEAR
from evalrapport.sources.stand_in.layout import Columns, coded, days, pnr
from evalrapport.sources.stand_in.population import People
from evalrapport.sources.stand_in.presence import day_of, in_order
from evalrapport.sources.stand_in.states import CODE_LIST
from evalrapport.sources.stand_in.streams import stream
from evalrapport.sources.stand_in.timeline import MONDAYS

Array = npt.NDArray[Any]
SU_CODES, APPRENTICE = ("651", "652"), "521"
LONGEST_GAP = 10  # weeks: the summer between two years of one education
YOUTH_STAY = np.array([0.95, 0.88, 0.70, 0.45])  # share of 16-year-olds who begin, by class
LAST_DATA = day_of(2014, 9, 30)
# Codes (UDD) and parts (UDEL) written, by kind: youth, SU, measure, apprentice, school's 10th year.
UDD = ("1199", "5090", "5295", "7000", "4800")
UDEL = ("21", "0", "51", "52", "30")


def enrolment(code: str) -> int:
    """What a DREAM code says of enrolment: 0, or 1 + the kind (SU 1, ordinary education as a
    measure 2, apprentice 3)."""
    if code in SU_CODES:
        return 2
    if len(code) == 3 and code[2] == "4" and code[0] in "1278" and code != "774":
        return 3
    return 4 if code == APPRENTICE else 0


KIND = np.array([enrolment(code) for code in CODE_LIST], dtype=np.uint8)


def ever_enrolled(lives: Careers) -> Array:
    """Places of the people with a week of enrolment."""
    ever, of_week = (np.zeros(len(lives.dream), dtype=np.uint8) for _ in range(2))
    for week in lives.weeks:
        np.take(KIND, week, out=of_week, mode="clip")
        ever |= of_week
    return np.flatnonzero(ever)


def spells(kind: Array) -> tuple[Array, ...]:
    """(person, kind, first week, last week) of unbroken enrolment of one kind, by person.

    Args:
        kind: uint8 (weeks, people), 0 for not enrolled.
    """
    weeks, people = kind.shape
    padded = np.zeros((people, weeks + 2), dtype=np.uint8)
    padded[:, 1:-1] = kind.T
    now, before = padded[:, 1:], padded[:, :-1]
    turn = now != before
    person, first = divmod(np.flatnonzero(turn & (now > 0)), weeks + 1)
    last = np.flatnonzero(turn & (before > 0)) % (weeks + 1)
    what = padded[person, first + 1] - 1
    joined = np.zeros(len(person), dtype=bool)
    joined[1:] = (person[1:] == person[:-1]) & (what[1:] == what[:-1])
    joined[1:] &= first[1:] - last[:-1] <= LONGEST_GAP
    head = np.flatnonzero(~joined)
    tail = np.append(head[1:], len(person)) - 1
    return person[head], what[head], first[head], last[tail] - 1


def youth(people: People, rng: np.random.Generator) -> tuple[Array, ...]:
    """(person, kind, first day, last day) of the young in upper secondary school, by person."""
    turned = people.birth + 16 * YEAR
    year = np.floor(turned / YEAR).astype(np.int64) + 1970
    begin = (year - 1970) * YEAR + 7 * 30.4
    rising = people.level[2] > people.level[0]
    stays = rng.random(len(people)) < YOUTH_STAY[people.group]
    here = (people.came <= turned) & (begin > day_of(2006, 1, 1)) & (begin < LAST_DATA)
    who = np.flatnonzero(here & (stays | rising))
    last = begin[who] + np.where(rng.random(len(who)) < 0.12, 0.8, 2.9) * YEAR
    tenth = rng.random(len(who)) < 0.1
    return who, np.where(tenth, 4, 0), begin[who].astype(np.int64), last.astype(np.int64)


def enrolments(people: People, lives: Careers, seed: int) -> tuple[Array, ...]:
    """(person, kind, first day, last day or -1 while going on) by person."""
    rng = stream(seed, "schooling", people.block)
    some = ever_enrolled(lives)
    place, kind, first, last = spells(KIND.take(lives.weeks[:, some]))
    person = some[place]
    begin = MONDAYS[first] - np.where(first == 0, rng.integers(0, 700, len(first)), 0)
    end = np.where(last == len(MONDAYS) - 1, LAST_DATA + 1, MONDAYS[last] + 6)
    person, kind, begin, end = in_order((person, kind, begin, end), youth(people, rng))
    gone = np.minimum(people.left, people.died)[person]
    end = np.minimum(end, gone)
    kept = begin < end
    person, kind, begin, end = (part[kept] for part in (person, kind, begin, end))
    return person, kind, begin, np.where(end > LAST_DATA, -1, end)


def register(people: People, enrolled: tuple[Array, ...], version: int) -> Columns:
    """KOTO (version 2) or KOTRE (version 3) of people's enrolments."""
    person, kind, begin, end = enrolled
    return {
        "PNR": pnr(people.person_id[person]),
        "UDD": coded(kind, UDD),
        "UDEL": coded(kind, UDEL),
        f"ELEV{version}_VFRA": days(begin),
        f"ELEV{version}_VTIL": days(end),
    }
