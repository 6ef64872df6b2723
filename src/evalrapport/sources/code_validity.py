"""Codes that a list knows, but that cannot stand in this column of this delivery.

A newer DREAM rewrites old weeks (DREAM1803 put 112-114 into 115), so a code tells which delivery a
file is; and a code in a week before its benefit existed tells that a file is not what it seems.
"""

from __future__ import annotations

import csv
import re
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
    with lists[column.codes].open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {}
    for row in rows:
        first, last = row.get("first_delivery") or "", row.get("last_delivery") or "999999"
        start = row.get("valid_from") or ""
        if not first <= delivery <= last:
            found[row["code"]] = "code_delivery"
        elif column.month and MONTH.fullmatch(start) and start > column.month:
            found[row["code"]] = "code_week"
    return found
