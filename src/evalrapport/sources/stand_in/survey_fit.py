"""Whole numbers of respondents from which published percentages come out after rounding.

A share that is printed without decimals leaves a count only a few values. One question's answers in
all columns are found at once, by integer programming: every count within its share's rounding,
the answers of a column adding up to its base, the sum of the columns within the rounding of the
total. What no whole numbers can give is left out as sparingly as possible, and named.

Run once: `python -m evalrapport.sources.stand_in.survey_fit` writes `survey_counts.csv` and
`survey_exceptions.csv` beside the code lists. The stand-in respondents are made from those counts.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

TOTAL = "i_alt"
Printed = Mapping[str, Mapping[str, int]]  # answer → column → per cent


@dataclass(frozen=True)
class Fit:
    """`counts[answer][column]`; `violated`: (answer, column) that no whole numbers can give."""

    counts: dict[str, dict[str, int]]
    violated: tuple[tuple[str, str], ...]


def within(percent: int, base: int) -> tuple[int, int]:
    """The lowest and highest count whose share of `base` is printed as `percent` (halves up).

    The lowest is above the highest where there is no such count.
    """
    low = (Fraction(percent) - Fraction(1, 2)) * base / 100
    high = (Fraction(percent) + Fraction(1, 2)) * base / 100
    return max(0, math.ceil(low)), min(base, math.ceil(high) - 1)


def fit(printed: Printed, bases: Mapping[str, int], *, adds_up: bool = True) -> Fit:
    """Counts of one question's answers, with as few cells as possible that miss their per cent.

    Args:
        printed: the printed shares; a column `i_alt` is the sum of the others, if there is one.
        bases: people behind each column but `i_alt`.
        adds_up: whether the printed answers are all there are.
    """
    answers, columns = list(printed), list(bases)
    cells = [(answer, column) for answer in answers for column in columns]
    totals = [(answer, TOTAL) for answer in answers if TOTAL in printed[answer]]
    matrix, low, high = _constraints(printed, bases, cells, totals, adds_up)
    free = len(cells)
    goal = np.concatenate([np.zeros(free), np.ones(free + len(totals))])
    most = [bases[column] for _, column in cells] + [1] * (free + len(totals))
    found = milp(
        goal,
        integrality=np.ones(len(goal)),
        bounds=Bounds(0, most),
        constraints=[LinearConstraint(matrix, low, high)],
    )
    if not found.success:
        raise ValueError(f"no counts for {answers}: {found.message}")
    solved = np.round(found.x).astype(int)
    counts: dict[str, dict[str, int]] = {answer: {} for answer in answers}
    for (answer, column), count in zip(cells, solved, strict=False):
        counts[answer][column] = int(count)
    return Fit(counts, missed(printed, bases, counts))


def _constraints(
    printed: Printed,
    bases: Mapping[str, int],
    cells: Sequence[tuple[str, str]],
    totals: Sequence[tuple[str, str]],
    adds_up: bool,
) -> tuple[np.ndarray, list[float], list[float]]:
    """Rows of the programme over [counts, cell missed, total missed], with their bounds."""
    free, size = len(cells), 2 * len(cells) + len(totals)
    rows: list[np.ndarray] = []
    low: list[float] = []
    high: list[float] = []

    def add(places: Sequence[int], least: float, most: float, slack: int, width: int) -> None:
        for sign, one, other in ((1, least, math.inf), (-1, -math.inf, most)):
            row = np.zeros(size)
            row[list(places)] = 1
            row[slack] = sign * width
            rows.append(row)
            low.append(one)
            high.append(other)

    for place, (answer, column) in enumerate(cells):
        add([place], *within(printed[answer][column], bases[column]), free + place, bases[column])
    everyone = sum(bases.values())
    for number, (answer, _) in enumerate(totals):
        places = [i for i, cell in enumerate(cells) if cell[0] == answer]
        add(places, *within(printed[answer][TOTAL], everyone), 2 * free + number, everyone)
    for column in bases if adds_up else []:
        row = np.zeros(size)
        row[[i for i, cell in enumerate(cells) if cell[1] == column]] = 1
        rows.append(row)
        low.append(bases[column])
        high.append(bases[column])
    return np.array(rows), low, high


def missed(
    printed: Printed, bases: Mapping[str, int], counts: Mapping[str, Mapping[str, int]]
) -> tuple[tuple[str, str], ...]:
    """The cells whose counts don't round to their printed per cent."""
    found = []
    for answer, shares in printed.items():
        for column, percent in shares.items():
            count = sum(counts[answer].values()) if column == TOTAL else counts[answer][column]
            base = sum(bases.values()) if column == TOTAL else bases[column]
            least, most = within(percent, base)
            if not least <= count <= most:
                found.append((answer, column))
    return tuple(found)


def write(path: Path, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A small CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
