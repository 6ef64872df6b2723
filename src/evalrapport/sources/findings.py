"""What was found wrong with a file: collected over all rows, then told in plain words at once.

A finding names file, column, rule and count, never a person or a person's value.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from evalrapport.errors import PlainError

SHOWN = 20
ROWS_KEPT = 10_000  # row numbers kept per finding, for the list that stays on the machine
Key = tuple[str, str, str]  # file, column, rule


@dataclass
class Findings:
    """Counts of broken rules by (file, column, rule); and of habits that were put right.

    `counts` stop the run, `warned` don't, `noted` are habits of real files that the reading handles
    by rule. `rows` are the numbers of the rows, from 1; `seen` the rows read of each file; `start`
    the rows of the file before the block that is being looked at.
    """

    counts: Counter[Key] = field(default_factory=Counter)
    lines: dict[Key, int] = field(default_factory=dict)
    warned: Counter[Key] = field(default_factory=Counter)
    noted: Counter[Key] = field(default_factory=Counter)
    rows: dict[Key, list[int]] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    start: int = 0

    def add(self, file: str, column: str, rule: str, count: int, line: int | None = None) -> None:
        """Count `count` rows of a file that break a rule (0 is nothing); `line`: the first one."""
        if count:
            self.counts[file, column, rule] += int(count)
            if line is not None:
                self.lines.setdefault((file, column, rule), line)

    def where(self, file: str, column: str, rule: str, mask: Any) -> None:
        """Count the rows of the block in which `mask` is true, and keep their numbers."""
        places = np.flatnonzero(np.asarray(mask))
        if len(places):
            self.add(file, column, rule, len(places))
            kept = self.rows.setdefault((file, column, rule), [])
            kept += (places[: ROWS_KEPT - len(kept)] + self.start + 1).tolist()

    def note(self, file: str, column: str, rule: str, count: int) -> None:
        """Count a habit that was handled; `rule` is its id in contracts/sources/checks.py."""
        if count:
            self.noted[file, column, rule] += int(count)

    def warn(self, file: str, column: str, rule: str, count: int) -> None:
        """Count what a reader should know but what does not stop the run."""
        if count:
            self.warned[file, column, rule] += int(count)

    def stop_if_any(self) -> None:
        """Raise a PlainError that lists what was found."""
        if not self.counts:
            return
        lines = [
            f"{key[0]}, column {key[1]}: {key[2]} ({self._where(key, count)})"
            for key, count in self.counts.items()
        ]
        more = len(lines) - SHOWN
        shown = lines[:SHOWN] + ([f"… and {more} more findings of this kind."] if more > 0 else [])
        raise PlainError(
            "The register files don't hold what their contract says:\n  " + "\n  ".join(shown)
        )

    def _where(self, key: tuple[str, str, str], count: int) -> str:
        """How many rows, and where the first one is if that is known."""
        rows = f"{count:,} {'row' if count == 1 else 'rows'}"
        line = self.lines.get(key)
        if line is None:
            return rows
        return f"{rows}, {'line' if count == 1 else 'the first in line'} {line}"
