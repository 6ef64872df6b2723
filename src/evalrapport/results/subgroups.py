"""Who is in which subgroup: what SFI 15:10, chapter 5, says it looked at and did not print."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
# Covariates that the divisions are made from.
NEEDED = (
    *("man", "age", "weeks_supported_260", "match_1", "match_2", "match_3"),
    *("kontanthjaelp_week_before", "sygedagpenge_week_before", "dagpenge_week_before"),
    "self_support_week_before",
)
WEEKS = 260


def divisions(covariates: pd.DataFrame) -> dict[str, dict[str, Flags]]:
    """Division → subgroup (row id without the division) → who is in it.

    # ASSUME: "tidligere grad af forsørgelse" is the share of the five years before the start, cut
    # at a half and at nine tenths; the report names the division, not its classes.
    """
    held = {name: covariates[name].to_numpy() for name in NEEDED}
    age, share = held["age"], held["weeks_supported_260"] / WEEKS
    start = {
        "kontanthjaelp": held["kontanthjaelp_week_before"] > 0,
        "sygedagpenge": held["sygedagpenge_week_before"] > 0,
        "a_dagpenge": held["dagpenge_week_before"] > 0,
        "selvforsoergelse": held["self_support_week_before"] > 0,
    }
    groups = {f"gruppe_{n}": held[f"match_{n}"] > 0 for n in (1, 2, 3)}
    return {
        "koen": {"kvinder": held["man"] == 0, "maend": held["man"] == 1},
        "alder": {
            "under_25": age < 25,
            "fra_25": (age >= 25) & (age < 30),
            "fra_30": (age >= 30) & (age < 40),
            "fra_40": (age >= 40) & (age < 50),
            "fra_50": age >= 50,
        },
        "forsoergelse": {
            "under_halv": share < 0.5,
            "halv": (share >= 0.5) & (share < 0.9),
            "naesten_hele": share >= 0.9,
        },
        "match": groups | {"ingen": others(groups)},
        "ydelse": start | {"oevrige": others(start)},
    }


def others(named: Mapping[str, Flags]) -> Flags:
    """Who is in none of the named groups."""
    none: Flags = ~np.logical_or.reduce(list(named.values()))
    return none
