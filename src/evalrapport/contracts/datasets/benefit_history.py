"""Weeks on public support in the 260 weeks before the start (SFI 15:10, table 3.8, note 1)."""

from evalrapport.contracts.datasets.shape import Column, Dataset

# Recipients are counted back from their own start, the comparison groups from one common day;
# a person can be both, and then has a row for each.
BEFORE = Column("before", "category", "what the weeks lie before: start or reference_day")

BENEFIT_HISTORY = Dataset(
    "benefit_history",
    "person and point in time",
    ("before", "person_id"),
    (
        Column("person_id", "int64", "person key"),
        BEFORE,
        Column("in_dream", "bool", "the person has a row in DREAM; if not, no week is on support"),
        Column(
            "weeks_on_support_260",
            "int16",
            "weeks with public support, SU excluded; 0-260",
            label="Uger på forsørgelse",
            definition="Uger med offentlig forsørgelse bortset fra SU blandt de 260 uger før "
            "startugen",
            source="DREAM",
        ),
        Column(
            "years_on_support",
            "float64",
            "the weeks divided by 52; 0-5",
            label="År på forsørgelse",
            definition="Uger på forsørgelse delt med 52",
            source="DREAM",
        ),
    ),
)

BENEFIT_BEFORE_START = Dataset(
    "benefit_before_start",
    "start year, week before the start and benefit group; counts of recipients",
    ("start_year", "weeks_before", "benefit_group"),
    (
        Column("start_year", "int16", "calendar year of the start"),
        Column("weeks_before", "int16", "1 is the last week before the start week"),
        Column("benefit_group", "category", "row id of table 3.1"),
        Column("persons", "int32", "recipients with a benefit of the group in the week"),
        Column("base", "int32", "recipients of the start year"),
    ),
)
