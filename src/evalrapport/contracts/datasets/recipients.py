"""Recipients of mentor support: each person's first episode in the study's window."""

from evalrapport.contracts.datasets.mentor_episodes import EPISODE_COLUMNS
from evalrapport.contracts.datasets.shape import Column, Dataset

# Who a person is; the same columns describe the comparison groups.
PERSON_COLUMNS = (
    Column(
        "in_dream",
        "bool",
        "the person has a row in DREAM",
        label="Findes i DREAM",
        definition="Personen har en række i DREAM",
        source="DREAM",
    ),
    Column(
        "benefit_code",
        "int16",
        "DREAM code of the week; 0 is no benefit",
        label="Ydelseskode",
        definition="DREAM-koden i den uge, hvor forløbet begynder; for "
        "sammenligningsgrupperne i ugen ved indgangen til marts 2013",
        source="DREAM",
    ),
    Column(
        "benefit_group",
        "category",
        "row id of table 3.1 to which the code belongs",
        label="Forsørgelse",
        definition="Ydelseskoden samlet i de grupper, som tabellen over forsørgelse viser; "
        "uden kode er personen selvforsørgende",
        source="DREAM",
    ),
    Column(
        "match_group",
        "int8",
        "1-3; 0 is not categorised or not in DREAM",
        label="Matchgruppe",
        definition="Gruppen ved udgangen af det kvartal, hvor forløbet begynder; fra 2014 "
        "den seneste før årsskiftet",
        source="DREAM",
    ),
    Column(
        "age",
        "int16",
        "full years",
        label="Alder",
        definition="Fyldte år på startdagen; for sammenligningsgrupperne ved indgangen til 2013",
        source="BEF",
    ),
    Column(
        "sex", "int8", "1 man, 2 woman", label="Køn", definition="Mand eller kvinde", source="BEF"
    ),
    Column(
        "origin_type",
        "int8",
        "1 Danish, 2 immigrant, 3 descendant",
        label="Herkomst",
        definition="Dansk oprindelse, indvandrer eller efterkommer",
        source="BEF",
    ),
    Column(
        "origin_country",
        "int16",
        "country of origin, DST code",
        label="Oprindelsesland",
        definition="Land efter Danmarks Statistiks definition, samlet i vestlige og ikke-"
        "vestlige lande",
        source="BEF",
    ),
    Column(
        "education_level",
        "category",
        "row id of table 3.6; uoplyst if unknown",
        label="Uddannelse",
        definition="Højeste fuldførte uddannelse i oktober året før; indvandreres egne "
        "oplysninger regnes som uoplyst",
        source="UDDA",
    ),
)

RECIPIENTS = Dataset(
    "recipients",
    "person: the first episode in the window",
    ("person_id",),
    (
        *EPISODE_COLUMNS,
        Column(
            "start_year",
            "int16",
            "calendar year of the start",
            label="Startår",
            definition="Kalenderåret for forløbets start",
            source="Det statistiske varehus",
        ),
        *PERSON_COLUMNS,
    ),
)
