"""Mentor episodes after adjoining parts have been joined (SFI 15:10, chapter 3, footnote 8)."""

from evalrapport.contracts.datasets.shape import Column, Dataset

EPISODE_COLUMNS = (
    Column("person_id", "int64", "person key"),
    Column(
        "start_date",
        "date32",
        "first day of the episode's first part",
        label="Forløbets start",
        definition="Første dag i den første post af forløbet",
        source="Det statistiske varehus",
    ),
    Column(
        "end_date",
        "date32",
        "latest last day of its parts; last known day if a part is open",
        label="Forløbets slut",
        definition="Seneste slutdag blandt forløbets poster; er en post åben, den sidste "
        "dag, som data rækker til",
        source="Det statistiske varehus",
    ),
    Column(
        "duration_days",
        "int32",
        "days from start to end, both counted; at least 1",
        label="Varighed",
        definition="Dage fra start til slut, begge dage medregnet, efter at poster i "
        "umiddelbar forlængelse af hinanden er samlet",
        source="Det statistiske varehus",
    ),
    Column(
        "hours_per_week",
        "float64",
        "hours a week granted at the start",
        nullable=True,
        label="Timer om ugen",
        definition="Det bevilgede ugentlige timetal ved forløbets start",
        source="Det statistiske varehus",
    ),
    Column(
        "mentor_type",
        "category",
        "at the start: individuel or plads",
        nullable=True,
        label="Mentortype",
        definition="Individuel mentor eller pladsmentor, som registreret ved forløbets start",
        source="Det statistiske varehus",
    ),
    Column(
        "municipality_code",
        "int16",
        "responsible municipality at the start",
        nullable=True,
        label="Kommune",
        definition="Den kommune, der har ansvaret for forløbet ved dets start",
        source="Det statistiske varehus",
    ),
    Column(
        "parts",
        "int32",
        "number of registered parts that were joined",
        label="Antal poster",
        definition="Poster i registret, som er samlet til forløbet",
        source="Det statistiske varehus",
    ),
    Column(
        "open_end",
        "bool",
        "at least one part has no end date",
        label="Åbent forløb",
        definition="Mindst én af forløbets poster har ingen slutdag",
        source="Det statistiske varehus",
    ),
)

MENTOR_EPISODES = Dataset(
    "mentor_episodes", "joined episode", ("person_id", "start_date"), EPISODE_COLUMNS
)
