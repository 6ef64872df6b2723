"""What DREAM says of some people, and how it looks from a start date of each person's own.

Counts over the weeks (months) before a start are differences of running counts, which are made once
per block of people, whatever the number of start dates that one then looks back from.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
WEEKS_BACK, MONTHS_BACK = 260, 48  # how far a calendar reaches back from its first start
RECENT = 104  # weeks: most flags are looked at no further back, and are made no further back
BYTE = 255  # running counts are kept modulo 256, so a difference tells of at most 255 periods


@dataclass(frozen=True)
class Calendar:
    """What DREAM says of some people by week and month of the calendar.

    group, active: uint8 (weeks, people), places in `groups` and `kinds`; supported: bool (weeks,
    people); employed: bool (months, people).
    """

    group: Array
    active: Array
    supported: Array
    employed: Array
    groups: tuple[str, ...]
    kinds: tuple[str, ...]
    kept: dict[Hashable, Array] = field(default_factory=dict)

    def since(self, week: int) -> Calendar:
        """The calendar without the weeks before `week`."""
        return replace(
            self,
            group=self.group[week:],
            active=self.active[week:],
            supported=self.supported[week:],
            kept={},
        )

    def running(self, name: Hashable, flags: Callable[[Calendar], Array], week: int = 0) -> Array:
        """How many periods before each one are flagged, modulo 256: uint8 (periods + 1, people).

        Args:
            name: of these flags. flags: makes them, bool (periods, people). week: the first that
                is wanted.
        """
        key = (name, week)
        if key not in self.kept:
            self.kept[key] = running(flags(self.since(week)))
        return self.kept[key]

    def latest(self, name: Hashable, flags: Callable[[Calendar], Array]) -> Array:
        """The period after the latest flagged one, 0 for none so far: int16 (periods + 1, people).

        Args: as of `running`.
        """
        key = ("latest", name)
        if key not in self.kept:
            self.kept[key] = latest(flags(self))
        return self.kept[key]


def running(flags: Array) -> Array:
    """Running counts modulo 256, see `Calendar.running`."""
    total = np.empty((len(flags) + 1, flags.shape[1]), dtype=np.uint8)
    total[0] = 0
    for at, row in enumerate(flags.view(np.uint8)):  # whole rows at once: np.cumsum goes down each
        np.add(total[at], row, out=total[at + 1])
    return total


def latest(flags: Array) -> Array:
    """The period after the latest flagged one, see `Calendar.latest`."""
    found = np.empty((len(flags) + 1, flags.shape[1]), dtype=np.int16)
    found[0] = 0
    for at, row in enumerate(flags):
        np.multiply(row, np.int16(at + 1), out=found[at + 1])
        np.maximum(found[at], found[at + 1], out=found[at + 1])
    return found


@dataclass(frozen=True)
class History:
    """A calendar as it looks from each person's own start.

    week, month: the places of the start week and the start month, (people,); the last week looked
    at is the one before. match: the match group, uint8 (people,), 0 for none.
    """

    calendar: Calendar
    week: Array
    month: Array
    match: Array

    def weeks(
        self, name: Hashable, flags: Callable[[Calendar], Array], first: int, last: int
    ) -> Array:
        """How many of the weeks `first` to `last` - 1 before the start (0 is the last one) are
        flagged: int16 (people,)."""
        week = WEEKS_BACK - RECENT if last <= RECENT else 0
        counts = self.calendar.running(name, flags, week)
        return between(counts, self._at_week - week * len(self.week), first, last)

    def months(self, last: int) -> Array:
        """How many of the `last` months before the start have a wage: int16 (people,)."""
        counts = self.calendar.running("employed", lambda calendar: calendar.employed)
        return between(counts, self._at_month, 0, last)

    def weeks_without_break(self, most: int) -> Array:
        """Weeks in a row on support up to the start, at most `most`: int16 (people,)."""
        ended = self.calendar.latest("unsupported", lambda calendar: ~calendar.supported)
        return np.minimum(self.week - ended.ravel()[self._at_week], most).astype(np.int16)

    def months_without_wage(self, most: int) -> Array:
        """Months in a row without a wage up to the start, at most `most`: int16 (people,)."""
        worked = self.calendar.latest("employed", lambda calendar: calendar.employed)
        return np.minimum(self.month - worked.ravel()[self._at_month], most).astype(np.int16)

    @cached_property
    def _at_week(self) -> Array:
        return places(self.week)

    @cached_property
    def _at_month(self) -> Array:
        return places(self.month)


def places(period: Array) -> Array:
    """Where a table (periods, people), laid out flat, has each person's own period."""
    return np.asarray(period * len(period) + np.arange(len(period)))


def between(counts: Array, at: Array, first: int, last: int) -> Array:
    """What running counts grew by from `last` to `first` periods before each place: int16."""
    flat, people = counts.ravel(), counts.shape[1]
    total = np.zeros(len(at), dtype=np.int16)
    for near in range(first, last, BYTE):
        far = min(near + BYTE, last)
        total += flat[at - near * people] - flat[at - far * people]
    return total
