"""Shares and counts by benefit group, in the shape of the note's tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from evalrapport.contracts.result_table import TableContract
from evalrapport.results.shares import missing_cell, share_cell, table

TOTAL = "i_alt"
FLEX, RES = "fleksjob_ledighedsydelse", "ressourceforloeb"
NOTE_GROUPS = (FLEX, RES)
FLOOR = 3  # of all registers (contracts/disclosure.yaml): a cell about fewer is always hidden


def count_cell(row: str, column: str, value: int, people: int | None = None) -> dict[str, Any]:
    """A number; `people` are the persons behind it, where they are not as many."""
    at = {"row": row, "column": column, "statistic": "antal", "value": float(value)}
    count = value if people is None else people
    return {**at, "n": None, "status": "ok", "count": count}


def mean_cell(
    row: str, column: str, values: pd.Series, people: int | None = None
) -> dict[str, Any]:
    """A mean over those who have a value; `people` as in `count_cell`."""
    known = values.dropna()
    if not len(known):
        return missing_cell(row, column, "gennemsnit")
    at = {"row": row, "column": column, "statistic": "gennemsnit", "value": float(known.mean())}
    count = len(known) if people is None else people
    return {**at, "n": base(len(known), count), "status": "ok", "count": count}


def base(number: int, people: int) -> int | None:
    """The base that is stated; none of a cell that is hidden anyway.

    Many small places would otherwise look like rows about persons, which the door refuses."""
    return number if people >= FLOOR else None


def divided(groups: pd.Series, rows: Sequence[str], year: int) -> list[dict[str, Any]]:
    """The columns `andel_<year>` and `antal_<year>`: each group's share and number, and the total.

    Args:
        groups: the group of each episode or spell of that year; others than `rows` are left out.
    """
    counts = groups.value_counts().reindex(list(rows), fill_value=0)
    whole = int(counts.sum())
    share, number = f"andel_{year}", f"antal_{year}"
    cells = [share_cell(row, share, int(counts[row]), whole) for row in rows]
    cells += [count_cell(row, number, int(counts[row])) for row in rows]
    total = share_cell(TOTAL, share, whole, whole, interval=False)
    return [*cells, total, count_cell(TOTAL, number, whole)]


def years_of(contract: TableContract) -> list[int]:
    """The years that the contract has columns for."""
    names = [column.id for column in contract.columns]
    return [int(name.removeprefix("antal_")) for name in names if name.startswith("antal_")]


def by_year(starts: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """A table of `divided` for each of its years.

    Args:
        starts: start_year and benefit_group of each episode or spell.
    """
    rows = [row.id for row in contract.rows if row.role is None]
    cells = []
    for year in years_of(contract):
        cells += divided(starts.loc[starts["start_year"] == year, "benefit_group"], rows, year)
    return table([pd.DataFrame(cells)], contract)


def of_note(rows: pd.DataFrame, year: int | None = None) -> pd.DataFrame:
    """Rows of the note's own groups, of one start year or of all."""
    own = rows[rows["benefit_group"].isin(NOTE_GROUPS)]
    return own if year is None else own[own["start_year"] == year]
