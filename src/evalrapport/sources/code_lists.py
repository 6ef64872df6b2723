"""What the codes of a column mean, by the contract and by config.yaml."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from evalrapport.contracts.sources import Column
from evalrapport.errors import PlainError

NAMED_ROWS = 5  # an unknown code is named only if at least so many rows share it
NAMED_LENGTH = 4
CodeValues = dict[str, int | str]


def code_values(column: Column, lists: dict[str, Path]) -> CodeValues:
    """Typed value by raw text of a coded column; config.yaml may say which codes mean the same.

    Raises PlainError if one of them is said to mean a code that the list doesn't have.
    """
    values = listed_values(column, lists)
    if lost := [code for code in column.same_as.values() if code not in values]:
        raise PlainError(
            f"config.yaml, sources.codes: {column.name} has no code {lost[0]}; it has "
            f"{', '.join(list(values)[:12])}."
        )
    return values | {own: values[code] for own, code in column.same_as.items()}


def listed_values(column: Column, lists: dict[str, Path]) -> CodeValues:
    """Typed value by raw text, as the list has them.

    In a code list, survey questions are found by the column's typed name and translate label to
    code; all other lists translate their `code` to itself, as a number where it is stored as one.
    """
    if isinstance(column.codes, dict):
        return dict(column.codes)
    path = lists[str(column.codes)]
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if "question" in rows[0]:
        return {row["label"]: row["code"] for row in rows if row["question"] == column.typed}
    number = column.storage != "string"
    return {row["code"]: int(row["code"]) if number else row["code"] for row in rows}


def unknown_rule(column: Column, texts: list[str], unknown: list[bool], rows: np.ndarray) -> str:
    """Unknown codes are named where they are short and many share them; answers never."""
    listed = column.codes if isinstance(column.codes, str) else "the contract"
    if column.codes == "survey_answers":
        return f"answers that the codebook ({listed}.csv) doesn't know"
    names = [
        text
        for text, wrong, count in zip(texts, unknown, rows, strict=True)
        if wrong and count >= NAMED_ROWS and len(text) <= NAMED_LENGTH
    ]
    named = f", such as {', '.join(sorted(names)[:3])}" if names else ""
    return f"codes that {listed} doesn't know{named}"
