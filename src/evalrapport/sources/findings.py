"""What was found wrong with a file: collected over all rows, then told in plain words at once.

A finding names file, column, rule and count, never a person or a person's value.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from evalrapport.errors import PlainError

SHOWN = 20


@dataclass
class Findings:
    """Counts of broken rules by (file, column, rule)."""

    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(self, file: str, column: str, rule: str, count: int) -> None:
        """Count `count` rows of a file that break a rule; 0 is nothing."""
        if count:
            self.counts[file, column, rule] += int(count)

    def stop_if_any(self) -> None:
        """Raise a PlainError that lists what was found."""
        if not self.counts:
            return
        lines = [
            f"{file}, column {column}: {rule} ({count:,} {'row' if count == 1 else 'rows'})"
            for (file, column, rule), count in self.counts.items()
        ]
        more = len(lines) - SHOWN
        shown = lines[:SHOWN] + ([f"… and {more} more findings of this kind."] if more > 0 else [])
        raise PlainError(
            "The register files don't hold what their contract says:\n  " + "\n  ".join(shown)
        )
