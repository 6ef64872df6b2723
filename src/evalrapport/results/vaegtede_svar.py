"""Citizens' main answers without and with calibration weights, and whether a majority changes."""

from __future__ import annotations

from typing import Any

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.bortfald import weighted_share
from evalrapport.results.shares import share_cell, table, write
from evalrapport.step import Job

# row: (variable, the answers that are counted)
CONCLUSIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "passiv": ("situation", ("passiv_kontanthjaelp", "passiv_sygedagpenge", "passiv_anden")),
    "ugentlig": ("kontakt_hyppighed", ("1_om_ugen", "2_3_om_ugen", "4_6_om_ugen", "7_om_ugen")),
    "som_aftalt": ("som_aftalt", ("som_aftalt",)),
    "helt_klare": ("retningslinjer", ("helt_klare",)),
    "fortrolighed": ("fortrolighed", ("hoej", "visse_omraader")),
    "tillid": ("tillid", ("helt_bestemt", "det_tror_jeg")),
    "ikke_paa_raad": ("taget_med_paa_raad", ("nej",)),
    "intet_behov": ("behov", ("nej",)),
    "klare": ("klare", ("meget_bedre", "noget_bedre")),
    "ansvar": ("ansvar", ("meget_mere", "lidt_mere")),
}


def majority(plain: float, weighted: float) -> str:
    """Whether more than half say so, without and with weights."""
    same = (plain > 50) == (weighted > 50)
    return "Uændret" if same else "Ændret"


def row_cells(row: str, citizens: pd.DataFrame) -> list[dict[str, Any]]:
    """One answer without weights, with weights, the difference and what becomes of the majority."""
    variable, answers = CONCLUSIONS[row]
    values = citizens[variable].dropna()
    plain = share_cell(row, "uvaegtet", int(values.isin(answers).sum()), len(values))
    told = weighted_share(citizens[variable], citizens["weight"], answers)
    weighted = {"row": row, "column": "vaegtet", "statistic": "andel", "text": "", **told}
    gap = weighted["value"] - plain["value"]
    behind = {"row": row, "n": len(values), "count": len(values), "status": "ok"}
    change = {**behind, "column": "forskel", "statistic": "forskel", "value": gap, "text": ""}
    said = majority(plain["value"], weighted["value"])
    words = {**behind, "column": "flertal", "statistic": "tekst", "text": said}
    return [{**plain, "text": ""}, weighted, change, words]


def estimate(citizens: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """All cells; `citizens`: the variables of CONCLUSIONS and weight."""
    cells = [cell for row in contract.rows for cell in row_cells(row.id, citizens)]
    return table([pd.DataFrame(cells)], contract)


def step(job: Job) -> None:
    """The citizens → the table's estimates."""
    citizens = pd.read_parquet(job.input["citizens"])
    estimates = estimate(citizens, from_yaml(job.input["contract"]))
    write(estimates, job.output["vaegtede_svar"])
