"""Recipients' visitation group, which replaced the match groups on 1 January 2014 (figure 3.1)."""

from evalrapport.contracts.datasets.shape import Column, Dataset

VISITATION_GROUPS = Dataset(
    "visitation_groups",
    "recipient who starts in 2014 or later",
    ("person_id",),
    (
        Column("person_id", "int64", "person key"),
        Column("start_year", "int16", "calendar year of the start"),
        Column(
            "visitation",
            "int8",
            "code of the list visitation; 0 is none or not in DREAM",
            label="Visitationsgruppe",
            definition="Gruppen ved udgangen af det kvartal, hvor forløbet begynder; kun for "
            "forløb fra 2014",
            source="DREAM",
        ),
    ),
)
