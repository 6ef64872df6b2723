"""Months with wage income in the 48 months before the start (SFI 15:10, table 3.9, note 1)."""

from evalrapport.contracts.datasets.benefit_history import BEFORE
from evalrapport.contracts.datasets.shape import Column, Dataset

EMPLOYMENT_MONTHS = Dataset(
    "employment_months",
    "person in DREAM and point in time",
    ("before", "person_id"),
    (
        Column("person_id", "int64", "person key"),
        BEFORE,
        Column(
            "months_employed_48",
            "int16",
            "months with wage income; 0-48",
            label="Måneder i beskæftigelse",
            definition="Måneder med lønindkomst blandt de 48 måneder før startmåneden",
            source="DREAM",
        ),
        Column(
            "employed_in_month",
            "bool",
            "wage income in the month of the start or of the day",
            label="Lønindkomst i startmåneden",
            definition="Lønindkomst i den måned, hvor forløbet begynder, fra almindeligt arbejde "
            "eller et lønnet tilbud",
            source="DREAM",
        ),
    ),
)
