"""What the datasets will find people to be on a day: codes of the rows that `targets` counts.

The same definitions as the registers' readers have, written anew from the published notes, so that
one is a test of the other.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from evalrapport.sources.stand_in import almanac, match
from evalrapport.sources.stand_in.careers import Careers
from evalrapport.sources.stand_in.population import EPOCH, People
from evalrapport.sources.stand_in.states import CODE_LIST
from evalrapport.sources.stand_in.targets import ROWS
from evalrapport.sources.stand_in.timeline import MONTHS

Array = npt.NDArray[np.int64]
Counts = npt.NDArray[np.int16]
AGES = (16, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65)
WEEKS_BEFORE, MONTHS_BEFORE = 260, 48
IMMIGRANTS = (3, 4)
YOUNGEST_IN_UDDA = 15
# By the year of an event, the day in October of the year before on which the register is drawn.
YEARS = range(2007, 2017)
OCTOBER = np.array([(date(year - 1, 1, 1) - EPOCH).days + 273 for year in YEARS])
# Place of the first three-step match group, and of the last before they were abolished.
FIRST_QUARTER, LAST_QUARTER = match.QUARTERS.index((2, 2010)), match.QUARTERS.index((4, 2013))


@dataclass(frozen=True)
class CodeTraits:
    """By code index: place in table 3.1 (-1 outside), in table 3.2, and public support or not."""

    benefit: Array
    measure: Array
    supported: npt.NDArray[np.bool_]
    excluded: npt.NDArray[np.bool_]  # from the effect analysis in the start week (fn 25)


def read_codes(path: Path) -> CodeTraits:
    """From the list of DREAM codes."""
    with path.open(encoding="utf-8", newline="") as file:
        listed = {row["code"]: row for row in csv.DictReader(file)}
    rows = [listed[code or "0"] for code in CODE_LIST]
    benefits, measures = ROWS["ydelse"], ROWS["aktiv_indsats"]
    group = [row["benefit_group"] for row in rows]
    active = ["passiv" if row["activation_group"] == "uden_for" else row["activation_group"]
              for row in rows]  # fmt: skip
    return CodeTraits(
        np.array([benefits.index(name) if name in benefits else -1 for name in group]),
        np.array([measures.index(name) if name in measures else -1 for name in active]),
        np.array([row["public_support"] == "yes" for row in rows]),
        np.array([row["excluded_in_effect_analysis"] == "yes" for row in rows]),
    )


class Histories:
    """A block's lives as counts of weeks on support and months in work."""

    def __init__(self, lives: Careers, codes: CodeTraits) -> None:
        self.lives, self.codes = lives, codes

    @cached_property
    def support(self) -> Counts:
        """Weeks on support up to each week, from which any window is a difference of two rows."""
        return running(self.supported(slice(None)), self.lives.weeks.shape)

    @cached_property
    def work(self) -> Counts:
        """Months in work up to each month."""
        return running((month > 0 for month in self.lives.months), self.lives.months.shape)

    def supported(self, weeks: slice) -> Iterator[npt.NDArray[np.uint8]]:
        """Week by week, who is on support (1, else 0): each in the place of the one before."""
        values = self.codes.supported.astype(np.uint8)
        now = np.empty(self.lives.weeks.shape[1], dtype=np.uint8)
        for code in self.lives.weeks[weeks]:
            yield np.take(values, code, out=now, mode="clip")

    def weeks_on_support(self, week: Array, who: Array) -> Array:
        """Weeks with support among the 260 before `week` (table 3.8, note 1)."""
        weeks = self.support[week - 1, who] - self.support[week - 1 - WEEKS_BEFORE, who]
        return weeks.astype(np.int64)

    def months_in_work(self, month: Array, who: Array) -> Array:
        """Months with wages among the 48 before `month` (table 3.9, note 1)."""
        before = np.where(month > MONTHS_BEFORE, self.work[month - 1 - MONTHS_BEFORE, who], 0)
        return (self.work[month - 1, who] - before).astype(np.int64)

    def everybody_at(self, week: int, month: int) -> tuple[Array, Array]:
        """Weeks on support before one week, and months in work before one month, of all people."""
        support = np.zeros(self.lives.weeks.shape[1], dtype=np.int16)
        for supported in self.supported(slice(week - WEEKS_BEFORE, week)):
            support += supported
        work = (self.lives.months[month - MONTHS_BEFORE : month] > 0).sum(axis=0, dtype=np.uint8)
        return support.astype(np.int64), work.astype(np.int64)

    def described(
        self, people: People, who: Array, day: Array, week: Array, support: Array, work: Array
    ) -> Mapping[str, Array]:
        """Code of each table's row for `who` on `day`, by table id.

        Args:
            who, day, week: (n,), the week being that of the benefit.
            support, work: weeks on support and months in work before, (n,).
        """
        code, age = self.lives.weeks[week, who], almanac.whole_years(people.birth[who], day)
        return {
            "ydelse": self.codes.benefit[code],
            "aktiv_indsats": self.codes.measure[code],
            "alder": np.digitize(age, AGES).astype(np.int64),
            "koen": people.sex[who].astype(np.int64) - 1,
            "herkomst": people.origin[who].astype(np.int64),
            "uddannelse": education(people, who, day),
            "matchgruppe": match_group(self.lives, who, day),
            "aar_paa_forsoergelse": years_band(support),
            "maaneder_i_beskaeftigelse": months_band(work),
        }


def running(rows: Iterable[npt.NDArray[Any]], shape: tuple[int, ...]) -> Counts:
    """Cumulative counts down the rows; row by row, which is several times as fast as cumsum."""
    total = np.empty(shape, dtype=np.int16)
    before = np.zeros(shape[1], dtype=np.int16)
    for place, row in enumerate(rows):
        before = np.add(before, row, out=total[place])
    return total


def years_band(weeks: Array) -> Array:
    """Row of table 3.8: none, up to 1 year, … 4 to under 5, 5 years."""
    band = np.where(weeks == 260, 6, (weeks + 51) // 52)
    return band.astype(np.int64)


def months_band(months: Array) -> Array:
    """Row of table 3.9."""
    return np.digitize(months, (1, 13, 25, 37, 48)).astype(np.int64)


def month_of(day: Array) -> Array:
    """Place of a day's month in MONTHS."""
    first: int = (MONTHS[0][0] - 1970) * 12 + MONTHS[0][1] - 1
    return almanac.month(day) - first


def self_reported(people: People) -> npt.NDArray[np.bool_]:
    """Immigrants whose education is known from themselves only."""
    return np.isin(people.origin, IMMIGRANTS) & (people.person_id % 20 < 9)


def education(people: People, who: Array, day: Array) -> Array:
    """Row of table 3.6: the register of October in the year before, which holds nobody under 15;
    own reports don't count."""
    year = almanac.year(day)
    october = OCTOBER[year - YEARS[0]]
    level = people.level[(year - 2012).clip(0, 2), who].astype(np.int64)
    known = (people.came[who] <= october) & ~self_reported(people)[who]
    known &= (october - people.birth[who]) / 365.25 >= YOUNGEST_IN_UDDA
    return np.where(known, level, 0)


# Table 5.1, the treated: shares in per cent of those with the trait, or of each of two. ASSUME:
# Gymnasial and Erhvervsfaglig are swapped in print (table 3.6 has 4.9 and 19.2).
TREATED_SHARES = {
    "self_support_week_before": (3.5,),
    "kontanthjaelp_quarter": (58.4,),
    "sygedagpenge_quarter": (11.3,),
    "koen": (51.3,),
    "herkomst": (14.0, 2.7),
    "uddannelse": (58.1, 4.9, 19.6),
    "matchgruppe": (56.7, 5.8),
}

TREATED_AGE = 32.9  # their mean age, in whole years at the start of 2012


def before_treatment(
    people: People, histories: Histories, who: Array, day: Array, week: Array
) -> list[tuple[tuple[float, ...], Array]]:
    """Table 5.1's rows for `who`: per trait the printed shares and each one's category.

    Category 0 is everybody without the trait; the quarter before is 13 weeks."""
    benefit = histories.codes.benefit
    quarter = benefit[histories.lives.weeks[week - np.arange(1, 14)[:, None], who]]
    rows = ROWS["ydelse"]
    levels, groups = education(people, who, day), match_group(histories.lives, who, day)
    origin = people.origin[who]
    found = {
        "self_support_week_before": histories.lives.weeks[week - 1, who] == 0,
        "kontanthjaelp_quarter": (quarter == rows.index("kontanthjaelp")).any(axis=0),
        "sygedagpenge_quarter": (quarter == rows.index("sygedagpenge")).any(axis=0),
        "koen": people.sex[who] == 1,
        "herkomst": np.where(origin >= 3, 1, np.where(origin > 0, 2, 0)),
        "uddannelse": np.where(levels <= 3, levels, 0),
        "matchgruppe": np.select([groups == 2, groups == 3], [1, 2], 0),
    }
    return [(TREATED_SHARES[name], codes.astype(np.int64)) for name, codes in found.items()]


def match_group(lives: Careers, who: Array, day: Array) -> Array:
    """Row of table 3.7: the group at the quarter's end; after 2013 the last one registered."""
    quarter = month_of(day) // 3
    group = lives.match[quarter.clip(max=LAST_QUARTER), who]
    later = np.flatnonzero(quarter > LAST_QUARTER)
    for place in range(LAST_QUARTER - 1, FIRST_QUARTER - 1, -1):
        later = later[group[later] == 0]
        group[later] = lives.match[place, who[later]]
    return np.where(lives.dream[who], group, 0).astype(np.int64)


def resident(people: People, year: int) -> npt.NDArray[np.bool_]:
    """Who lives in Denmark primo a year: is in BEF of the December before."""
    day = (date(year - 1, 12, 31) - EPOCH).days
    there = (people.birth <= day) & (people.came <= day)
    return there & (people.left > day) & (people.died > day)
