"""Which protection a table needs: its class's rule, and the study's threshold over the floor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from evalrapport.errors import PlainError


@dataclass(frozen=True)
class Protection:
    """How the numbers of one table are protected.

    `threshold` is the smallest number of units that may be shown (0: nothing is hidden);
    `small_counts` says whether that holds for every count or only for the base of a column;
    `zero_is_shown` whether a count of nought may stand.
    """

    disclosure_class: str
    unit: str
    floor: int
    threshold: int
    small_counts: bool
    zero_is_shown: bool
    source: str

    def small(self, number: float) -> bool:
        """Whether a number of units is too small to be shown."""
        if self.threshold == 0 or number >= self.threshold:
            return False
        return number > 0 or not self.zero_is_shown


def read(path: Path, disclosure_class: str, thresholds: Mapping[str, int]) -> Protection:
    """The protection of a class, from the floors file and the study's `disclosure` setting."""
    rule: Any = yaml.safe_load(path.read_text(encoding="utf-8")).get(disclosure_class)
    if rule is None:
        raise PlainError(f"{path.name}: there is no rule for the class “{disclosure_class}”.")
    floor = rule["floor"] or 0
    threshold = int(thresholds.get(disclosure_class, floor)) if floor else 0
    if threshold < floor:
        raise PlainError(
            f"config.yaml: disclosure.{disclosure_class} is {threshold}, below {floor}, the lowest "
            f"that is allowed ({rule['authority']}). A study may only be stricter."
        )
    return Protection(
        disclosure_class,
        rule["unit"],
        floor,
        threshold,
        rule["small_counts"],
        rule["zero_is_shown"],
        rule["source"],
    )
