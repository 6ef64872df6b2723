"""The matched groups compared where a mentor can have changed nothing (placebo).

Were they to differ there, they would differ in something that the matching missed (Imbens & Xu
2024). The months before the start are not matched on one by one; the partner's work not at all.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalrapport.contracts.datasets.placebo_outcomes import BEFORE, PARTNER
from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.beskaeftigelse_uden_ydelse import OUTCOME
from evalrapport.results.effect_curve import BAND_SEED, Curve, curve
from evalrapport.results.matched_effects import effects_of, read
from evalrapport.results.matching.design import Floats
from evalrapport.results.matching.effects import interval, sup_t
from evalrapport.results.shares import table, write
from evalrapport.step import Job


def cells(found: Curve, covariance: Floats, rows: list[str], column: str) -> pd.DataFrame:
    """The difference by month: pointwise, and as a band over these months at once."""
    factor = sup_t(covariance, BAND_SEED)
    parts = []
    for name, more in ((column, ()), (f"{column}_samlet", (factor,))):
        lower, upper = interval(found.effect, covariance, *more)
        parts.append(
            pd.DataFrame(
                {
                    **{"row": rows, "column": name, "statistic": "forskel"},
                    **{"value": 100 * found.effect, "lower": 100 * lower, "upper": 100 * upper},
                    **{"text": "", "n": found.n, "status": "ok", "count": found.fewest},
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def estimate(
    placebo: pd.DataFrame, matched_effects: pd.DataFrame, contract: TableContract
) -> pd.DataFrame:
    """The table's estimates.

    Args:
        placebo: effects on the placebo outcomes. matched_effects: those of the report.
    """
    before, partner = curve(placebo, BEFORE), curve(placebo, PARTNER)
    own = curve(matched_effects, OUTCOME)
    after = [f"maaned_{month}" for month in own.rows["month"]]
    # ASSUME: for the placebo the variance that takes the score as known (2006) is used: the months
    # before the start are nearly told by the covariates, where that of 2016 is too small to trust.
    earlier = [f"foer_{month}" for month in before.rows["month"]]
    parts = [
        cells(before, before.covariance_2006, earlier, "forskel"),
        cells(own, own.covariance, after, "forskel"),
        cells(partner, partner.covariance_2006, after, "partner"),
    ]
    return table(parts, contract)


def step(job: Job) -> None:
    """The analysis, placebo outcomes and the report's effects → the table's estimates."""
    told = effects_of(read(job, "placebo_outcomes")).to_pandas()
    told = told.assign(redraws=0, between=[np.zeros(1)] * len(told))
    own = pd.read_parquet(job.input["redrawn_effects"])
    write(estimate(told, own, from_yaml(job.input["contract"])), job.output["placebo"])
