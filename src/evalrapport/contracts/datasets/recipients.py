"""Recipients of mentor support: each person's first episode in the study's window."""

from evalrapport.contracts.datasets.mentor_episodes import EPISODE_COLUMNS
from evalrapport.contracts.datasets.shape import Column, Dataset

# Who a person is; the same columns describe the comparison groups.
PERSON_COLUMNS = (
    Column("in_dream", "bool", "the person has a row in DREAM"),
    Column("benefit_code", "int16", "DREAM code of the week; 0 is no benefit"),
    Column("benefit_group", "category", "row id of table 3.1 to which the code belongs"),
    Column("match_group", "int8", "1-3; 0 is not categorised or not in DREAM"),
    Column("age", "int16", "full years"),
    Column("sex", "int8", "1 man, 2 woman"),
    Column("origin_type", "int8", "1 Danish, 2 immigrant, 3 descendant"),
    Column("origin_country", "int16", "country of origin, DST code"),
    Column("education_level", "category", "row id of table 3.6; uoplyst if unknown"),
)

RECIPIENTS = Dataset(
    "recipients",
    "person: the first episode in the window",
    ("person_id",),
    (
        *EPISODE_COLUMNS,
        Column("start_year", "int16", "calendar year of the start"),
        *PERSON_COLUMNS,
    ),
)
