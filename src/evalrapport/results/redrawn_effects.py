"""The matched effects with the spread between draws of the pseudo start dates in their variance.

The effect shown is that of the first draw, as in the report, which had one. To its variance comes
(1 + 1/R) B, with B the covariance of the effects over the first draw and its R redraws: the
between-part of Rubin's rule (Rubin 1987, Multiple Imputation for Nonresponse in Surveys).

# ASSUME: a redraw also changes which of many near controls is taken, a noise that the variance
within a draw already holds. So the sum errs on the wide side.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from evalrapport.results.matching.design import Floats
from evalrapport.step import Job


def between(draws: Floats) -> Floats:
    """(1 + 1/R) times the covariance over draws.

    Args:
        draws: effects, (R + 1 draws × outcomes), the first draw first.

    Returns:
        (outcomes × outcomes); zero if there is no redraw.
    """
    redraws = len(draws) - 1
    if redraws == 0:
        return np.zeros((draws.shape[1],) * 2)
    spread: Floats = np.cov(draws, rowvar=False).reshape((draws.shape[1],) * 2)
    return (1.0 + 1.0 / redraws) * spread


def redrawn(matched: pd.DataFrame, redraws: list[pd.DataFrame]) -> pd.DataFrame:
    """The matched effects with wider covariances, and columns redraws and between.

    Args:
        matched: as `matched_effects` writes it. redraws: name and effect, one frame per redraw.
    """
    out = []
    for outcome, rows in matched.groupby("outcome", sort=False):
        names = [f"{outcome}_{month:02d}" for month in rows["month"]]
        others = [frame.set_index("name").loc[names, "effect"].to_numpy() for frame in redraws]
        extra = between(np.stack([rows["effect"].to_numpy(), *others]))
        wider: dict[str, Any] = {"redraws": len(redraws), "between": list(extra)}
        for name in ("covariance", "covariance_2006"):
            wider[name] = list(np.stack(rows[name].to_list()) + extra)
        out.append(rows.assign(within=rows["covariance"], **wider))
    return pd.concat(out, ignore_index=True)


def read(paths: dict[str, Path]) -> list[pd.DataFrame]:
    """The redraws among a job's inputs, in the order of their numbers."""
    names = sorted((name for name in paths if name.startswith("redraw_")), key=len)
    return [pd.read_parquet(paths[name]) for name in names]


def step(job: Job) -> None:
    """Matched effects and those of the redraws → effects with their full uncertainty."""
    matched = pd.read_parquet(job.input["matched_effects"])
    redrawn(matched, read(job.input)).to_parquet(job.output["redrawn_effects"], index=False)
