"""Who the effect is estimated on and from whom the controls are chosen (SFI 15:10, footnote 25)."""

from evalrapport.contracts.datasets.shape import Column, Dataset

EFFECT_POPULATION = Dataset(
    "effect_population",
    "person, ascending by person_id",
    ("person_id",),
    (
        Column("person_id", "int64", "person key"),
        Column(
            "treated",
            "bool",
            "starts a mentor episode in the effect window",
            label="Indsatsgruppe",
            definition="Begynder et mentorforløb i den periode, som effekten måles for, og havde "
            "ingen mentor i måneden før",
            source="Det statistiske varehus",
        ),
        Column(
            "start_date",
            "date32",
            "first start in the window, or the drawn pseudo start",
            label="Start eller tildelt start",
            definition="Forløbets første dag; for kontrolpersoner en dag trukket blandt "
            "indsatsgruppens",
            source="Det statistiske varehus",
        ),
        Column("benefit_code", "uint16", "DREAM code in the week of the start; 0 is no benefit"),
    ),
)
