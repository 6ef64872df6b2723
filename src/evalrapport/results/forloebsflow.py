"""The flow of rows from the warehouse's records to the people of chapter 3, step by step.

Each step's number is what goes on plus what leaves, so that nothing is lost on the way unseen.
"""

from __future__ import annotations

from datetime import date

import pandas as pd
import pyarrow.parquet as pq

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.shares import table, write
from evalrapport.step import Job


def flow(
    records: int, episodes: pd.DataFrame, recipients: pd.DataFrame, first: date, last: date
) -> dict[str, int]:
    """Row id → number.

    Args:
        records: rows of the typed source.
        episodes: the dataset mentor_episodes: person_id, start_date, parts.
        recipients: in_dream.
        first, last: the window, both days included.
    """
    starts = pd.to_datetime(episodes["start_date"])
    inside = episodes[starts.between(pd.Timestamp(first), pd.Timestamp(last))]
    parts, persons = int(episodes["parts"].sum()), int(inside["person_id"].nunique())
    in_dream = int(recipients["in_dream"].sum())
    return {
        "poster": records,
        "gengangere": records - parts,
        "uden_gengangere": parts,
        "samlet": parts - len(episodes),
        "forloeb": len(episodes),
        "uden_for_perioden": len(episodes) - len(inside),
        "i_perioden": len(inside),
        "senere": len(inside) - persons,
        "personer": persons,
        "ikke_bosat": persons - len(recipients),
        "modtagere": len(recipients),
        "ikke_i_dream": len(recipients) - in_dream,
        "i_dream": in_dream,
    }


def estimate(numbers: dict[str, int], contract: TableContract) -> pd.DataFrame:
    """The table's estimates, from `flow`."""
    common = {"column": "antal", "statistic": "antal", "status": "ok"}
    cells = [
        {**common, "row": row, "value": float(number), "count": number}
        for row, number in numbers.items()
    ]
    empty = dict.fromkeys(("lower", "upper"), float("nan"))
    return table([pd.DataFrame(cells).assign(n=None, text="", **empty)], contract)


def step(job: Job) -> None:
    """Records, joined episodes and recipients → the table's estimates."""
    days = [date.fromisoformat(job.settings["window"][end]) for end in ("first_day", "last_day")]
    records = int(pq.read_metadata(job.input["records"]).num_rows)
    names = ["person_id", "start_date", "parts"]
    episodes = pd.read_parquet(job.input["mentor_episodes"], columns=names)
    recipients = pd.read_parquet(job.input["recipients"], columns=["in_dream"])
    numbers = flow(records, episodes, recipients, days[0], days[1])
    write(estimate(numbers, from_yaml(job.input["contract"])), job.output["forloebsflow"])
