"""What each person of the effect population does in the months from the start."""

from collections.abc import Mapping
from typing import Any

from evalrapport.contracts.datasets.shape import Column, Dataset

OUTCOMES = {
    "employed_without_benefit": "wage in the month and no public support in its weeks",
    "employed": "wage in the month, public support allowed",
    "su": "SU in at least one week of the month",
}

# Label and definition for readers; the source of all three is DREAM.
OUTCOMES_FOR_READERS = {
    "employed_without_benefit": (
        "Beskæftiget uden ydelse",
        "Lønindkomst i måneden og ingen offentlig forsørgelse i nogen af månedens uger",
    ),
    "employed": (
        "Beskæftiget",
        "Lønindkomst i måneden, med eller uden offentlig forsørgelse",
    ),
    "su": ("SU", "SU i mindst én af månedens uger"),
}
ENROLLED_FOR_READERS = ("Under uddannelse", "Indskrevet på en uddannelse i måneden")


# Made from another register, and followed for fewer months: a month counts with a day in it.
ENROLLED = "enrolled"
ENROLLED_MEANS = "enrolled in an education (school years 0-11 excepted) on a day of the month"


def outcome_column(outcome: str, month: int) -> str:
    """The column of an outcome in the month-th month after that of the start (0)."""
    return f"{outcome}_{month:02d}"


def last_month(effect: Mapping[str, Any], outcome: str) -> int:
    """The last month from the start that an outcome is followed for; `effect`: of config.yaml."""
    return int(effect["education_months" if outcome == ENROLLED else "follow_up_months"])


def effect_outcomes(months: int, education_months: int | None = None) -> Dataset:
    """The dataset's shape when people are followed from month 0 to `months`.

    `education_months`: the last month of enrolment, None where its register isn't there.
    """
    columns = [
        Column(outcome_column(outcome, month), "bool", f"{meaning}; month {month} after the start")
        for outcome, meaning in OUTCOMES.items()
        for month in range(months + 1)
    ]
    columns += [
        Column(
            outcome_column(ENROLLED, month),
            "bool",
            f"{ENROLLED_MEANS}; month {month} after the start",
        )
        for month in range(0 if education_months is None else education_months + 1)
    ]
    return Dataset(
        "effect_outcomes",
        "person of the effect population, ascending by person_id",
        ("person_id",),
        (Column("person_id", "int64", "person key"), *columns),
    )
