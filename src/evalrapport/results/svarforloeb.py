"""Response flow of the two surveys: from frame to interview, counted from every contact's outcome.

The mentors' frame is all episodes; few say who the mentor is, and what some of those say is of no
use. Who has the same name is the same mentor.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.contracts.sources.survey_frame_mentors import NO_NAME, PHONE
from evalrapport.results.shares import table, write
from evalrapport.results.survey_intervals import share
from evalrapport.step import Job

LOST = ("naegter", "ikke_truffet", "sprog_sygdom", "forkert_nummer")
SURVEYED_FROM = 2013  # the mentors' survey: episodes that started in 2013 or 2014


def usable(names: pd.Series, phones: pd.Series) -> pd.Series:
    """Whether name and telephone number lead to a person."""
    named = ~names.fillna("").str.strip().str.lower().str.fullmatch(NO_NAME)
    return named & phones.fillna("").str.replace(" ", "").str.fullmatch(PHONE)


def outcomes(frame: pd.DataFrame) -> dict[str, int]:
    """How many contacts ended how."""
    counts = frame["udfald"].value_counts()
    return {outcome: int(counts.get(outcome, 0)) for outcome in LOST}


def citizens(frame: pd.DataFrame) -> dict[str, int]:
    """The steps of the citizens' survey."""
    drawn = frame[frame["udtrukket"] == "ja"]
    none = int((drawn["udfald"] == "ingen_mentor").sum())
    spoken = int((drawn["udfald"] == "interview").sum())
    return {
        "ramme": len(frame),
        "ikke_udtrukket": len(frame) - len(drawn),
        "stikproeve": len(drawn),
        "ingen_mentor": none,
        "maalgruppe": len(drawn) - none,
        "ikke_interviewet": len(drawn) - none - spoken,
        **outcomes(drawn),
        "interviewet": spoken,
    }


def mentors(frame: pd.DataFrame) -> dict[str, int]:
    """The steps of the mentors' survey."""
    told = frame[frame["mentor_name"].notna() | frame["mentor_phone"].notna()]
    recent = told[told["start_aar"] >= SURVEYED_FROM]
    who = recent["mentor_name"].fillna(recent["mentor_phone"]).str.strip().str.lower()
    entries = recent[~who.duplicated()]
    good = usable(entries["mentor_name"], entries["mentor_phone"])
    spoken = int((entries.loc[good, "udfald"] == "interview").sum())
    return {
        "forloeb": len(frame),
        "uden_oplysning": len(frame) - len(told),
        "med_oplysning": len(told),
        "tidligere": len(told) - len(recent),
        "i_perioden": len(recent),
        "gengangere": len(recent) - len(entries),
        "poster": len(entries),
        "ubrugelige": int((~good).sum()),
        "brugbare": int(good.sum()),
        "ikke_interviewet": int(good.sum()) - spoken,
        **outcomes(entries[good]),
        "interviewet": spoken,
    }


def estimate(steps: Mapping[str, Mapping[str, int]], contract: TableContract) -> pd.DataFrame:
    """All cells: steps and response rate, by survey."""
    cells: list[dict[str, Any]] = []

    def number(row: str, value: int) -> None:
        at = {"row": row, "column": "antal", "statistic": "antal", "text": "", "status": "ok"}
        cells.append({**at, "value": float(value), "count": value})

    for survey, counts in steps.items():
        for step_id, value in counts.items():
            number(f"{survey}.{step_id}", value)
        asked = counts["maalgruppe" if "maalgruppe" in counts else "brugbare"]
        spoken = counts["interviewet"]
        low, high = share(spoken, asked)
        at = {"row": f"{survey}.svarprocent", "column": "antal", "statistic": "andel", "text": ""}
        rate = {"value": 100 * spoken / asked, "lower": low, "upper": high}
        cells.append({**at, **rate, "n": asked, "count": spoken, "status": "ok"})
    return table([pd.DataFrame(cells)], contract)


def step(job: Job) -> None:
    """Frames of both surveys → the table's estimates."""
    given = {name: pd.read_parquet(p) for name, p in job.input.items() if name != "contract"}
    steps = {
        "borgere": citizens(given["survey_frame_citizens"]),
        "mentorer": mentors(given["survey_frame_mentors"]),
    }
    estimates = estimate(steps, from_yaml(job.input["contract"]))
    write(estimates, job.output["svarforloeb"])
