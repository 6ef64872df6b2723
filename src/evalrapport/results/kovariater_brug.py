"""Which covariates are not in the propensity as declared, and what was done with each.

The rule is stated (`matching.columns`): rare columns are merged or left out, so that a small
population never fails on them; what it came to is reported here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from evalrapport.contracts.covariates import COVARIATES, Covariate
from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.danish import with_range_dash
from evalrapport.results import open_rows
from evalrapport.results.kovariater import with_rows
from evalrapport.results.shares import table, write
from evalrapport.step import Job

REASONS = {
    "rare": "Udeladt: for få personer",
    "constant": "Udeladt: alle har samme værdi",
    "collinear": "Udeladt: følger af de øvrige kendetegn",
    "separation": "Udeladt: skiller indsatsgruppen fuldstændigt fra puljen",
}
REFERENCE = "Referencekategori: indgår ikke i modellen"
NOT_CHOSEN = "Udeladt: oplysningen er ikke valgt i denne kørsel"


def done(
    columns: Mapping[str, Any], wanted: Sequence[str], missing: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Covariate → what was done, of those that are not in the propensity as declared.

    Args:
        columns: the plan of the fit (kept, merged, dropped). wanted: the chosen optional groups.
        missing: of these, the ones whose registers lack, with the registers' names.
    """
    labels = {c.name: c.label for c in COVARIATES}
    into = {part: whole for whole, parts in columns["merged"].items() for part in parts}
    found = {}
    for one in COVARIATES:
        if one.needs in missing:
            registers = " og ".join(missing[str(one.needs)]).upper()
            found[one.name] = f"Udeladt: registret {registers} er ikke leveret"
        elif one.needs is not None and one.needs not in wanted:
            found[one.name] = NOT_CHOSEN
        elif not one.in_model:
            found[one.name] = REFERENCE
        elif one.name in into:
            other = with_range_dash(labels[into[one.name]])
            found[one.name] = f"Lagt sammen med »{other}«: for få personer"
        elif one.name in columns["dropped"]:
            found[one.name] = REASONS[columns["dropped"][one.name]]
    return found


def estimate(texts: Mapping[str, str], contract: TableContract, treated: int) -> pd.DataFrame:
    """The table's estimates; behind each word stand all the treated."""
    cells = [
        {
            **{"row": row, "column": "brug", "statistic": "tekst", "text": text, "status": "ok"},
            **{"value": None, "n": treated, "lower": None, "upper": None, "count": treated},
        }
        for row, text in texts.items()
    ]
    return table([pd.DataFrame(cells, columns=open_rows.CELL)], contract)


def chosen(texts: Mapping[str, str]) -> list[Covariate]:
    """The covariates of the table's rows, in declared order."""
    return [covariate for covariate in COVARIATES if covariate.name in texts]


def step(job: Job) -> None:
    """The fit's plan, the wanted groups → the table and its contract with the rows there are."""
    about = json.loads(job.input["propensity_fit"].read_text(encoding="utf-8"))
    wanted = job.settings["effect"]["covariate_groups"]
    texts = done(about["columns"], wanted, job.settings["left_out"])
    contract = with_rows(from_yaml(job.input["contract"]), chosen(texts))
    write(estimate(texts, contract, about["treated"]), job.output["kovariater_brug"])
    open_rows.write_contract(contract, job.output["contract"])
