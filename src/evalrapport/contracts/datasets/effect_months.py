"""What each possible person of the effect analysis does, by month of the calendar."""

from __future__ import annotations

from collections.abc import Iterable

from evalrapport.contracts.datasets.effect_outcomes import ENROLLED, ENROLLED_MEANS, OUTCOMES
from evalrapport.contracts.datasets.shape import Column, Dataset
from evalrapport.dates import Month

MEANINGS = {**OUTCOMES, ENROLLED: ENROLLED_MEANS}


def calendar_column(outcome: str, month: Month) -> str:
    """The column of an outcome in a month of the calendar."""
    return f"{outcome}_{month[0]}{month[1]:02d}"


def calendar_months(columns: Iterable[str]) -> dict[str, list[Month]]:
    """The months of the calendar that each outcome has a column for."""
    found: dict[str, list[Month]] = {}
    for column in columns:
        outcome, number = column.rsplit("_", 1)
        found.setdefault(outcome, []).append((int(number[:4]), int(number[4:])))
    return found


def effect_months(months: list[Month], enrolled: list[Month]) -> Dataset:
    """The dataset's shape: `months` that all outcomes are followed in, `enrolled` those of
    enrolment (none where its register isn't there)."""
    columns = [
        Column(calendar_column(outcome, month), "bool", f"{meaning}; {month[1]}/{month[0]}")
        for outcome, meaning in MEANINGS.items()
        for month in (enrolled if outcome == ENROLLED else months)
    ]
    return Dataset(
        "effect_months",
        "resident of the effect analysis's ages who is in DREAM, ascending by person_id",
        ("person_id",),
        (Column("person_id", "int64", "person key"), *columns),
    )
