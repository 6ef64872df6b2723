"""The full balance table: every covariate before and after the match (also the love plot's data).

Rows are the declared covariates, so a new covariate is a new row. Those that were merged into
another or dropped from the model are held to the same standard, as the treated may differ on them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalrapport.contracts.covariates import COVARIATES, SECTIONS, Covariate
from evalrapport.contracts.result_table import Row, RowGroup, TableContract, from_dict, from_yaml
from evalrapport.results.matching.balance import Balance, balance
from evalrapport.results.open_rows import write_contract
from evalrapport.results.shares import table, write
from evalrapport.step import Job

# The benefits of the week before the start divide everybody, though their names begin differently.
AT_START = "_week_before"
COLUMNS = {
    "indsatsgruppe": "gennemsnit",
    "pulje": "gennemsnit",
    "kontrolgruppe": "gennemsnit",
    "forskel_foer": "forskel",
    "forskel_efter": "forskel",
    "varians_foer": "spredning",
    "varians_efter": "spredning",
}


def weights(covariates: pd.DataFrame, pairs: pd.DataFrame) -> tuple[NDArray[np.bool_], Any]:
    """Who is treated and matched, and everybody's weight after the match."""
    treated = covariates["person_id"].isin(pairs["person_id"]).to_numpy()
    use = pairs.groupby("control_id")["weight"].sum()
    weight = covariates["person_id"].map(use).fillna(0.0).to_numpy()
    return treated, np.where(treated, 1.0, weight)


def fewest(values: NDArray[Any], treated: NDArray[np.bool_], used: NDArray[np.bool_]) -> int:
    """People behind the smallest number that a row tells of: with a trait or without it.

    Counted among the treated and the controls used, by different people; for what is no trait but a
    number, the smaller group. Nobody with the trait (or without it) is no one to protect.
    """
    groups = (values[treated], values[used & ~treated])
    if values.max(initial=0) > 1 or values.min(initial=0) < 0:
        return min(map(len, groups))
    counts = [int((group == trait).sum()) for group in groups for trait in (0, 1)]
    return min([count for count in counts if count], default=0)


def cells(
    found: Balance,
    names: Sequence[str],
    counts: Sequence[int],
    n: int,
    varies: NDArray[np.bool_],
) -> pd.DataFrame:
    """All cells; the differences in per cent of a standard deviation of the treated.

    A covariate that is the same for everybody has nothing to compare: its register was not chosen,
    or nobody has the trait. A mean of nought would look like a finding.
    """
    values = {
        "indsatsgruppe": found.treated,
        "pulje": found.pool,
        "kontrolgruppe": found.controls,
        "forskel_foer": 100 * found.difference_before,
        "forskel_efter": 100 * found.difference_after,
        "varians_foer": found.ratio_before,
        "varians_efter": found.ratio_after,
    }
    parts = []
    for column, statistic in COLUMNS.items():
        part = pd.DataFrame({"row": list(names), "value": values[column], "count": list(counts)})
        exists = np.isfinite(part["value"]) & varies
        part = part.assign(column=column, statistic=statistic, text="", n=n)
        part["status"] = np.where(exists, "ok", "not_applicable")
        part.loc[~exists, "value"] = np.nan
        parts.append(part.assign(lower=np.nan, upper=np.nan))
    return pd.concat(parts, ignore_index=True)


def protected(counts: Sequence[int], covariates: Sequence[Covariate], threshold: int) -> list[int]:
    """Counts such that no row alone is hidden among those that divide the same people.

    Bands of age, levels of education and their like nearly add up to everybody, so one hidden row
    could be worked out from the others; the next smallest is then hidden with it.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for at, covariate in enumerate(covariates):
        if covariate.kind == "flag":
            before = covariate.name.endswith(AT_START)
            groups[AT_START if before else covariate.name.split("_")[0]].append(at)
    out = list(counts)
    for members in groups.values():
        small = [at for at in members if counts[at] < threshold]
        rest = [at for at in members if at not in small]
        if len(small) == 1 and rest:
            out[min(rest, key=lambda at: counts[at])] = counts[small[0]]
    return out


def estimate(
    frame: pd.DataFrame, pairs: pd.DataFrame, contract: TableContract, threshold: int
) -> pd.DataFrame:
    """The table's estimates; `frame` holds person_id and all covariates."""
    treated, weight = weights(frame, pairs)
    columns = [frame[covariate.name].to_numpy() for covariate in COVARIATES]
    found = balance(columns, treated, weight)
    counts = [fewest(values, treated, weight > 0) for values in columns]
    names = [covariate.name for covariate in COVARIATES]
    hidden = protected(counts, COVARIATES, threshold)
    varies = np.array([values.min() < values.max() for values in columns])
    return table([cells(found, names, hidden, int(treated.sum()), varies)], contract)


def read_contract(path: Path) -> TableContract:
    """The contract with a row per declared covariate."""
    rows = tuple(Row(c.name, c.label, "gennemsnit", group=c.heading) for c in COVARIATES)
    groups = tuple(RowGroup(section.id, section.label) for section in SECTIONS)
    whole = replace(from_yaml(path), rows=rows, row_groups=groups)
    return from_dict(whole.to_dict(), whole.id)


def step(job: Job) -> None:
    """Covariates and matched pairs → the table's estimates, and its contract with its rows."""
    contract = read_contract(job.input["contract"])
    frame = pd.read_parquet(job.input["effect_covariates"])
    pairs = pd.read_parquet(job.input["propensity_match"])
    threshold = int(job.settings["disclosure"]["register"])
    write(estimate(frame, pairs, contract, threshold), job.output["balance_alle"])
    write_contract(contract, job.output["contract"])
