"""What is asked of people chosen from a pool: numbers by category, and means."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
EXACT = 1e4  # weight of a margin that must be met to the last person


@dataclass(frozen=True)
class Margin:
    """One way to divide the chosen. codes: category of each in the pool, -1 for outside all;
    targets: how many of each category are wanted; weight: how dear a miss is beside others'."""

    codes: Ints
    targets: Ints
    weight: float = 1.0


@dataclass(frozen=True)
class Moment:
    """A mean to be met. off: each one's distance from it, which shall add to 0; 0 outside it;
    weight: people's misses that a sum as far off as one person's standard deviation costs."""

    off: Floats
    weight: float = 1.0
    owed: float = 0.0  # what the sum is off already, from earlier blocks
