"""Hedensted, which uses mentors most of all municipalities (SFI 15:10, figure 3.4).

Its numbers come out as printed because each block of people sees how far those before it have come.
Its starters are set by quota (`selection.most_use`); how much support they get is decided here:
from each hand of lengths and hours they are dealt those that bring the year's full-time persons
with a mentor to the printed share of the year's full-time recipients of kontanthjælp.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from evalrapport.sources.stand_in import places
from evalrapport.sources.stand_in.careers import Careers
from evalrapport.sources.stand_in.population import EPOCH, People
from evalrapport.sources.stand_in.states import CODE_LIST
from evalrapport.sources.stand_in.timeline import MONDAYS

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
FULL_TIME = 37
# Per cent of the recipients, by year. Printed are 5.2 as the highest in 2012, 3.1 in 2014, and 4.4
# for Hedensted in all. ASSUME: the highest of both years is Hedensted; 2013 follows from the three.
USE = {2012: 5.2, 2013: 4.04, 2014: 3.1}
LAST = date(2014, 4, 30)
PERIODS = {
    year: (
        (date(year, 1, 1) - EPOCH).days,
        (min(date(year + 1, 1, 1) - timedelta(days=1), LAST) - EPOCH).days,
    )
    for year in USE
}
_HELP = np.array([code[:2] in ("73", "13", "72", "14") for code in CODE_LIST])


def hours_in(start: Ints, end: Ints, hours: Floats, year: int) -> Floats:
    """Days inside a year's period times weekly hours; missing hours count as none."""
    first, last = PERIODS[year]
    days = (np.minimum(end, last) - np.maximum(start, first) + 1).clip(0)
    result: Floats = days * np.nan_to_num(hours)
    return result


@dataclass
class MostUse:
    """What has come out so far, by year: mean recipients a week; days times hours of support."""

    recipients: dict[int, float] = field(default_factory=lambda: dict.fromkeys(USE, 0.0))
    support: dict[int, float] = field(default_factory=lambda: dict.fromkeys(USE, 0.0))

    def count_recipients(self, people: People, lives: Careers) -> None:
        """Add a block's recipients of kontanthjælp."""
        own = np.flatnonzero((people.municipality == places.MOST_USE) & lives.dream)
        for year, (first, last) in PERIODS.items():
            thursdays = MONDAYS + 3
            weeks = np.flatnonzero((thursdays >= first) & (thursdays <= last))
            on_help = _HELP[lives.weeks[np.ix_(weeks, own)]]
            self.recipients[year] += float(on_help.sum()) / len(weeks)

    def lacking(self, year: int) -> float:
        """Days times hours that the year still lacks."""
        first, last = PERIODS[year]
        wanted = USE[year] / 100 * self.recipients[year] * (last - first + 1) * FULL_TIME
        return wanted - self.support[year]

    def add(self, start: Ints, end: Ints, hours: Floats) -> None:
        """Add episodes of the municipality."""
        for year in USE:
            self.support[year] += float(hours_in(start, end, hours, year).sum())


def dealt(worth: Floats, rank: Floats, most: npt.NDArray[np.bool_], lacking: float) -> Ints:
    """Who gets which card of a hand.

    Those of the municipality get as many cards in a row, by rank, as together come nearest to what
    is lacking; the others the rest as it lies.

    Args:
        worth: days times hours of each card in the year.
        rank: what the cards are ordered by. By worth alone the longest would all be dealt, and run
            so far into the next year that they fill more than its share before anybody starts.
        most: by person, whether of the municipality.
    """
    count = int(most.sum())
    order = np.argsort(rank, kind="stable")
    sums = np.cumsum(np.concatenate([[0.0], worth[order]]))
    rows = sums[count:] - sums[: len(sums) - count]
    first = int(np.abs(rows - lacking).argmin())
    given = order[first : first + count]
    result = np.empty(len(worth), dtype=np.int64)
    result[most] = given
    result[~most] = np.setdiff1d(np.arange(len(worth)), given)
    return result
