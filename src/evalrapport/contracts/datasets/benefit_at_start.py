"""Mentor episodes and registrations with the benefit at their start, and benefits by person."""

from evalrapport.contracts.datasets.shape import Column, Dataset

GROUP = Column("benefit_group", "category", "group by the study's grouping, in the week")
PLACE = Column(
    "municipality_code", "int16", "where the benefit was received; 0 for people not in DREAM"
)
PERSON = Column("person_id", "int64", "person key")
START_YEAR = Column("start_year", "int16", "calendar year of the start")

EPISODE_BENEFITS = Dataset(
    "episode_benefits",
    "joined episode that starts in the window",
    ("person_id", "start_date"),
    (
        PERSON,
        Column("start_date", "date32", "first day"),
        Column("end_date", "date32", "last day, planned if the episode is not over"),
        START_YEAR,
        Column("months", "int16", "duration in whole months, rounded by the note's rule"),
        Column(
            "hours_per_week", "float64", "mean of its parts by their days, above 0", nullable=True
        ),
        GROUP,
        PLACE,
        Column("other_measure", "bool", "an active measure runs on one of its days"),
    ),
)
HOUR_REGISTRATIONS = Dataset(
    "hour_registrations",
    "registered part with hours above 0 that starts in the window",
    (),
    (
        PERSON,
        START_YEAR,
        Column("hours_per_week", "float64", "weekly hours"),
        GROUP,
    ),
)
BENEFIT_WEEK = Dataset(
    "benefit_week",
    "person on a benefit that the study is about, in the reference week",
    ("person_id",),
    (PERSON, GROUP, PLACE, Column("mentor", "bool", "an episode covers a day of the week")),
)
BENEFIT_SPELLS = Dataset(
    "benefit_spells",
    "benefit spell that starts in the window and has a mentor start in the same calendar year",
    (),
    (PERSON, GROUP, Column("start_year", "int16", "calendar year of the spell's first Monday")),
)
