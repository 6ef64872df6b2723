"""How the interviewed job centres are spread over the clusters of municipalities."""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.contracts.sources.interview_coding import REGISTER as CODING
from evalrapport.contracts.sources.interview_frame import REGISTER as FRAME
from evalrapport.errors import PlainError
from evalrapport.results.shares import table, write
from evalrapport.step import Job

FIRST_LINE = 2


def check(coding: pd.DataFrame, frame: pd.DataFrame) -> None:
    """Every coded job centre was drawn, from the cluster that its coding states, and all are coded.

    Raises:
        PlainError: with file, line of the first, variable, rule and count.
    """
    drawn = frame[frame["udtrukket"] == "ja"].set_index("centre_id")["cluster"]
    stated = coding["centre_id"].map(drawn)
    faults = {
        "JOBCENTER_ID: a job centre that was not drawn": stated.isna(),
        "KLYNGE: not the cluster of the frame": stated.notna() & (stated != coding["cluster"]),
    }
    told = [
        f"{CODING.files['']}, column {rule} ({int(wrong.sum())} rows, the first in line "
        f"{int(wrong.to_numpy().argmax()) + FIRST_LINE})"
        for rule, wrong in faults.items()
        if wrong.any()
    ]
    uncoded = len(set(drawn.index) - set(coding["centre_id"]))
    if uncoded:
        told.append(f"{FRAME.files['']}, column JOBCENTER_ID: {uncoded} drawn without any coding")
    if told:
        raise PlainError("Coding and frame of the interviews do not match:\n  " + "\n  ".join(told))


def estimate(frame: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """All cells; `frame`: one row per job centre (cluster, udtrukket)."""
    drawn = frame.loc[frame["udtrukket"] == "ja", "cluster"].value_counts()
    numbers = {
        "jobcentre": len(frame),
        "klynger": frame["cluster"].nunique(),
        "udvalgt": int(drawn.sum()),
        "klynger_med": len(drawn),
        "faerrest": int(drawn.min()),
        "flest": int(drawn.max()),
    }
    at = {"column": "antal", "statistic": "antal", "text": "", "status": "ok"}
    cells = [{"row": r, **at, "value": float(n), "count": n} for r, n in numbers.items()]
    return table([pd.DataFrame(cells)], contract)


def step(job: Job) -> None:
    """Coding and frame → the table's estimates."""
    frame = pd.read_parquet(job.input["interview_frame"])
    check(pd.read_parquet(job.input["interview_coding"]), frame)
    write(estimate(frame, from_yaml(job.input["contract"])), job.output["interviewudvalg"])
