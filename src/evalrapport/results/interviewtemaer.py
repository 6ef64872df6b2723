"""How many of the interviewed job centres each code was given to, and the types of mentors.

Both tables come from the coding matrix and its code book. Their class is `interview`: a number that
is small, or that leaves few others, could single out a job centre.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.errors import PlainError
from evalrapport.results.shares import missing_cell, table, write
from evalrapport.step import Job


def counted(coding: pd.DataFrame) -> pd.Series:
    """Job centres by code."""
    return coding.groupby("code")["centre_id"].nunique()


def themes(coding: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """The counts of each code; a code that nobody was given counts nought.

    `coding`: one row per centre and code (centre_id, code).
    """
    given, everyone = counted(coding), coding["centre_id"].nunique()
    known = {row.id for row in contract.rows}
    if unknown := sorted(set(given.index) - known):
        raise PlainError(f"interviewtemaer: the contract has no row for the code {unknown[0]}.")
    cells = [
        {
            **{"row": row.id, "column": "antal", "statistic": "antal", "text": "", "status": "ok"},
            **{"value": float(given.get(row.id, 0)), "n": everyone},
            "count": int(given.get(row.id, 0)),
        }
        for row in contract.rows
    ]
    return table([pd.DataFrame(cells)], contract)


def types(coding: pd.DataFrame, codes: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """Table 4.3: what the code book says of each type of mentor that was named.

    `codes`: code, workplace, tasks.
    """
    given, book = counted(coding), codes.set_index("code")
    fields = {"ansaettelsessted": "workplace", "opgaver": "tasks"}
    cells = []
    for row in contract.rows:
        centres = int(given.get(f"type.{row.id}", 0))
        for column, name in fields.items():
            cell = missing_cell(row.id, column, "tekst")
            if centres:
                said = str(book.loc[f"type.{row.id}", name])
                cell |= {"text": said, "status": "ok", "value": np.nan, "count": centres}
            cells.append(cell)
    return table([pd.DataFrame(cells)], contract)


def step(job: Job) -> None:
    """Coding and code book → the estimates of both tables."""
    coding = pd.read_parquet(job.input["interview_coding"])
    codes = pd.read_csv(job.input["interview_codes"], keep_default_na=False)
    counts = themes(coding, from_yaml(job.input["contract_interviewtemaer"]))
    write(counts, job.output["interviewtemaer"])
    words = types(coding, codes, from_yaml(job.input["contract_mentortyper"]))
    write(words, job.output["mentortyper"])
