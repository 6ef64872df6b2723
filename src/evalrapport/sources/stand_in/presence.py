"""Who lives in Denmark on a day, and traits of a life that several registers go by."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from evalrapport.sources.stand_in.careers import Careers
from evalrapport.sources.stand_in.population import EPOCH, People
from evalrapport.sources.stand_in.states import CODE_LIST
from evalrapport.sources.stand_in.timeline import WEEKS

Array = npt.NDArray[Any]


def day_of(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01."""
    return (date(year, month, day) - EPOCH).days


def resident(people: People, day: int) -> Array:
    """Who lives in the country on a day, bool (people,)."""
    arrived = (people.birth <= day) & (people.came <= day)
    return arrived & (people.left > day) & (people.died > day)


def codes_beginning(*stems: str) -> Array:
    """By code index: whether the DREAM code begins with one of the stems."""
    return np.array([bool(code) and code.startswith(stems) for code in CODE_LIST])


def share_of_year(lives: Careers, chosen: Array, year: int) -> Array:
    """Share of the weeks of a year with one of the chosen codes, (people,)."""
    weeks = [place for place, week in enumerate(WEEKS) if week[0] == year]
    of_year = lives.weeks[weeks[0] : weeks[-1] + 1]
    counted = np.take(chosen.astype(np.uint8), of_year).sum(axis=0, dtype=np.uint8)
    share: Array = counted / len(of_year)
    return share


def in_order(*parts: tuple[Array, ...]) -> tuple[Array, ...]:
    """Rows of several kinds as one, ascending by their first array (the person's place)."""
    joined = [np.concatenate(columns) for columns in zip(*parts, strict=True)]
    order = np.argsort(joined[0], kind="stable")
    return tuple(column[order] for column in joined)
