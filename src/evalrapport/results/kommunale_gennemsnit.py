"""Municipalities' mean months and hours beside what chance allows, and smoothed means."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.benefit_groups import base, count_cell, of_note
from evalrapport.results.place_means import PlaceMeans, place_means
from evalrapport.results.shares import table, write
from evalrapport.step import Job

YEAR, PREFIX, COUNTRY = 2015, "kommune_", "hele_landet"
MARK = "formentlig fejl"
MEASURES = {"varighed": ("months", False), "timer": ("hours_per_week", True)}


def estimate(episodes: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """The table's estimates.

    Args:
        episodes: the dataset episode_benefits.
    """
    own = of_note(episodes, YEAR)
    people = own.groupby("municipality_code")["person_id"].nunique().to_dict()
    number = own["municipality_code"].value_counts(sort=False).to_dict()
    there = {row.id for row in contract.rows}
    cells = []
    for code, count in sorted(number.items()):
        if f"{PREFIX}{code}" in there:
            cells.append(count_cell(f"{PREFIX}{code}", "antal", int(count), int(people[code])))
    for name, (column, find_errors) in MEASURES.items():
        found = place_means(own[column], own["municipality_code"], find_errors=find_errors)
        cells += measure_cells(name, found, people, there)
    # Not the country's number: with it, the number of a single hidden municipality would be told.
    return table([pd.DataFrame(cells)], contract)


def measure_cells(
    name: str, found: PlaceMeans, people: dict[Any, int], there: set[str]
) -> list[dict[str, Any]]:
    """The cells of one measure: four columns per municipality, the country's mean, the marks."""
    cells = []
    parts = {"": found.mean, "_udjaevnet": found.smoothed, "_nedre": found.lower}
    parts["_oevre"] = found.upper
    for at, code in enumerate(found.places):
        row = f"{PREFIX}{code}"
        if row not in there:
            continue
        number, persons = int(found.n[at]), int(people[code])
        about = {"row": row, "n": base(number, persons), "count": persons, "status": "ok"}
        for part, values in parts.items():
            place = {"column": f"{name}{part}", "statistic": "gennemsnit"}
            if not np.isnan(values[at]):
                cells.append({**about, **place, "value": float(values[at])})
        if found.error[at]:
            cells.append({**about, "column": "maerke", "statistic": "tekst", "text": MARK})
    country = {"row": COUNTRY, "column": name, "statistic": "gennemsnit", "status": "ok"}
    whole = {"value": found.country, "n": found.country_n, "count": found.country_n}
    return [*cells, {**country, **whole}]


def step(job: Job) -> None:
    """The dataset episode_benefits → the table's estimates."""
    rows = pd.read_parquet(job.input["episode_benefits"])
    write(estimate(rows, from_yaml(job.input["contract"])), job.output["kommunale_gennemsnit"])
