"""Tables of chapter 4 made of what SFI 15:10 states in its text: response flow, answers, practices.

Which cell is which fact (or one fact less another) stands in data/published/cells_from_facts.csv. A
cell that no fact fills was not published.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from evalrapport.contracts.bundle import Cells
from evalrapport.contracts.result_table import TableContract
from evalrapport.results.rounding import rounded

CELLS, FACTS = Path("data/published/cells_from_facts.csv"), Path("data/facts.csv")
TABLES = ("svarforloeb", "oevrige_svar", "interviewtemaer")
BASES = {"interviewtemaer": "sfi-ch4-qual-jobcentres"}  # the fact that is every cell's base
NOTE = "Tallene er oplyst i teksten i SFI 15:10, kapitel 4; tabellen er sat sammen her."


def rows(path: Path) -> list[dict[str, str]]:
    """The lines of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cells(root: Path, contract: TableContract) -> Cells:
    """All cells of a table: stated ones with their number, the others not published.

    Raises:
        KeyError: a fact that data/facts.csv doesn't have.
    """
    facts = {fact["id"]: Decimal(fact["value"]) for fact in rows(root / FACTS) if plain(fact)}
    stated = {
        (line["row"], line["column"]): facts[line["fact"]] - facts.get(line["minus"], Decimal(0))
        for line in rows(root / CELLS)
        if line["table"] == contract.id
    }
    base = str(facts[BASES[contract.id]]) if contract.id in BASES else ""
    found: Cells = []
    for cell in contract.cells():
        number = stated.get(cell.key[:2])
        done = {"value": "", "n": "", "status": "not_published"}
        if number is not None:
            value = rounded(str(number), cell.decimals)
            done = {"value": value, "n": base, "status": "ok"}
        row, column, statistic = cell.key
        at = {"row_group": cell.row.group or "", "row": row, "column": column}
        at |= {"statistic": statistic, "text": "", "unit": cell.unit, "lower": "", "upper": ""}
        found.append({**at, **done})
    return found


def plain(fact: dict[str, str]) -> bool:
    """Whether a fact is a number."""
    return fact["value"].replace(".", "", 1).lstrip("-").isdigit()
