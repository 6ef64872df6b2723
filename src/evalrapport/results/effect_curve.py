"""From the matched effects of one outcome to the cells of a figure's table.

Shared by the figures of chapter 5 and bilag 1; each of them is one outcome and one contract.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalrapport.results.matching.design import Floats
from evalrapport.results.matching.effects import accumulated, interval, sup_t

# The draws of the simultaneous band: any fixed number does, it only makes two runs alike.
BAND_SEED = 51


@dataclass(frozen=True)
class Curve:
    """An outcome's rows of matched_effects, by month, and the covariance of the effects.

    `between` is the part of it that comes from the draw of the pseudo start dates.
    """

    rows: pd.DataFrame
    covariance: Floats
    covariance_2006: Floats
    between: Floats

    @property
    def effect(self) -> Floats:
        """The difference in each month, as a share."""
        return self.rows["effect"].to_numpy()

    @property
    def redraws(self) -> int:
        """How often the pseudo start dates were drawn again."""
        return int(self.rows["redraws"].iloc[0])

    @property
    def fewest(self) -> pd.Series:
        """People behind the smaller of the two groups' shares, by month."""
        return self.rows[["treated_count", "controls_count"]].min(axis=1)

    @property
    def n(self) -> int:
        """The matched treated."""
        return int(self.rows["n"].iloc[0])


def curve(matched_effects: pd.DataFrame, outcome: str) -> Curve:
    """The months of one outcome, in order."""
    rows = matched_effects[matched_effects["outcome"] == outcome].sort_values("month")
    matrices = [
        np.array(rows[name].tolist()) for name in ("covariance", "covariance_2006", "between")
    ]
    return Curve(rows.reset_index(drop=True), *matrices)


def monthly_cells(found: Curve) -> pd.DataFrame:
    """Shares of both groups and their difference, pointwise and as a band over the whole curve.

    The shares are in per cent, the difference in percentage points. The groups' own shares carry no
    interval: what is uncertain is the difference.
    """
    factor = sup_t(found.covariance, BAND_SEED)
    point, band = (interval(found.effect, found.covariance, *f) for f in ((), (factor,)))
    month = [f"maaned_{number}" for number in found.rows["month"]]
    parts = [
        cells(
            month, column, "andel", found.rows[own].to_numpy(), found.n, found.rows[f"{own}_count"]
        )
        for column, own in (("indsatsgruppe", "treated"), ("kontrolgruppe", "controls"))
    ]
    for column, (lower, upper) in (("forskel", point), ("forskel_samlet", band)):
        part = cells(month, column, "forskel", found.effect, found.n, found.fewest)
        parts.append(part.assign(lower=100 * lower, upper=100 * upper))
    return pd.concat(parts, ignore_index=True)


def cells(
    rows: list[str], column: str, statistic: str, share: Floats, n: int, count: object
) -> pd.DataFrame:
    """One column of cells in per cent, without interval."""
    at = {"row": rows, "column": column, "statistic": statistic, "value": 100 * share}
    return pd.DataFrame(
        {**at, "text": "", "n": n, "lower": np.nan, "upper": np.nan, "status": "ok", "count": count}
    )


def accumulated_cells(found: Curve) -> pd.DataFrame:
    """The accumulated difference in months, with intervals from the full covariance.

    `count` is the fewest people behind a month so far, of either group: from two sums one apart a
    month's difference can be worked out, so a sum is no safer than its weakest month.
    """
    value, variance = accumulated(found.effect, found.covariance)
    lower, upper = interval(value, variance)
    month = [f"maaned_{number}" for number in found.rows["month"]]
    part = cells(month, "effekt", "akkumuleret", value, found.n, found.fewest.cummin())
    return part.assign(value=value, lower=lower, upper=upper)
