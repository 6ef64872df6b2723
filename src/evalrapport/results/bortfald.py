"""Non-response: what registers know of the frame, the sample, and those who were interviewed.

The last column is the interviewed with calibration weights, which restore the frame.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results import survey_intervals
from evalrapport.results.shares import bands, bases, shares, table, write
from evalrapport.step import Job

AGES = {"18_24_aar": 0, "25_29_aar": 25, "30_39_aar": 30, "40_49_aar": 40, "50_og_over": 50}
KNOWN = {"koen": "koen", "alder": "aldersgruppe", "ydelse": "benefit_group"}


def weighted_share(
    values: pd.Series, weights: pd.Series, answers: tuple[str, ...]
) -> dict[str, Any]:
    """A weighted share in per cent with its interval, of those who answered."""
    known = values.notna()
    given = values[known].isin(answers)
    weight = weights[known]
    value = float(weight[given].sum() / weight.sum())
    low, high = survey_intervals.wilson(value, survey_intervals.weighted_base(weight))
    numbers = {"value": 100 * value, "lower": 100 * low, "upper": 100 * high}
    return {**numbers, "n": int(known.sum()), "count": int(given.sum()), "status": "ok"}


def estimate(frame: pd.DataFrame, citizens: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """All cells of the table.

    Args:
        frame: all in the frame: benefit_group, koen, alder, udtrukket.
        citizens: the interviewed: benefit_group, koen, aldersgruppe, weight.
    """
    everyone = frame.assign(aldersgruppe=bands(frame["alder"], AGES).astype(object))
    people = {
        "ramme": everyone,
        "stikproeve": everyone[everyone["udtrukket"] == "ja"],
        "interviewet": citizens,
    }
    cells = []
    for group, variable in KNOWN.items():
        answers = [row.id.split(".", 1)[1] for row in contract.rows if row.group == group]
        own = {column: one[variable] for column, one in people.items()}
        cells.append(shares(own, answers, prefix=f"{group}."))
        weighted = [
            {
                **weighted_share(citizens[variable], citizens["weight"], (answer,)),
                **{"row": f"{group}.{answer}", "column": "vaegtet", "statistic": "andel"},
            }
            for answer in answers
        ]
        cells.append(pd.DataFrame(weighted))
    counted = {column: len(one) for column, one in people.items()} | {"vaegtet": len(citizens)}
    return table([*cells, bases("beregningsgrundlag", counted)], contract)


def step(job: Job) -> None:
    """The frame and the interviewed → the table's estimates."""
    frame, citizens = (pd.read_parquet(job.input[name]) for name in ("frame", "citizens"))
    write(estimate(frame, citizens, from_yaml(job.input["contract"])), job.output["bortfald"])
