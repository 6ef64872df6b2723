"""Reads and checks Jobindsats' full-time recipients of kontanthjælp by municipality and month."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from evalrapport.contracts.sources.jobindsats import HEADINGS, MUNICIPALITY, PERIOD, PERSONS, TYPED
from evalrapport.errors import PlainError
from evalrapport.step import Job

MONTH = re.compile(r"(\d{4})M(0[1-9]|1[0-2])")
Row = tuple[int, int, int, float]


def spelling(name: str) -> str:
    """A municipality's name without what its spellings differ in: å/aa, hyphens, a genitive s."""
    folded = name.strip().lower().replace("aa", "å").replace("-", " ").removesuffix(" kommune")
    return " ".join(folded.split()).removesuffix("s")


def municipality_codes(path: Path) -> dict[str, int]:
    """Spelling → code, from the code list's official and other spellings."""
    codes = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in (row["name"], row["note_spelling"]):
                if name:
                    codes[spelling(name)] = int(row["code"])
    return codes


def read_rows(path: Path, codes: dict[str, int]) -> list[Row]:
    """The file's rows as (municipality, year, month, persons).

    Raises:
        PlainError: wrong headings, or lines that can't be read; the first is named with its rule.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, delimiter=";")
        if not set(HEADINGS) <= set(reader.fieldnames or ()):
            raise PlainError(f"{path.name}: the headings must be {'; '.join(HEADINGS)}.")
        found, faults = [], []
        for number, line in enumerate(reader, start=2):
            try:
                found.append(parse(line, codes))
            except ValueError as error:
                faults.append(f"line {number}: {error}")
    if faults:
        raise PlainError(f"{path.name}: {len(faults)} lines can't be read; {faults[0]}.")
    if len({row[:3] for row in found}) < len(found):
        raise PlainError(f"{path.name}: a municipality has two lines for the same month.")
    return sorted(found)


def parse(line: dict[str, str], codes: dict[str, int]) -> Row:
    """One line; ValueError says which column breaks which rule."""
    code = codes.get(spelling(line[MUNICIPALITY]))
    if code is None:
        raise ValueError(f"{MUNICIPALITY} “{line[MUNICIPALITY]}” is no municipality of the list")
    month = MONTH.fullmatch(line[PERIOD].strip())
    if month is None:
        raise ValueError(f"{PERIOD} must be a month such as 2012M01")
    persons = float(line[PERSONS].strip().replace(".", "").replace(",", "."))
    if persons < 0:
        raise ValueError(f"{PERSONS} is below nought")
    return code, int(month[1]), int(month[2]), persons


def step(job: Job) -> None:
    """Raw CSV and code list of municipalities → typed file."""
    rows = read_rows(job.input["raw"], municipality_codes(job.input["municipalities"]))
    schema = pa.schema([(name, pa.type_for_alias(kind)) for name, (kind, _) in TYPED.items()])
    records = [dict(zip(TYPED, row, strict=True)) for row in rows]
    pq.write_table(pa.Table.from_pylist(records, schema=schema), job.output["jobindsats"])
