"""The effect studies of chapter 6, one record each, checked as they are read.

A record is one line of data/literature/studies.csv. What the source does not state says
`ikke oplyst`, never a guess. Coded fields have the words below; the rest is Danish for the reader.
The risk of bias is our own judgement of the design as the source describes it, with its reason.
"""

from __future__ import annotations

import re
from pathlib import Path

from evalrapport.errors import PlainError
from evalrapport.results.open_rows import NOT_STATED, Record, read_records

FIELDS = (
    *("id", "nogle", "forfattere", "aar", "titel", "doi", "land", "maalgruppe", "program"),
    *("udfoerer", "intensitet", "design", "design_gruppe", "indsats", "n_behandlede", "n_kontrol"),
    *("personer", "udfald", "opfoelgning", "fund", "retning", "signifikans", "virkninger"),
    *("omkostninger", "gevinster", "afvejning", "begraensninger", "relevans", "bias"),
    *("bias_grund", "kilde"),
)
# What a coded field may say, and how it is printed. `retning` and `design_gruppe` are those of the
# contract of effektstudier_retning; their order there is the order of the table.
BALANCES = {
    "analyse_udgift": "Analyse: udgifterne overstiger gevinsten",
    "analyse_gevinst": "Analyse: gevinsten overstiger udgifterne",
    "vurdering_gevinst": "Ingen analyse, men gevinsten skønnes større end udgiften",
    "ingen": "Ingen",
}
RISKS = {"lav": "Lav", "moderat": "Moderat", "hoej": "Høj"}
EFFECTS = {
    "positiv": "Positiv",
    "svagt_positiv": "Svagt positiv",
    "blandet": "Blandet",
    "ingen": "Ingen virkning",
    "negativ": "Negativ",
}
DOI = re.compile(r"10\.\d{4,9}/\S+")
KEY = re.compile(r"[a-z][a-z0-9_-]*")


def read_studies(path: Path) -> list[dict[str, str]]:
    """All records in the file's order; PlainError with the study and the field that is wrong."""
    studies = read_records(path, FIELDS)
    for study in studies:
        for field, problem in faults(study):
            raise PlainError(f"{path.name}, study {study['id']}, {field}: {problem}.")
    keys = [study["nogle"] for study in studies]
    if len(set(keys)) != len(keys):
        raise PlainError(f"{path.name}: a citation key (nogle) occurs twice.")
    return studies


def faults(study: Record) -> list[tuple[str, str]]:
    """What is wrong with one record, as (field, problem)."""
    problems = []
    for field, words in (("afvejning", BALANCES), ("bias", RISKS)):
        if study[field] not in words:
            problems.append((field, f"“{study[field]}” must be one of {', '.join(words)}"))
    if not re.fullmatch(r"(19|20)\d\d", study["aar"]):
        problems.append(("aar", "a year is needed"))
    if not KEY.fullmatch(study["nogle"]):
        problems.append(("nogle", "a citation key of a-z, 0-9, _ and - is needed"))
    if study["personer"] != NOT_STATED and not study["personer"].isdigit():
        problems.append(("personer", f"a whole number or “{NOT_STATED}” is needed"))
    if study["doi"] != NOT_STATED and not DOI.fullmatch(study["doi"]):
        problems.append(("doi", f"a DOI begins with 10. and has no spaces; or “{NOT_STATED}”"))
    try:
        effects(study)
    except ValueError as error:
        problems.append(("virkninger", str(error)))
    return problems


def effects(study: Record) -> dict[str, str]:
    """Outcome → direction, from `beskaeftigelse=positiv;ydelser=ingen`.

    Raises:
        ValueError: a part that is no pair, or a direction that is not known.
    """
    found = {}
    for part in study["virkninger"].split(";"):
        outcome, equals, direction = part.strip().partition("=")
        if not equals or direction not in EFFECTS:
            raise ValueError(f"“{part}” must be outcome=direction, one of {', '.join(EFFECTS)}")
        found[outcome] = direction
    return found


def label(study: Record) -> str:
    """The study as it is named in tables and figures: Arni (2013)."""
    return f"{study['forfattere']} ({study['aar']})"
