"""How those who start in one year differ from those of another, with intervals.

Shares: Newcombe's hybrid score interval, made of the two Wilson intervals (R. G. Newcombe 1998,
Statistics in Medicine 17, 873-890, method 10). Means: the difference with the standard error of
two independent samples (Welch) and the normal distribution, as groups are large. Everyone is
counted in a register; what an interval means there is explained in `shares.shares`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results import aktiv_indsats, herkomst
from evalrapport.results.history import before_start
from evalrapport.results.shares import Z_95, missing_cell, table, wilson, write
from evalrapport.step import Job

FROM_RECIPIENTS = [
    *("person_id", "start_year", "benefit_group", "benefit_code", "sex", "age", "origin_type"),
    *("origin_country", "education_level", "match_group", "hours_per_week", "duration_days"),
]
SHARES = (
    *("kontanthjaelp", "a_dagpenge", "sygedagpenge", "aktiv", "passiv", "kvinder"),
    *("ikke_vestlig_indvandrer", "uden_uddannelse", "matchgruppe_3", "loenindkomst"),
)


def difference_of_shares(
    before: tuple[int, int], after: tuple[int, int]
) -> tuple[float, float, float]:
    """(difference, lower, upper) of two shares in percentage points, the later minus the earlier.

    Args:
        before, after: count and base, bases above nought.
    """
    (x1, n1), (x2, n2) = before, after
    p1, p2 = x1 / n1, x2 / n2
    (l1, u1), (l2, u2) = wilson(x1, n1), wilson(x2, n2)
    below = float(np.hypot(p2 - l2, u1 - p1))
    above = float(np.hypot(u2 - p2, p1 - l1))
    return 100 * (p2 - p1), 100 * (p2 - p1 - below), 100 * (p2 - p1 + above)


def difference_of_means(before: pd.Series, after: pd.Series) -> tuple[float, float, float]:
    """(difference, lower, upper) of two means, the later minus the earlier; two people in each."""
    value = float(after.mean() - before.mean())
    error = float(np.sqrt(before.var() / len(before) + after.var() / len(after)))
    return value, value - Z_95 * error, value + Z_95 * error


def cell(row: str, column: str, before: pd.Series, after: pd.Series) -> dict[str, Any]:
    """One difference; `count` is the smallest group of people that it could give away."""
    before, after = before.dropna(), after.dropna()
    share = row in SHARES
    groups = [int(part) for s in (before, after) for part in smallest(s, share=share)]
    if min(len(before), len(after)) < 2:
        return missing_cell(row, column, "forskel")
    if share:
        held = [(int(s.sum()), len(s)) for s in (before, after)]
        value, lower, upper = difference_of_shares(held[0], held[1])
    else:
        value, lower, upper = difference_of_means(before, after)
    found = {"value": value, "lower": lower, "upper": upper, "status": "ok"}
    at = {"row": row, "column": column, "statistic": "forskel"}
    # The bases stand in the tables themselves; here they would only have to be protected again.
    return {**at, **found, "n": None, "count": min(groups)}


def smallest(values: pd.Series, *, share: bool) -> Iterator[int]:
    """Those with the trait and those without, if there are any; for a mean: everyone."""
    counts = [int(values.sum()), int((~values.astype(bool)).sum())] if share else [len(values)]
    yield from (count for count in counts if count)


def traits(people: pd.DataFrame, measures: pd.Series, countries: pd.Series) -> pd.DataFrame:
    """start_year and one column per row of the table: bool for shares, numbers for means.

    Args:
        people: `FROM_RECIPIENTS`, weeks_on_support_260, months_employed_48, employed_in_month
            (the last two missing for people not in DREAM).
        measures, countries: from `aktiv_indsats.read_measures`, `herkomst.read_countries`.
    """
    benefit = people["benefit_group"].astype(str)
    kind = people["benefit_code"].map(measures).astype(str).str.split(".").str[0]
    origin = herkomst.rows_of(people, countries)
    found = {name: benefit == name for name in ("kontanthjaelp", "a_dagpenge", "sygedagpenge")}
    found |= {name: kind == name for name in ("aktiv", "passiv")}
    found |= {
        "kvinder": people["sex"] == 2,
        "ikke_vestlig_indvandrer": (origin == "indvandrere_ikke_vestlige_lande").mask(
            origin.isna()
        ),
        "uden_uddannelse": people["education_level"].isin(["grundskole", "uoplyst"]),
        "matchgruppe_3": people["match_group"] == 3,
        "loenindkomst": people["employed_in_month"],
        "alder": people["age"],
        "aar_paa_forsoergelse": people["weeks_on_support_260"] / 52,
        "maaneder_i_beskaeftigelse": people["months_employed_48"],
        # As in tables 3.11 and 3.12, of episodes with hours above nought.
        "timer": people["hours_per_week"].where(people["hours_per_week"] > 0),
        "varighed": people["duration_days"],
    }
    return pd.DataFrame({"start_year": people["start_year"], **found})


def estimate(found: pd.DataFrame, contract: TableContract) -> pd.DataFrame:
    """The table's estimates, from `traits`; columns are `fra_<year>_til_<year>`."""
    cells = []
    for column in contract.columns:
        _, first, _, last = column.id.split("_")
        years = [found[found["start_year"] == int(year)] for year in (first, last)]
        cells += [cell(row.id, column.id, *(y[row.id] for y in years)) for row in contract.rows]
    return table([pd.DataFrame(cells)], contract)


def read_people(recipients: Path, benefits: Path, months: Path) -> pd.DataFrame:
    """Recipients with their history; months are missing for those not in DREAM."""
    people = pd.read_parquet(recipients, columns=FROM_RECIPIENTS)
    weeks = pd.read_parquet(benefits, columns=["person_id", "before", "weeks_on_support_260"])
    people = before_start(people, weeks)
    own = pd.read_parquet(months)
    own = own[own["before"] == "start"].drop(columns="before")
    return people.merge(own, on="person_id", how="left", validate="one_to_one")


def step(job: Job) -> None:
    """Recipients and their history → the table's estimates."""
    names = ("recipients", "benefit_history", "employment_months")
    people = read_people(*(job.input[name] for name in names))
    measures = aktiv_indsats.read_measures(job.input["benefit_codes"])
    countries = herkomst.read_countries(job.input["origin_countries"])
    found = estimate(traits(people, measures, countries), from_yaml(job.input["contract"]))
    write(found, job.output["aendringer"])
