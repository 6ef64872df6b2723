"""Nearest neighbours on the score within one group, and weighted sums of their covariances.

The variance of matching needs conditional variances and covariances given the score. Each is
estimated from the L nearest people of one group, ties included: in score order that is a run of
neighbouring rows, a window. So the whole calculation is a sort, a search and matrix products over
the rows: O(n log n), nothing n × n.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from evalrapport.results.matching.design import Floats, Indices

Rows = Callable[[Indices], Floats]
CHUNK_WINDOWS = 4096
SHORT = 4  # up to this length a run is summed row by row, which is faster than a running sum


@dataclass(frozen=True)
class Windows:
    """Distinct runs [start, stop) in score order, with one weight each, ordered by start."""

    start: Indices
    stop: Indices
    weight: Floats


def nearest_start(ordered: Floats, targets: Floats, size: int) -> Indices:
    """For each target the first of the `size` nearest scores, which follow one another.

    Args:
        ordered: scores of one group, ascending. targets: scores in any order, from either group.
        size: neighbours wanted (all, if there are fewer); a target in the group counts as its own.
    """
    size = min(size, len(ordered))
    start = np.clip(np.searchsorted(ordered, targets) - size, 0, len(ordered) - size)
    for _ in range(size):
        following = np.minimum(start + size, len(ordered) - 1)
        closer = np.abs(ordered[following] - targets) < np.abs(targets - ordered[start])
        start = start + (closer & (start + size < len(ordered)))
    return start


def nearest_run(ordered: Floats, targets: Floats, size: int) -> tuple[Indices, Indices]:
    """As `nearest_start`, start and stop, with all that tie with either end."""
    start = nearest_start(ordered, targets, size)
    last = start + min(size, len(ordered)) - 1
    first = np.searchsorted(ordered, ordered[start], side="left")
    return first, np.searchsorted(ordered, ordered[last], side="right")


def gathered(start: Indices, stop: Indices, weight: Floats) -> Windows:
    """Equal windows put together, their weights summed in a fixed order."""
    order = np.lexsort((stop, start))
    start, stop, weight = start[order], stop[order], weight[order]
    new = np.ones(len(start), dtype=bool)
    new[1:] = (start[1:] != start[:-1]) | (stop[1:] != stop[:-1])
    first = np.flatnonzero(new)
    return Windows(start[first], stop[first], np.add.reduceat(weight, first))


def covariance_sum(windows: Windows, left: Rows, right: Rows) -> Floats:
    """Σ over windows of weight × the sample covariance of `left` and `right` in the window.

    Args:
        left, right: functions from row numbers in score order to values (rows × a), (rows × b).

    Returns:
        (a × b). Windows of one row have no covariance and count as zero.
    """
    kept = np.flatnonzero((windows.stop - windows.start > 1) & (windows.weight != 0))
    total: Floats | None = None
    for at in range(0, len(kept), CHUNK_WINDOWS):
        part = kept[at : at + CHUNK_WINDOWS]
        chunk = chunk_sum(
            windows.start[part], windows.stop[part], windows.weight[part], left, right
        )
        total = chunk if total is None else total + chunk
    if total is None:
        none = np.zeros(0, dtype=np.int64)
        return np.zeros((left(none).shape[1], right(none).shape[1]))
    return total


def chunk_sum(start: Indices, stop: Indices, weight: Floats, left: Rows, right: Rows) -> Floats:
    """`covariance_sum` of a few thousand windows."""
    if (stop - start == 2).all():  # no ties here: half the product of the differences
        step_x, step_y = left(stop - 1) - left(start), right(stop - 1) - right(start)
        return (step_x * (weight / 2.0)[:, None]).T @ step_y
    low, high = int(start.min()), int(stop.max())
    a, b = start - low, stop - low
    rows = np.arange(low, high)
    x, y = left(rows), right(rows)
    x, y = x - x.mean(axis=0), y - y.mean(axis=0)
    size = (b - a).astype(np.float64)
    share = weight / (size - 1.0)
    steps = np.zeros(high - low + 1)
    np.add.at(steps, a, share)
    np.add.at(steps, b, -share)
    per_row = np.cumsum(steps)[:-1]
    sum_x, sum_y = run_sums(x, a, b), run_sums(y, a, b)
    return (x * per_row[:, None]).T @ y - (sum_x * (share / size)[:, None]).T @ sum_y


def run_sums(values: Floats, start: Indices, stop: Indices) -> Floats:
    """Sums of consecutive rows: (runs × columns)."""
    longest = int((stop - start).max())
    if longest <= SHORT:
        total = values[start].copy()
        for step in range(1, longest):
            inside = start + step < stop
            total[inside] += values[start[inside] + step]
        return total
    running = np.zeros((len(values) + 1, values.shape[1]))
    np.cumsum(values, axis=0, out=running[1:])
    return running[stop] - running[start]
