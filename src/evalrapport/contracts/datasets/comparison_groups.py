"""The population aged 18-64 and the two groups of it that recipients are compared with."""

from evalrapport.contracts.datasets.recipients import PERSON_COLUMNS
from evalrapport.contracts.datasets.shape import Column, Dataset

COMPARISON_GROUPS = Dataset(
    "comparison_groups",
    "person of the population",
    ("person_id",),
    (
        Column("person_id", "int64", "person key"),
        Column(
            "population",
            "bool",
            "aged 18-64 and resident primo the reference year",
            label="Befolkningen",
            definition="Mellem 18 og 64 år og bosat i Danmark ved indgangen til 2013",
            source="BEF",
        ),
        Column(
            "publicly_supported",
            "bool",
            "a public benefit, SU excluded, in the week",
            label="Offentligt forsørget",
            definition="Har i referenceugen en offentlig forsørgelsesydelse bortset fra SU",
            source="DREAM",
        ),
        Column(
            "kontanthjaelp",
            "bool",
            "kontanthjælp or uddannelseshjælp in the week",
            label="Kontanthjælpsmodtager",
            definition="Har i referenceugen kontant- eller uddannelseshjælp",
            source="DREAM",
        ),
        *PERSON_COLUMNS,
    ),
)
