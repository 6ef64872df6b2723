"""BOLIG and PERBOLIG of the stand-in: households of partners and children, who own or rent."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from evalrapport.sources.stand_in.kin import YEAR, Kin
from evalrapport.sources.stand_in.layout import Columns, coded, pnr
from evalrapport.sources.stand_in.padding import padded
from evalrapport.sources.stand_in.population import People
from evalrapport.sources.stand_in.presence import day_of, resident
from evalrapport.sources.stand_in.streams import stream

Array = npt.NDArray[Any]
AT_HOME = 0.42  # single 18-24-year-olds who live with a parent
NO_DWELLING = 0.006  # persons without a match in the dwelling register
# ASSUME: owners by age of the household's head, a couple and the class of attachment; our own.
OWNER_AGES, OWNERS = (20, 27, 35, 50, 65, 80), (0.04, 0.22, 0.48, 0.58, 0.56, 0.42)
COUPLE, BY_CLASS, UNKNOWN = 0.20, -0.13, 0.02


def households(people: People, family: Kin, year: int, seed: int) -> tuple[Array, Array]:
    """(residents at the year's end, the place of each one's head of household)."""
    rng = stream(seed, f"households{year}", people.block)
    day = day_of(year, 12, 31)
    here = resident(people, day)
    age = people.age_on(day)
    places = np.arange(len(people))
    mate = np.where((family.partner >= 0) & here[family.partner], family.partner, -1)
    own = np.where(mate >= 0, np.minimum(places, mate), places)
    parent = np.where(family.mother >= 0, family.mother, family.father)
    with_parent = (people.birth > day - 18 * YEAR) | (
        (age < 25) & (mate < 0) & (rng.random(len(people)) < AT_HOME)
    )
    with_parent &= (parent >= 0) & here[parent]
    head = np.where(with_parent, own[parent], own)
    rows = np.flatnonzero(here)
    return rows, head[rows]


def dwelling(people: People, head: Array) -> pa.Array:
    """Ids of dwellings, one per head of household."""
    return padded(people.person_id[head] * 7 + 11, 12)


def perbolig(people: People, homes: tuple[Array, Array], year: int, seed: int) -> Columns:
    """The dwelling of every resident (`homes`: the year's households); a few have none."""
    rows, head = homes
    lost = stream(seed, f"perbolig{year}", people.block).random(len(rows)) < NO_DWELLING
    ids = pc.if_else(pa.array(lost), "", dwelling(people, head))
    return {"PNR": pnr(people.person_id[rows]), "DST_BOLIGERHVERVSENHED_ID": ids}


def bolig(people: People, family: Kin, homes: tuple[Array, Array], year: int, seed: int) -> Columns:
    """One row per dwelling with people in it (`homes`: the year's households)."""
    rng = stream(seed, f"bolig{year}", people.block)
    members = np.bincount(homes[1])
    heads = np.flatnonzero(members)
    age = people.age_on(day_of(year, 12, 31))[heads]
    share = np.interp(age, OWNER_AGES, OWNERS) + COUPLE * (family.partner[heads] >= 0)
    share = (share + BY_CLASS * people.group[heads]).clip(0.01, 0.97)
    luck = rng.random(len(heads))
    tenure = np.where(luck < share, 1, 0)
    tenure[rng.random(len(heads)) < UNKNOWN] = 2
    return {
        "DST_BOLIGERHVERVSENHED_ID": dwelling(people, heads),
        "UDLEJNINGFH": coded(tenure, ("1", "2", "9")),
        "ANTAL_PERSONER": pa.array(members[heads].astype(np.int16)),
    }
