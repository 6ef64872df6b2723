"""The reference rows and what R found on them (see data/README.md)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalrapport.results.matching.design import Design, standardised

DATA = Path(__file__).parent / "data"
COLUMNS = [*(f"x{i}" for i in range(1, 9)), *(f"d{i}" for i in range(1, 7))]


@dataclass(frozen=True)
class Reference:
    frame: pd.DataFrame
    design: Design
    treated: NDArray[np.bool_]
    outcome: NDArray[np.float64]


def reference(order: NDArray[np.int64] | None = None) -> Reference:
    """The 4,000 rows, in another order if one is given."""
    frame = pd.read_csv(DATA / "matching-data.csv")
    if order is not None:
        frame = frame.iloc[order].reset_index(drop=True)
    matrix = np.ascontiguousarray(frame[COLUMNS].to_numpy().T)
    outcome = frame[["y", "y_binary"]].to_numpy(dtype=np.float64)
    return Reference(frame, standardised(matrix), frame["treat"].to_numpy() == 1, outcome)
