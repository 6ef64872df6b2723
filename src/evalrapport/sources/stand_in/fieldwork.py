"""Writes the files of the fieldwork: two surveys with their frames, and the coded interviews.

Files as a survey institute delivers them: semicolons, UTF-8, decimal commas, answers in words.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from evalrapport.contracts.sources import REGISTERS, Column
from evalrapport.sources.stand_in import (
    centre_sample,
    interview_matrix,
    survey_frames,
    survey_people,
)
from evalrapport.sources.stand_in.streams import stream
from evalrapport.sources.stand_in.survey_mentor_people import mentors
from evalrapport.step import Job

# In 2014 the 98 municipalities shared 94 job centres (contracts/codes/municipalities.csv).
JOB_CENTRES = 94
Labels = Mapping[str, Mapping[str, str]]


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a code list."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def made(
    seed: int, counts: list[dict[str, str]], codes: list[dict[str, str]], centres: int = JOB_CENTRES
) -> dict[str, pd.DataFrame]:
    """All files of the fieldwork by register, with typed names and answer ids."""
    known = survey_people.read_counts(counts)
    citizens = numbered(seed, survey_people.citizens(seed, known), "B")
    asked = numbered(seed, mentors(seed, known), "M")
    chosen = centre_sample.frame(seed, centres, interview_matrix.CENTRES)
    clusters = dict(chosen.dropna().set_index("centre_id")["cluster"])
    drawn = citizens[["respondent_id", "benefit_group", "koen", "alder"]]
    return {
        "survey_citizens": citizens,
        "survey_mentors": asked,
        "survey_frame_citizens": survey_frames.citizens(seed, drawn),
        "survey_frame_mentors": survey_frames.mentors(seed, asked["respondent_id"]),
        "interview_coding": interview_matrix.matrix(seed, codes, clusters),
        "interview_frame": chosen,
    }


def numbered(seed: int, people: pd.DataFrame, letter: str) -> pd.DataFrame:
    """Interviews in random order with a running number."""
    order = stream(seed, f"interview_order_{letter}").permutation(len(people))
    frame = people.iloc[order].reset_index(drop=True)
    frame.insert(0, "respondent_id", [f"{letter}{number:04d}" for number in frame.index + 1])
    return frame


def raw(column: Column, values: pd.Series, labels: Labels) -> pd.Series:
    """A column as it stands in the file: labels in words, decimal commas, blanks for missing."""
    if column.codes == "survey_answers":
        named = labels[column.question or column.typed]
        return values.map(lambda answer: named[answer] if isinstance(answer, str) else "")
    if column.type in ("integer", "decimal"):
        return values.map(lambda number: "" if pd.isna(number) else f"{number:g}".replace(".", ","))
    return values.fillna("").astype(str)


def write(register: str, frame: pd.DataFrame, labels: Labels, path: Path) -> None:
    """One register's file, with the columns of its contract."""
    columns = REGISTERS[register].columns
    told = {column.name: raw(column, frame[column.typed], labels) for column in columns}
    pd.DataFrame(told).to_csv(path, sep=";", index=False, encoding="utf-8", lineterminator="\n")


def step(job: Job) -> None:
    """Rule stand_in.fieldwork: code lists and counts in, raw files out."""
    labels: dict[str, dict[str, str]] = {}
    for row in rows_of(job.input["survey_answers"]):
        labels.setdefault(row["question"], {})[row["code"]] = row["label"]
    counts, codes = rows_of(job.input["survey_counts"]), rows_of(job.input["interview_codes"])
    files = made(job.settings["stand_in"]["seed"], counts, codes)
    for register, frame in files.items():
        write(register, frame, labels, job.output[REGISTERS[register].files[""]])
