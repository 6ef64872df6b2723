"""What is left of the published totals for made-up people when the named edge cases are in them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from evalrapport.sources.stand_in.edge_cases import EDGE_CASES, EdgeCase
from evalrapport.sources.stand_in.edge_rows import benefit
from evalrapport.sources.stand_in.targets import (
    HELP,
    MONTHS_TABLE,
    PEOPLE,
    POPULATION,
    SUPPORTED,
    TREATED,
    YEARS,
    Targets,
)

LOW, HIGH = 18, 64
WEEK = (2013, 10)


@dataclass(frozen=True)
class Quotas:
    """Totals at a scale, less the edge cases, which are in every build."""

    scale: float
    groups: dict[str, int]
    in_dream: dict[int, int]
    outside_dream: dict[int, int]
    absent: int  # of those aged 18-64 primo 2013, not in DREAM
    treated: int

    def group(self, name: str) -> int:
        """People of one of the three groups primo 2013."""
        return self.groups[name]


def group_of(case: EdgeCase, help_codes: set[str], supported: set[str]) -> str | None:
    """The group of an edge case primo 2013, None outside them."""
    birth = date.fromisoformat(case.birth)
    age = 2012 - birth.year
    if "201212" not in case.resident or not LOW <= age <= HIGH:
        return None
    code = benefit(case, WEEK) if case.in_dream else ""
    if code in help_codes:
        return HELP
    return SUPPORTED if code in supported else "others"


def quotas(targets: Targets, scale: float, help_codes: set[str], supported: set[str]) -> Quotas:
    """The quotas of a build."""
    known = Counter(group_of(case, help_codes, supported) for case in EDGE_CASES)
    help_ = targets.base("aktiv_indsats", HELP)
    both = targets.base("aktiv_indsats", SUPPORTED)
    whole = {HELP: help_, SUPPORTED: both - help_, "others": PEOPLE - both}
    described = [case for case in EDGE_CASES if case.expect.get("recipient")]
    starts = Counter((int(case.expect["start"][:4]), case.in_dream) for case in described)
    inside = {year: targets.starters_in_dream(year) for year in YEARS}
    outside = {year: targets.starters(year) - inside[year] for year in YEARS}
    treated = sum(bool(case.expect.get("treated")) for case in EDGE_CASES)
    absent = sum(
        group_of(case, help_codes, supported) is not None and not case.in_dream
        for case in EDGE_CASES
    )
    return Quotas(
        scale,
        {name: less(total, scale, known[name]) for name, total in whole.items()},
        {year: less(total, scale, starts[year, True]) for year, total in inside.items()},
        {year: less(total, scale, starts[year, False]) for year, total in outside.items()},
        less(PEOPLE - targets.base(MONTHS_TABLE, POPULATION), scale, absent),
        less(TREATED, scale, treated),
    )


def less(total: int, scale: float, known: int) -> int:
    """A total at a scale without those already known; never below 0."""
    return max(0, round(total * scale) - known)
