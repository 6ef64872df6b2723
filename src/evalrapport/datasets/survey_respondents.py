"""Typed interviews → respondents ready for the tables: groups, weekly hours, calibration weights.

Answers per month are turned into weeks (twelve months of 52 weeks, SFI 15:10, section 4.5). Hours
per citizen are each mentor's own ratio, so that a table's figure is a mean of ratios. Rows are left
out only by a rule in config, with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from evalrapport.contracts.sources import REGISTERS
from evalrapport.datasets.raking import rake
from evalrapport.errors import PlainError
from evalrapport.step import Job

WEEKS_PER_MONTH = 52 / 12
FULL_WEEK = 37  # hours; more is possible and flagged
AGES = {"18_24_aar": 18, "25_29_aar": 25, "30_39_aar": 30, "40_49_aar": 40, "50_og_over": 50}
TIMES = {"uge_kontakt": "timer_kontakt", "uge_ansigt": "timer_ansigt"}


def weekly(frame: pd.DataFrame, time: str) -> pd.Series:
    """Hours per week of a time that was answered per week or per month."""
    monthly = frame[f"{time}_per"] == "maaned"
    return frame[time].where(~monthly, frame[time] / WEEKS_PER_MONTH)


def age_group(ages: pd.Series) -> pd.Series:
    """The age bands of table 4.2. ASSUME: who is under 18 counts in the lowest band."""
    edges = [0, *list(AGES.values())[1:], float("inf")]
    return pd.cut(ages, edges, right=False, labels=list(AGES)).astype(object)


def with_times(frame: pd.DataFrame) -> pd.DataFrame:
    """Weekly hours, and whether one of them is above a full working week."""
    times = {name: weekly(frame, time) for name, time in TIMES.items()}
    over = pd.DataFrame(times).gt(FULL_WEEK).any(axis=1)
    return frame.assign(**times, over_fuld_uge=over.map({True: "ja", False: "nej"}))


def citizens(interviews: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """The citizens with age band, weekly hours and a weight that restores the frame's margins.

    `frame`: all who started in 2014 (benefit_group, koen, alder).
    """
    people = with_times(interviews).assign(
        aldersgruppe=age_group(interviews["alder"]),
        ingen_positiv_af_alle=interviews["ingen_positiv_indsats"].fillna("ja"),
    )
    everyone = frame.assign(aldersgruppe=age_group(frame["alder"]))
    margins = {
        name: everyone[name].value_counts().sort_index()
        for name in ("benefit_group", "koen", "aldersgruppe")
    }
    return people.assign(weight=rake(people, margins))


def mentors(interviews: pd.DataFrame) -> pd.DataFrame:
    """The mentors with their sector, weekly hours and hours per citizen."""
    private = interviews["ansaettelse"] == "privat_virksomhed"
    people = with_times(interviews).assign(
        sektor=private.map({True: "privat", False: "kommunal"}),
    )
    at_a_time = people["borgere_ad_gangen"].where(people["borgere_ad_gangen"] > 0)
    return people.assign(
        pr_borger_kontakt=people["uge_kontakt"] / at_a_time,
        pr_borger_ansigt=people["uge_ansigt"] / at_a_time,
    )


def check_frame(interviews: pd.DataFrame, frame: pd.DataFrame, who: str) -> None:
    """Every interview has its record in the frame, with the outcome interview, and vice versa.

    Raises:
        PlainError: with file, line of the first, variable, rule and count on both sides.
    """
    file, frame_file = (stem(f"{kind}_{who}") for kind in ("survey", "survey_frame"))
    recorded = frame["udfald"] == "interview"
    known = frame.loc[recorded, "respondent_id"].dropna()
    problems = []
    without = ~interviews["respondent_id"].isin(known)
    if without.any():
        problems.append(
            f"{file}, column RESP_ID: {count(without)} without a record of an interview in "
            f"{frame_file} ({first_line(without)})"
        )
    absent = recorded & ~frame["respondent_id"].isin(interviews["respondent_id"])
    if absent.any():
        problems.append(
            f"{frame_file}, column RESP_ID: {count(absent)} recorded as interviewed without an "
            f"interview in {file} ({first_line(absent)})"
        )
    if problems:
        raise PlainError("Interviews and frame do not match:\n  " + "\n  ".join(problems))


def stem(register: str) -> str:
    """The name of a register's file, without its format."""
    return REGISTERS[register].files[""]


def count(marked: pd.Series) -> str:
    """How many rows are marked."""
    rows = int(marked.sum())
    return f"{rows} row{'s' if rows > 1 else ''}"


def first_line(marked: pd.Series) -> str:
    """The line of the first marked row, as a text editor counts: the header is line 1."""
    return f"the first in line {int(marked.to_numpy().argmax()) + 2}"


def leave_out(
    people: pd.DataFrame, survey: str, rules: Sequence[Mapping[str, Any]]
) -> pd.DataFrame:
    """The people without those whom a rule of config leaves out."""
    kept = people
    for rule in rules:
        if rule["survey"] == survey:
            if rule["variable"] not in people.columns:
                raise PlainError(
                    f"config.yaml: survey.leave_out: {survey} has no variable {rule['variable']}."
                )
            values = pd.to_numeric(kept[rule["variable"]], errors="coerce")
            kept = kept[~(values > rule["above"])]
    return kept


def step(job: Job) -> None:
    """Rule survey_respondents: typed interviews and frames → respondents of both surveys."""
    given = {name: pd.read_parquet(path) for name, path in job.input.items()}
    for who in ("citizens", "mentors"):
        check_frame(given[f"survey_{who}"], given[f"survey_frame_{who}"], who)
    people = {
        "citizens": citizens(given["survey_citizens"], given["survey_frame_citizens"]),
        "mentors": mentors(given["survey_mentors"]),
    }
    for who, frame in people.items():
        leave_out(frame, who, job.settings["survey"]["leave_out"]).to_parquet(job.output[who])
