"""What mentoring can't have touched: the months before the start, and the partner's work."""

from evalrapport.contracts.datasets.effect_outcomes import outcome_column
from evalrapport.contracts.datasets.shape import Column, Dataset

BEFORE, PARTNER = "before", "partner"
MONTHS_BEFORE = 24


def placebo_outcomes(months: int) -> Dataset:
    """The dataset's shape when people are followed from month 0 to `months`."""
    before = [
        Column(
            outcome_column(BEFORE, month),
            "bool",
            f"wage and no public support, {month} months before the month of the start",
        )
        for month in range(MONTHS_BEFORE, 0, -1)
    ]
    partner = [
        Column(
            outcome_column(PARTNER, month),
            "bool",
            f"the partner primo the year has a wage; month {month} after the start",
        )
        for month in range(months + 1)
    ]
    return Dataset(
        "placebo_outcomes",
        "person of the effect population, ascending by person_id",
        ("person_id",),
        (Column("person_id", "int64", "person key"), *before, *partner),
    )
