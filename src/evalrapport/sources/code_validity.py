"""Codes that a list knows, but that cannot stand in this column of this delivery.

A newer DREAM rewrites old weeks (DREAM1803 put 112-114 into 115), so a code tells which delivery a
file is; and a code in a week before its benefit existed tells that a file is not what it seems.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

from evalrapport.contracts.sources import Column

MONTH = re.compile(r"\d{4}-\d{2}")


def misplaced(column: Column, lists: dict[str, Path], delivery: str) -> dict[str, str]:
    """Code → the check that it breaks here: `code_delivery` or `code_week`.

    The list says for which deliveries a code is valid (`first_delivery`, `last_delivery`) and from
    which month (`valid_from`); what it says without certainty (`2015/16?`) is not held against
    anybody.
    """
    if not isinstance(column.codes, str) or column.codes not in lists:
        return {}
    path = lists[column.codes]
    found = {}
    for code, first, last, start in validity(path, path.stat().st_mtime_ns):
        if not first <= delivery <= last:
            found[code] = "code_delivery"
        elif start and column.month and start > column.month:
            found[code] = "code_week"
    return found


@lru_cache(maxsize=8)
def validity(path: Path, _: int) -> tuple[tuple[str, str, str, str], ...]:
    """Code, first and last delivery, first month; read once for the hundreds of weeks of DREAM.

    The second argument is when the list was last changed, so that a changed one is read again.
    """
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            (
                row["code"],
                row.get("first_delivery") or "",
                row.get("last_delivery") or "999999",
                start if MONTH.fullmatch(start := row.get("valid_from") or "") else "",
            )
            for row in csv.DictReader(file)
        )
