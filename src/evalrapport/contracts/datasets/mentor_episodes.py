"""Mentor episodes after adjoining parts have been joined (SFI 15:10, chapter 3, footnote 8)."""

from evalrapport.contracts.datasets.shape import Column, Dataset

EPISODE_COLUMNS = (
    Column("person_id", "int64", "person key"),
    Column("start_date", "date32", "first day of the episode's first part"),
    Column("end_date", "date32", "latest last day of its parts; last known day if a part is open"),
    Column("duration_days", "int32", "days from start to end, both counted; at least 1"),
    Column("hours_per_week", "float64", "hours a week granted at the start", nullable=True),
    Column("mentor_type", "category", "at the start: individuel or plads", nullable=True),
    Column("municipality_code", "int16", "responsible municipality at the start", nullable=True),
    Column("parts", "int32", "number of registered parts that were joined"),
    Column("open_end", "bool", "at least one part has no end date"),
)

MENTOR_EPISODES = Dataset(
    "mentor_episodes", "joined episode", ("person_id", "start_date"), EPISODE_COLUMNS
)
