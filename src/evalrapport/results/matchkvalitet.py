"""How good the match is: what a reader needs to judge figure 5.1, and the report left out."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd

from evalrapport.contracts.covariates import COVARIATES
from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.beskaeftigelse_uden_ydelse import OUTCOME
from evalrapport.results.effect_curve import BAND_SEED, Curve, curve
from evalrapport.results.matching.balance import balance
from evalrapport.results.matching.effects import accumulated, sup_t
from evalrapport.results.shares import table, write
from evalrapport.step import Job

# Facts about few people; the others are about the match as a whole, with all treated behind them.
COUNTED = ("pulje", "kontrolpersoner", "uden_for_stoette")


def largest_imbalance(covariates: pd.DataFrame, pairs: pd.DataFrame) -> float:
    """The largest standardised mean difference after matching, in per cent of a deviation.

    Over all declared covariates, those that were merged or dropped too; the deviation is that of
    the treated.
    """
    columns = [covariates[covariate.name].to_numpy() for covariate in COVARIATES]
    treated = covariates["person_id"].isin(pairs["person_id"])
    use = pairs.groupby("control_id")["weight"].sum()
    weight = covariates["person_id"].map(use).fillna(0.0).mask(treated, 1.0)
    found = balance(columns, treated.to_numpy(), weight.to_numpy())
    return float(100 * np.nanmax(np.abs(found.difference_after)))


def last_error(variance: Any) -> float:
    """The standard error of the difference accumulated over all months."""
    return float(np.sqrt(accumulated(np.zeros(len(variance)), variance)[1][-1, -1]))


def facts(about: dict[str, Any], found: Curve, imbalance: float) -> dict[str, float]:
    """Row id → value."""
    columns = about["columns"]
    return {
        "behandlede": about["treated"],
        "pulje": about["pool"],
        "kontrolpersoner": about["distinct_controls"],
        "effektivt_antal": about["effective_controls"],
        "stoerste_genbrug": about["largest_reuse"],
        "uden_for_stoette": about["off_support"],
        "median_afstand": 100 * about["median_gap"],
        "pseudo_r2": 100 * about["pseudo_r2"],
        "kolonner": len(columns["kept"]),
        "sammenlagte": sum(len(parts) for parts in columns["merged"].values()),
        "udeladte": len(columns["dropped"]),
        "stoerste_ubalance": imbalance,
        "standardfejl_2016": last_error(found.covariance),
        "standardfejl_2006": last_error(found.covariance_2006),
        "standardfejl_uafhaengig": last_error(np.diag(np.diag(found.covariance))),
        "omtraekninger": found.redraws,
        "spredning_omtraekning": last_error(found.between),
        "faktor_hele_kurven": sup_t(found.covariance, BAND_SEED),
    }


def words(about: dict[str, Any], found: Curve) -> dict[str, str]:
    """Row id → text."""
    formula = "Estimeret sandsynlighed"
    if not found.rows["uses_2016"].all():
        formula = "Kendt sandsynlighed"
    return {"variansformel": formula, "matchet_saet": f"SHA-256 {about['matched_set'][:12]}"}


def estimate(
    values: dict[str, float], texts: dict[str, str], contract: TableContract
) -> pd.DataFrame:
    """The table's estimates."""
    treated = int(values["behandlede"])
    cells = [
        {
            **{"row": row, "column": "i_alt", "statistic": contract.row(row).statistic},
            **{"value": float(value), "n": treated, "lower": np.nan, "upper": np.nan},
            **{"text": "", "status": "ok", "count": int(value) if row in COUNTED else treated},
        }
        for row, value in values.items()
    ]
    empty = {"value": np.nan, "n": treated, "lower": np.nan, "upper": np.nan, "status": "ok"}
    cells += [
        {"row": row, "column": "i_alt", "statistic": "tekst", "text": text, **empty}
        | {"count": treated}
        for row, text in texts.items()
    ]
    return table([pd.DataFrame(cells)], contract)


def step(job: Job) -> None:
    """The fit, the pairs, the covariates and the effects → the table's estimates."""
    about = json.loads(job.input["propensity_fit"].read_text(encoding="utf-8"))
    found = curve(pd.read_parquet(job.input["matched_effects"]), OUTCOME)
    covariates = pd.read_parquet(job.input["effect_covariates"])
    imbalance = largest_imbalance(covariates, pd.read_parquet(job.input["propensity_match"]))
    values, texts = facts(about, found, imbalance), words(about, found)
    estimates = estimate(values, texts, from_yaml(job.input["contract"]))
    write(estimates, job.output["matchkvalitet"])
