"""Table 5.1 of SFI 15:10: the treated and their matched controls, on what chapter 3 describes.

A control counts as often as it is used, a tied one with its share (note 1); so the base of the
controls equals that of the treated, though fewer people stand behind it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.shares import bases, table, write
from evalrapport.step import Job

# The table's rows and the covariates that they show.
ROWS = {
    "selvforsoergelse": "self_support_week_before",
    "kontanthjaelp": "kontanthjaelp_quarter",
    "sygedagpenge": "sygedagpenge_quarter",
    "alder": "age",
    "maend": "man",
    "indvandrere": "immigrant",
    "efterkommere": "descendant",
    "grundskole": "education_basic",
    "gymnasial": "education_upper_secondary",
    "erhvervsfaglig": "education_vocational",
    "matchgruppe_2": "match_2",
    "matchgruppe_3": "match_3",
}
BASE = "beregningsgrundlag"


def groups(covariates: pd.DataFrame, pairs: pd.DataFrame) -> dict[str, tuple[pd.DataFrame, Any]]:
    """Per column of the table: the people behind it (one row each) and their weights."""
    by_id = covariates.set_index("person_id")
    treated = pairs.groupby("person_id")["weight"].sum()
    controls = pairs.groupby("control_id")["weight"].sum()
    return {
        "indsatsgruppe": (by_id.loc[treated.index], np.rint(treated.to_numpy())),
        "kontrolgruppe": (by_id.loc[controls.index], controls.to_numpy()),
    }


def cell(
    row: str, column: str, statistic: str, values: pd.Series, weights: Any, n: int
) -> dict[str, Any]:
    """A weighted mean, or share in per cent.

    `count` is the different people behind a share, but never more than they weigh: a group of tied
    controls, each with a small weight, stands for few, and must not hide that the rest are fewer.
    Means carry no interval: the table describes these two groups, it does not infer from them.
    """
    share = statistic == "andel"
    mean = float(np.average(values.to_numpy(dtype=np.float64), weights=weights))
    return {
        **{"row": row, "column": column, "statistic": statistic, "text": "", "status": "ok"},
        **{"value": 100 * mean if share else mean, "n": n, "lower": np.nan, "upper": np.nan},
        "count": min(int((values > 0).sum()), round(mean * n)) if share else n,
    }


def estimate(
    covariates: pd.DataFrame, pairs: pd.DataFrame, contract: TableContract
) -> pd.DataFrame:
    """The table's estimates.

    Args:
        covariates: person_id and the columns of `ROWS`.
        pairs: person_id, control_id, weight.
    """
    people = groups(covariates, pairs)
    matched = int(pairs["person_id"].nunique())
    cells = [
        cell(row, column, contract.row(row).statistic, of[name], weights, matched)
        for row, name in ROWS.items()
        for column, (of, weights) in people.items()
    ]
    base = bases(BASE, dict.fromkeys(people, matched))
    return table([pd.DataFrame(cells), base], contract)


def step(job: Job) -> None:
    """Covariates and matched pairs → the table's estimates."""
    names = ["person_id", *ROWS.values()]
    covariates = pd.read_parquet(job.input["effect_covariates"], columns=names)
    pairs = pd.read_parquet(job.input["propensity_match"])
    write(estimate(covariates, pairs, from_yaml(job.input["contract"])), job.output["balance"])
