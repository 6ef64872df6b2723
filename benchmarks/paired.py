"""Paired runs: two actions in turn, so that a busy machine slows both alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Pairs:
    """Seconds of each run of the two actions, in the order in which they ran."""

    first: list[float]
    second: list[float]

    @property
    def ratios(self) -> list[float]:
        """How many times the second action the first takes, run by run."""
        return [a / b for a, b in zip(self.first, self.second, strict=True)]

    def line(self, name: str, against: str, limit: float) -> str:
        """The report: least, middle and greatest ratio, and the middle times behind them."""
        low, middle, high = min(self.ratios), statistics.median(self.ratios), max(self.ratios)
        first, second = statistics.median(self.first), statistics.median(self.second)
        return (
            f"{name} / {against}: {middle:.2f} (min {low:.2f}, max {high:.2f}, "
            f"{len(self.ratios)} pairs; {first:.2f} s / {second:.2f} s); limit {limit:g}"
        )


def run(first: Callable[[], object], second: Callable[[], object], times: int) -> Pairs:
    """Both actions once unmeasured (files come into the cache), then in turn."""
    second()
    first()
    pairs = Pairs([], [])
    for _ in range(times):
        pairs.first.append(seconds(first))
        pairs.second.append(seconds(second))
    return pairs


def seconds(action: Callable[[], object]) -> float:
    """How long an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start
