"""Intervals for the published survey tables, which print shares and a base but no uncertainty.

SFI 15:10 prints per column the smallest base of any question. A share's 95 per cent interval is
Wilson's on that base: too wide rather than too narrow, as the question's own base may be larger.
Questions that only some were asked have another base, which is not printed: they get no interval,
nor do means, whose spread is not printed. The contrast of chapter 4 is made from table 4.12, and
the answers on the better side of each battery from tables 4.9-4.12.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evalrapport.contracts.bundle import Cells
from evalrapport.contracts.result_table import TableContract
from evalrapport.results import (
    borgeres_baggrund,
    borgeres_tidsforbrug,
    fortrolighed,
    fremskridt,
    inddragelse,
    kontakt,
    mentorers_baggrund,
    mentorers_tidsforbrug,
    retningslinjer,
    samtaleemner,
    tilbagemelding,
)
from evalrapport.results.fremskridt_kontrast import BETTER
from evalrapport.results.rounding import rounded
from evalrapport.results.survey_intervals import difference, share
from evalrapport.results.survey_table import ALL, MENTORS, Questions
from evalrapport.results.svarsider import BETTER as SIDES

QUESTIONS: dict[str, Questions] = {
    "borgeres_baggrund": borgeres_baggrund.QUESTIONS,
    "borgeres_tidsforbrug": borgeres_tidsforbrug.QUESTIONS,
    "fortrolighed": fortrolighed.QUESTIONS,
    "fremskridt": fremskridt.QUESTIONS,
    "inddragelse": inddragelse.QUESTIONS,
    "kontakt": kontakt.QUESTIONS,
    "mentorers_baggrund": mentorers_baggrund.QUESTIONS,
    "mentorers_tidsforbrug": mentorers_tidsforbrug.QUESTIONS,
    "retningslinjer": retningslinjer.QUESTIONS,
    "samtaleemner": samtaleemner.QUESTIONS,
    "tilbagemelding": tilbagemelding.QUESTIONS,
}
NOTE = (
    "Intervaller og forskelle er beregnet her af de offentliggjorte andele og det mindste "
    "beregningsgrundlag; de står ikke i SFI 15:10."
)
Bases = Mapping[str, int]


def bases(contract: TableContract, cells: Cells) -> dict[str, int]:
    """Column → the base that is printed below it; columns without one are left out."""
    rows = {row.id for row in contract.rows if row.role == "base"}
    return {cell["column"]: int(cell["value"]) for cell in cells if is_base(cell, rows)}


def is_base(cell: Mapping[str, str], rows: set[str]) -> bool:
    """Whether a cell states a base."""
    return cell["row"] in rows and cell["status"] == "ok"


def with_intervals(contract: TableContract, cells: Cells, branch: tuple[str, ...]) -> Cells:
    """The same cells, shares with base and interval where the base is printed.

    `branch`: groups and rows that only some were asked.
    """
    printed = bases(contract, cells)
    skipped = {row.id for row in contract.rows if {row.id, row.group} & set(branch)}

    def one(cell: Mapping[str, str]) -> dict[str, str]:
        n = printed.get(cell["column"])
        if cell["statistic"] != "andel" or cell["status"] != "ok" or not n:
            return dict(cell)
        if cell["row"] in skipped:
            return {**cell, "n": "", "lower": "", "upper": ""}
        low, high = share(float(cell["value"]) * n / 100, n)
        decimals = contract.row(cell["row"]).decimals
        ends = {"lower": rounded(repr(low), decimals), "upper": rounded(repr(high), decimals)}
        return {**cell, "n": str(n), **ends}

    return [one(cell) for cell in cells]


def contrast(contract: TableContract, progress: Cells, printed: Bases) -> Cells:
    """The cells of `fremskridt_kontrast` from those of the published table 4.12.

    Shares are added as they are printed, so each may be off by a per cent point.
    """
    value = {(cell["row"], cell["column"]): cell["value"] for cell in progress}
    columns = {"mentorer": MENTORS, "borgere": ALL}
    found: Cells = []
    for row, answers in BETTER.items():
        counts = {}
        for column, theirs in columns.items():
            total = sum(float(value[f"{row}.{answer}", theirs]) for answer in answers)
            counts[column] = total * printed[theirs] / 100, printed[theirs]
            low, high = share(*counts[column])
            found.append(filled(contract, row, column, (total, low, high), printed[theirs]))
        gap = difference(counts["mentorer"], counts["borgere"])
        smallest = min(n for _, n in counts.values())
        found.append(filled(contract, row, "forskel", gap, smallest))
    return found


def sides(contract: TableContract, of: Mapping[str, tuple[Cells, Bases]]) -> Cells:
    """The cells of `svarsider` from those of the published tables 4.9-4.12, with their bases.

    `of`: row → the cells of its question's table, and the base of each of its columns.
    """
    found: Cells = []
    for row, answers in SIDES.items():
        cells, printed = of[row]
        value = {(cell["row"], cell["column"]): cell["value"] for cell in cells}
        for column in contract.columns:
            shares = [value.get((f"{row}.{answer}", column.id), "") for answer in answers]
            if not all(shares):
                found.append(filled(contract, row, column.id, None, 0))
                continue
            total = sum(map(float, shares))
            n = printed[column.id]
            low, high = share(total * n / 100, n)
            found.append(filled(contract, row, column.id, (total, low, high), n))
    return found


def filled(
    contract: TableContract,
    row: str,
    column: str,
    numbers: tuple[float, float, float] | None,
    n: int,
) -> dict[str, str]:
    """One derived cell, rounded as it is published; a dash where nobody was asked."""
    (cell,) = [one for one in contract.cells() if one.key[:2] == (row, column)]
    at: dict[str, Any] = {"row_group": "", "row": row, "column": column}
    at |= {"statistic": cell.statistic, "value": "", "text": "-", "unit": cell.unit, "n": ""}
    if numbers is None:
        return {**at, "lower": "", "upper": "", "status": "not_applicable"}
    value, low, high = (rounded(repr(number), cell.decimals) for number in numbers)
    return {
        **at,
        "value": value,
        "text": "",
        "n": str(n),
        "lower": low,
        "upper": high,
        "status": "ok",
    }
