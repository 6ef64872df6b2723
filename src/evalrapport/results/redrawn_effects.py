"""The matched effects with what other draws of the pseudo start dates would have given.

The effect shown is that of the first draw, as in the report, which had one. Its variance already
holds the spread between draws: a control's date is drawn for each person by itself, so (history,
outcome) as counted from it is one draw from the mixture over people *and* dates, and the variance
of matching is that of such draws. In words of the law of total variance: V = A + B, with B the
variance over dates for given people and A that of the mean over dates. Adding B once more (as by
Rubin's rule, where V would know nothing of B) counts it twice and makes intervals some 1.4 times
too wide; `docs/coverage.md` shows both.

So the spread is used the other way: the mean over M draws has the variance A + B / M, that is
V - (1 - 1/M) B, and stands in the table of other ways to estimate the effect.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from evalrapport.results.matching.design import Floats
from evalrapport.step import Job

# The estimate of B from few draws may be larger than V; a mean over draws is never taken to be
# surer than this share of one draw's variance.
LEAST_SHARE = 0.2


def spread(draws: Floats) -> Floats:
    """B: the covariance of the effects over draws of the dates, for the same people.

    Args:
        draws: effects, (draws × outcomes), the first draw first.

    Returns:
        (outcomes × outcomes); zero if there is one draw only.
    """
    outcomes = draws.shape[1]
    if len(draws) == 1:
        return np.zeros((outcomes, outcomes))
    found: Floats = np.cov(draws, rowvar=False).reshape(outcomes, outcomes)
    return found


def averaged(draws: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """The mean effect over draws and its covariance matrix, V - (1 - 1/M) B.

    Args:
        draws: effects, (M draws × outcomes). variance: V, of one draw.

    # ASSUME: from few draws B is little known, and V - (1 - 1/M) B might not be a variance at all.
    # So B is scaled down by what its estimate costs, (M - 1) / (M + 1), as an F ratio would be, and
    # no direction keeps less than LEAST_SHARE of V.
    """
    many = len(draws)
    weight = (1.0 - 1.0 / many) * (many - 1) / (many + 1)
    values, vectors = np.linalg.eigh((variance + variance.T) / 2)
    kept = values > 1e-12 * max(float(values.max(initial=0.0)), 1e-300)
    root = vectors[:, kept] * np.sqrt(values[kept])
    inverse = vectors[:, kept] / np.sqrt(values[kept])
    shares, turned = np.linalg.eigh(inverse.T @ (weight * spread(draws)) @ inverse)
    left = turned * np.clip(1.0 - shares, LEAST_SHARE, 1.0) @ turned.T
    return draws.mean(axis=0), root @ left @ root.T


def redrawn(matched: pd.DataFrame, redraws: list[pd.DataFrame]) -> pd.DataFrame:
    """The matched effects with columns redraws, between (B), mean and mean_covariance.

    Args:
        matched: as `matched_effects` writes it. redraws: name and effect, one frame per redraw.
    """
    out = []
    for outcome, rows in matched.groupby("outcome", sort=False):
        names = [f"{outcome}_{month:02d}" for month in rows["month"]]
        others = [frame.set_index("name").loc[names, "effect"].to_numpy() for frame in redraws]
        draws = np.stack([rows["effect"].to_numpy(), *others])
        mean, variance = averaged(draws, np.stack(rows["covariance"].to_list()))
        told: dict[str, Any] = {"redraws": len(redraws), "between": list(spread(draws))}
        out.append(rows.assign(**told, mean=mean, mean_covariance=list(variance)))
    return pd.concat(out, ignore_index=True)


def read(paths: dict[str, Path]) -> list[pd.DataFrame]:
    """The redraws among a job's inputs, in the order of their numbers."""
    names = sorted((name for name in paths if name.startswith("redraw_")), key=len)
    return [pd.read_parquet(paths[name]) for name in names]


def step(job: Job) -> None:
    """Matched effects and those of the redraws → effects with their full uncertainty."""
    matched = pd.read_parquet(job.input["matched_effects"])
    redrawn(matched, read(job.input)).to_parquet(job.output["redrawn_effects"], index=False)
