"""Shares, means and medians of groups of people, in the shape of a result table.

Every function takes one series per column of the table (a value per person) and gives cells: a
frame with row, column, statistic, value, n, lower, upper, status and count. `n` is the base,
`count` the people behind the cell (for a mean: the base). Nothing here is rounded or hidden;
that is for the release.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from evalrapport.contracts.bundle import ESTIMATE_COLUMNS
from evalrapport.contracts.result_table import TableContract

Z_95 = 1.959963984540054
ByColumn = Mapping[str, pd.Series]


def wilson(count: int, n: int) -> tuple[float, float]:
    """The 95 per cent Wilson score interval of a share, as shares; n > 0.

    Source: E. B. Wilson (1927), Journal of the American Statistical Association 22, 209-212. It
    keeps inside 0-1, and has a width also where the count is 0 or n.
    """
    share, z2 = count / n, Z_95**2 / n
    middle = (share + z2 / 2) / (1 + z2)
    half = Z_95 * (share * (1 - share) / n + z2 / (4 * n)) ** 0.5 / (1 + z2)
    # Exactly 0 and 1 at the ends, where rounding would leave a hair's breadth.
    return 0.0 if count == 0 else middle - half, 1.0 if count == n else middle + half


def share_cell(
    row: str, column: str, count: int, n: int, *, interval: bool = True
) -> dict[str, Any]:
    """One share in per cent. A share of nobody doesn't exist: status not_applicable."""
    if n == 0:
        return missing_cell(row, column, "andel")
    lower, upper = wilson(count, n) if interval else (np.nan, np.nan)
    return {
        **{"row": row, "column": column, "statistic": "andel", "value": 100 * count / n},
        **{"n": n, "lower": 100 * lower, "upper": 100 * upper, "status": "ok", "count": count},
    }


def found_cell(
    row: str,
    column: str,
    statistic: str,
    value: float,
    count: int,
    *,
    n: int | None = None,
    half: float = np.nan,
) -> dict[str, Any]:
    """A number, with an interval that reaches `half` to either side if there is one."""
    at = {"row": row, "column": column, "statistic": statistic, "value": float(value), "text": ""}
    ends = {"lower": value - half, "upper": value + half}
    return {**at, "n": n, **ends, "status": "ok", "count": count}


def text_cell(
    row: str, column: str, text: str, count: int, *, n: int | None = None
) -> dict[str, Any]:
    """Words in the place of a number."""
    return {**found_cell(row, column, "tekst", np.nan, count, n=n), "text": text}


def missing_cell(row: str, column: str, statistic: str, mark: str = "") -> dict[str, Any]:
    """A cell that can have no number; `mark` is printed in its place."""
    empty = dict.fromkeys(("value", "lower", "upper"), np.nan)
    at = {"row": row, "column": column, "statistic": statistic, "text": mark}
    return {**at, **empty, "n": None, "status": "not_applicable", "count": 0}


def shares(
    people: ByColumn,
    categories: Sequence[str],
    total: str | None = None,
    prefix: str = "",
    unprinted: Sequence[str] = (),
) -> pd.DataFrame:
    """The share of each category among those who have one (missing is not in the base).

    Intervals are Wilson's. For a survey they show the uncertainty of the sample. In a register
    everyone is counted, and no sample was drawn; there they show how far the share could lie from
    the chance that lies behind it, had as many people come through the same system again.

    Args:
        people: column → each person's category.
        categories: row ids in the table's order, without the prefix.
        total: row id for the sum of the categories (no interval), if the table has one.
        prefix: put before each row id, such as `klare.`.
        unprinted: categories that count in the base but have no row in the table.

    Raises:
        ValueError: a value that is none of the categories.
    """
    cells: list[dict[str, Any]] = []
    for column, values in people.items():
        counts = values.value_counts()
        unknown = sorted(set(counts[counts > 0].index) - {*categories, *unprinted})
        if unknown:
            raise ValueError(f"column {column}: {unknown} are none of the categories")
        held = [int(counts.get(category, 0)) for category in categories]
        n = sum(held) + sum(int(counts.get(category, 0)) for category in unprinted)
        for category, count in zip(categories, held, strict=True):
            cells.append(share_cell(prefix + category, column, count, n))
        if total:
            cells.append(share_cell(prefix + total, column, sum(held), n, interval=False))
    return pd.DataFrame(cells)


def summaries(people: ByColumn, statistics: Mapping[str, str]) -> pd.DataFrame:
    """Means and medians of numbers, over the people who have one.

    Args:
        people: column → each person's number.
        statistics: row id → `gennemsnit` or `median`.
    """
    cells = []
    for row, statistic in statistics.items():
        for column, values in people.items():
            known = values.dropna()
            cell = missing_cell(row, column, statistic)
            if len(known):
                value = float(known.mean() if statistic == "gennemsnit" else known.median())
                cell |= {"value": value, "n": len(known), "count": len(known), "status": "ok"}
            cells.append(cell)
    return pd.DataFrame(cells)


def bases(row: str, counts: Mapping[str, int]) -> pd.DataFrame:
    """The row that says how many people a column builds on; `counts` is column → people."""
    ok = {"statistic": "antal", "lower": np.nan, "upper": np.nan, "status": "ok"}
    return pd.DataFrame(
        [
            {"row": row, "column": column, **ok, "value": float(count), "n": count, "count": count}
            for column, count in counts.items()
        ]
    )


def bands(values: pd.Series, lows: Mapping[str, float]) -> pd.Series:
    """The band that each number falls in.

    Args:
        values: numbers.
        lows: row id → the lowest number of its band, ascending; a band ends where the next
            begins, the last has no end. Numbers below the first band are missing.
    """
    edges = [*lows.values(), np.inf]
    return pd.cut(values, edges, right=False, labels=list(lows))


def table(cells: Sequence[pd.DataFrame], contract: TableContract) -> pd.DataFrame:
    """All cells in the order of the contract, each of its cells once.

    A cell of the contract that was not computed is `not_applicable`.

    Raises:
        ValueError: a cell that the contract does not have, or one that was computed twice.
    """
    computed: dict[tuple[str, str, str], dict[str, Any]] = {}
    for record in pd.concat(cells, ignore_index=True).to_dict("records"):
        key = (record["row"], record["column"], record["statistic"])
        if key in computed:
            raise ValueError(f"{contract.id}: {key} was computed twice")
        computed[key] = {str(name): value for name, value in record.items()}
    rows = []
    for cell in contract.cells():
        found = computed.pop(cell.key, missing_cell(*cell.key))
        rows.append({**found, "row_group": cell.row.group or "", "unit": cell.unit})
    if computed:
        raise ValueError(f"{contract.id}: the contract has no cell {min(computed)}")
    frame = pd.DataFrame(rows, columns=list(ESTIMATE_COLUMNS))
    return frame.assign(text=frame["text"].astype(object).fillna(""), n=frame["n"].astype("Int64"))


def write(estimates: pd.DataFrame, path: Path) -> None:
    """Write estimates as tidy CSV: UTF-8, \\n, decimal points, empty for what is missing."""
    estimates.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")
