"""The search strings of the literature search, built from the facets in data/literature.

SFI 15:10 states the terms of four facets and where was searched, not how the terms were combined.
# ASSUME: terms of a facet are joined by OR and facets by AND, as facets are searched; the frame and
# the method only narrow, since the report says that they were not used in all searches.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from evalrapport.contracts.result_table import from_yaml
from evalrapport.errors import PlainError
from evalrapport.results import open_rows
from evalrapport.results.literature.queries import DATABASES, Faulty, combined, facet_query
from evalrapport.results.shares import write
from evalrapport.step import Job

# id of the row -> the facet's name in the data; the order is that of the numbered searches.
FACETS = {
    "maalgruppe": "Målgruppen",
    "indsats": "Indsatsen",
    "ramme": "Rammen",
    "metode": "Metoden",
}
COMBINED = {
    "grundsoegning": ("maalgruppe", "indsats"),
    "med_ramme": ("maalgruppe", "indsats", "ramme"),
    "med_metode": ("maalgruppe", "indsats", "metode"),
}


def read_terms(path: Path) -> dict[str, list[str]]:
    """Facet id → its terms in order."""
    names = {name: facet for facet, name in FACETS.items()}
    found: dict[str, list[str]] = {facet: [] for facet in FACETS}
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            if line["type"] != "facet":
                continue
            if line["navn"] not in names:
                raise PlainError(f"{path.name}: the facet must be one of {', '.join(names)}.")
            found[names[line["navn"]]].append(line["term"])
    return found


def searches(terms: Mapping[str, Sequence[str]]) -> dict[str, dict[str, str]]:
    """Row of the table → its search: the facets one by one, then combined, for each database."""
    order = {facet: number for number, facet in enumerate(FACETS, start=1)}
    rows: dict[str, dict[str, str]] = {}
    for database in DATABASES:
        for facet in FACETS:
            try:
                query = facet_query(terms[facet], database)
            except Faulty as error:
                raise PlainError(f"search_facets.csv, {FACETS[facet]}: {error}.") from error
            rows[f"{database.id}.{facet}"] = {
                "nummer": database.earlier.format(number=order[facet]),
                "soegning": query,
            }
        for place, (name, facets) in enumerate(COMBINED.items(), start=len(order) + 1):
            rows[f"{database.id}.{name}"] = {
                "nummer": database.earlier.format(number=place),
                "soegning": combined(facets, order, database),
            }
    return rows


def step(job: Job) -> None:
    """The facets → the table of search strings."""
    contract = from_yaml(job.input["contract"])
    made = open_rows.text_table(searches(read_terms(job.input["facets"])), contract)
    write(made, job.output["soegestrenge"])
