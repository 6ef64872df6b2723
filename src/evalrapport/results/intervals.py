"""Between which bounds a reader of the released table can put each number of people.

The reader knows every sum of `counts`, every base and count that is shown (a share tells its count
to within rounding), and that a hidden count is not nought where noughts are shown. The bounds are
the exact ends of what is then possible: integer linear programming over all numbers at once, as in
the audit of a suppression pattern (Hundepool et al., Statistical Disclosure Control, 2012, ch. 4).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array

from evalrapport.results.counts import Counts, Name
from evalrapport.results.estimates import Estimate, Key
from evalrapport.results.rounding import rounded
from evalrapport.results.shares import wilson

WHOLE = 1e-6


class Reader:
    """A reader who knows the equations and whatever is not hidden."""

    def __init__(
        self, counts: Counts, cells: Mapping[Key, Estimate], *, zero_is_shown: bool
    ) -> None:
        self.counts = counts
        self.names = sorted(counts.value)
        self.index = {name: i for i, name in enumerate(self.names)}
        self.least = 1.0 if zero_is_shown else 0.0
        self.shown = {name: self._shown(name, cells) for name in self.names}
        values = [counts.value[name] for name in self.names]
        self.integer = np.array([abs(v - round(v)) < WHOLE for v in values], dtype=int)
        self.matrix = self._matrix()

    def _matrix(self) -> csr_array:
        triples = [
            (factor, row, self.index[name])
            for row, equation in enumerate(self.counts.equations)
            for name, factor in equation.items()
        ]
        factors, rows, columns = zip(*triples, strict=True) if triples else ((), (), ())
        shape = (len(self.counts.equations), len(self.names))
        return csr_array((factors, (rows, columns)), shape=shape, dtype=float)

    def _shown(self, name: Name, cells: Mapping[Key, Estimate]) -> tuple[float, float]:
        """What the table tells of a number as long as it is not hidden."""
        value = self.counts.value[name]
        if name[0] == "base" and "-" not in name[1] + name[2]:
            return value, value
        if name not in self.counts.cell_of:
            return 0.0, math.inf
        estimate = cells[self.counts.cell_of[name]]
        if name not in self.counts.base_of or estimate.cell.statistic == "antal":
            return value, value
        base = self.counts.value[self.counts.base_of[name]]
        decimals = estimate.cell.decimals
        ends = within_rounding(value, base, rounded(estimate.value, decimals))
        if not estimate.lower + estimate.upper or ends[0] == ends[1]:
            return ends
        return narrowed_by_interval(ends, estimate, base)

    def bounds(self, hidden: Collection[Name]) -> tuple[np.ndarray, np.ndarray]:
        """The lowest and highest that each number alone may be, when `hidden` is not shown."""
        low, high = np.array([self.shown[name] for name in self.names]).T
        for i, name in enumerate(self.names):
            if name in hidden or self.counts.base_of.get(name) in hidden:
                low[i], high[i] = self.least, math.inf
                if self.counts.value[name] < self.least:
                    low[i] = 0.0
        return low, high

    def interval(self, name: Name, hidden: Collection[Name]) -> tuple[float, float]:
        """The lowest and highest number of people that `name` can be, all sums considered."""
        low, high = self.bounds(hidden)
        least, most = (self._end(name, sign, low, high) for sign in (1, -1))
        return least, most

    def width(self, name: Name, hidden: Collection[Name]) -> float:
        """How far apart the ends of the interval are; infinite if it has no upper end."""
        least, most = self.interval(name, hidden)
        return most - least

    def _end(self, name: Name, sign: int, low: np.ndarray, high: np.ndarray) -> float:
        goal = np.zeros(len(self.names))
        goal[self.index[name]] = sign
        zeros = np.zeros(self.matrix.shape[0])
        limits = np.column_stack([low, high])
        found = linprog(goal, A_eq=self.matrix, b_eq=zeros, bounds=limits, method="highs-ds")
        if found.status == 0:
            off = np.abs(found.x - np.round(found.x))[self.integer == 1]
            if off.size and off.max() > WHOLE:  # a corner between whole numbers: solve it in those
                constraint = LinearConstraint(self.matrix, zeros, zeros)
                found = milp(
                    goal,
                    integrality=self.integer,
                    bounds=Bounds(low, high),
                    constraints=[constraint],
                )
        if found.status == 3:
            return sign * -math.inf
        if found.status != 0:
            raise RuntimeError(f"disclosure audit: {found.message}")
        end = float(found.x[self.index[name]])
        return round(end) if self.integer[self.index[name]] else end


def within_rounding(count: float, base: float, share: str) -> tuple[float, float]:
    """The lowest and highest count whose share of `base`, in per cent, is printed as `share`."""
    printed = Decimal(share)
    half = Fraction(1, 2) * Fraction(Decimal(1).scaleb(int(printed.as_tuple().exponent)))
    low = (Fraction(printed) - half) * Fraction(base) / 100
    high = (Fraction(printed) + half) * Fraction(base) / 100
    if abs(count - round(count)) > WHOLE:
        return max(0.0, float(low)), min(base, float(high))
    # Halves are rounded up, so the upper end itself would have been printed otherwise.
    return float(max(0, math.ceil(low))), float(min(math.floor(base), math.ceil(high) - 1))


def narrowed_by_interval(
    ends: tuple[float, float], estimate: Estimate, base: float
) -> tuple[float, float]:
    """The counts within `ends` whose confidence interval, too, is printed as this one's.

    An interval tells of its count almost as much as the share does. If it is not Wilson's (see
    `shares`), the count is taken to be known.
    """
    count = round(estimate.count or 0)
    printed = [rounded(text, estimate.cell.decimals) for text in (estimate.lower, estimate.upper)]

    def alike(candidate: int) -> bool:
        bounds = (100 * end for end in wilson(candidate, int(base)))
        return [rounded(repr(end), estimate.cell.decimals) for end in bounds] == printed

    if not alike(count):
        return float(count), float(count)
    below, above = range(int(ends[0]), count + 1), range(count, int(ends[1]) + 1)
    # Both ends of the interval rise with the count, so those alike lie side by side.
    least = below[bisect_left(below, True, key=alike)]
    most = above[bisect_left(above, True, key=lambda c: not alike(c)) - 1]
    return float(least), float(most)
