"""The literature tables: the effect studies of chapter 6, and what they find.

Nothing here is about persons: the studies are public, so all tables are of disclosure class
`public`. A study is one record of data/literature/studies.csv (see study_records); a new one is a
new row in every table here, counted and plotted, with no other edit. The report mentions seven of
the 158 articles that the search found (SFI 15:10, chapter 6).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.errors import PlainError
from evalrapport.results import open_rows
from evalrapport.results.open_rows import CELL, NOT_STATED, Record
from evalrapport.results.shares import missing_cell, table, write
from evalrapport.results.study_records import BALANCES, EFFECTS, RISKS, effects, label, read_studies
from evalrapport.step import Job

TOTAL = "i_alt"
Studies = Sequence[Record]
Words = Mapping[str, Mapping[str, str]]


def overview(studies: Studies, directions: TableContract) -> Words:
    """What a reader wants of each study; the direction in the words of `directions`."""
    words = {row.id: row.label for row in directions.rows}
    return {
        study["id"]: {**study, "retning": words[study["retning"]], "bias": RISKS[study["bias"]]}
        for study in studies
    }


def costs(studies: Studies) -> Words:
    """Cost, gain and how they compare, for the studies of which anything of it is known."""
    told = [
        study
        for study in studies
        if study["afvejning"] != "ingen"
        or {study["omkostninger"], study["gevinster"]} != {NOT_STATED}
    ]
    return {s["id"]: {**s, "afvejning": BALANCES[s["afvejning"]]} for s in told}


def entries(studies: Studies) -> Words:
    """What the bibliography needs of each study."""
    return {study["id"]: {**study, "note": study["indsats"]} for study in studies}


def counted(studies: Studies, contract: TableContract) -> pd.DataFrame:
    """How many studies point each way, by design, with totals both ways."""
    rows = {row.id for row in contract.rows} - {TOTAL}
    columns = {column.id for column in contract.columns} - {TOTAL}
    found: Counter[tuple[str, str]] = Counter()
    for study in studies:
        way, design = study["retning"], study["design_gruppe"]
        if way not in rows or design not in columns:
            raise PlainError(
                f"data/literature/studies.csv, study {study['id']}: retning “{way}” must be one of "
                f"{', '.join(sorted(rows))}, design_gruppe “{design}” one of "
                f"{', '.join(sorted(columns))}."
            )
        found.update([(way, design), (way, TOTAL), (TOTAL, design), (TOTAL, TOTAL)])
    return table([counts({(r, c): found[r, c] for r, c, _ in places(contract)})], contract)


def facts(studies: Studies, contract: TableContract) -> pd.DataFrame:
    """How many studies have each of the traits that the conclusion leans on."""
    traits: dict[str, Callable[[Record], bool]] = {
        "i_alt": lambda study: bool(study["id"]),
        "analyse": lambda study: study["afvejning"].startswith("analyse"),
        "analyse_udgift": lambda study: study["afvejning"] == "analyse_udgift",
        "lav_bias": lambda study: study["bias"] == "lav",
        "beskaeftigelse": lambda study: "beskaeftigelse" in effects(study),
        "beskaeftigelse_op": lambda study: (
            effects(study).get("beskaeftigelse") in ("positiv", "svagt_positiv")
        ),
        "antal_ukendt": lambda study: study["personer"] == NOT_STATED,
    }
    found = {(name, "antal"): sum(map(holds, studies)) for name, holds in traits.items()}
    return table([counts(found)], contract)


def places(contract: TableContract) -> list[tuple[str, str, str]]:
    """The keys of all cells."""
    return [cell.key for cell in contract.cells()]


def counts(found: Mapping[tuple[str, str], int]) -> pd.DataFrame:
    """Cells with counts, from (row, column) → number."""
    cells = [
        {
            **{"row": row, "column": column, "statistic": "antal"},
            **{"value": number, "text": "", "status": "ok"},
        }
        for (row, column), number in found.items()
    ]
    return pd.DataFrame(cells, columns=CELL)


def by_outcome(
    studies: Studies, contract: TableContract, designs: Mapping[str, str]
) -> pd.DataFrame:
    """Study × outcome: the direction in words, the people treated, and the design.

    `designs` are the designs' ids and words. An outcome that a study doesn't speak of is
    `not_applicable`, an unknown number of people `not_published`.
    """
    known = {c.id for c in contract.columns} - {"personer", "design_gruppe"}
    cells: list[dict[str, Any]] = []
    for study in studies:
        seen = effects(study)
        if unknown := set(seen) - known:
            raise PlainError(
                f"studies.csv, study {study['id']}, virkninger: {', '.join(sorted(unknown))} is no "
                f"outcome; use {', '.join(sorted(known))}."
            )
        cells.append(word(study["id"], "design_gruppe", designs[study["design_gruppe"]]))
        cells.append(people(study))
        cells += [word(study["id"], name, EFFECTS[way]) for name, way in seen.items()]
    return table([pd.DataFrame(cells, columns=CELL)], contract)


def word(row: str, column: str, text: str) -> dict[str, Any]:
    """One cell with words."""
    return {"row": row, "column": column, "statistic": "tekst", "text": text, "status": "ok"}


def people(study: Record) -> dict[str, Any]:
    """The cell with the number of people treated."""
    cell = missing_cell(study["id"], "personer", "antal")
    if study["personer"] == NOT_STATED:
        return {**cell, "status": "not_published", "value": np.nan}
    return {**cell, "status": "ok", "value": int(study["personer"]), "text": ""}


def made(job: Job) -> dict[str, tuple[pd.DataFrame, TableContract]]:
    """All tables with their contracts, by name."""
    contracts = {
        name.removeprefix("contract_"): from_yaml(path)
        for name, path in job.input.items()
        if name.startswith("contract_")
    }
    studies = read_studies(job.input["studies"])
    names = {study["id"]: label(study) for study in studies}
    directions = contracts["effektstudier_retning"]
    found = {
        "effektstudier_retning": (counted(studies, directions), directions),
        "effektstudier_antal": (
            facts(studies, contracts["effektstudier_antal"]),
            contracts["effektstudier_antal"],
        ),
    }
    texts: dict[str, Words] = {
        "effektstudier": overview(studies, directions),
        "effektstudier_vurdering": overview(studies, directions),
        "effektstudier_oekonomi": costs(studies),
        "effektstudier_kilder": entries(studies),
    }
    for name, words in texts.items():
        rows = {row: names[row] for row in words}
        contract = open_rows.completed(contracts[name], rows)
        found[name] = (open_rows.text_table(words, contract), contract)
    outcomes = open_rows.completed(contracts["effektstudier_udfald"], names)
    designs = {column.id: column.label for column in directions.columns}
    found["effektstudier_udfald"] = (by_outcome(studies, outcomes, designs), outcomes)
    return found


def step(job: Job) -> None:
    """The studies → all literature tables, and the contracts of those with a row per study."""
    for name, (cells, contract) in made(job).items():
        write(cells, job.output[name])
        if contract.rows_from:
            open_rows.write_contract(contract, job.output[f"contract_{name}"])
