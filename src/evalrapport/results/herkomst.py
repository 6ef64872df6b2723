"""Table 3.5 of SFI 15:10: recipients by origin.

Danes, immigrants and descendants as Statistics Denmark tells them apart (BEF's IE_TYPE); western
countries are those that the code list marks by the country of origin. Intervals: `shares.shares`.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.divided import divided, read
from evalrapport.results.shares import write
from evalrapport.step import Job

DANISH = 1
NOT_DANISH = {2: "indvandrere", 3: "efterkommere"}
# ASSUME: an immigrant or descendant whose country of origin is unknown is counted as non-western,
# as most unknown countries are states that no longer exist; Danish territory counts as western.
GROUPS = {
    "vestlig": "vestlige_lande",
    "dansk": "vestlige_lande",
    "ikke-vestlig": "ikke_vestlige_lande",
    "uoplyst": "ikke_vestlige_lande",
}


def read_countries(path: Path) -> pd.Series:
    """Country code → second half of the row id, from the code list."""
    groups: pd.Series = pd.read_csv(path).set_index("code")["origin_group"]
    return groups.map(GROUPS)


def rows_of(people: pd.DataFrame, countries: pd.Series) -> pd.Series:
    """Each person's row id; missing where BEF does not know the type of origin."""
    country = people["origin_country"].map(countries).fillna(GROUPS["uoplyst"])
    row = people["origin_type"].map(NOT_DANISH) + "_" + country
    return row.mask(people["origin_type"] == DANISH, "danskere")


def estimate(
    recipients: pd.DataFrame,
    comparison: pd.DataFrame,
    countries: pd.Series,
    contract: TableContract,
) -> pd.DataFrame:
    """The table's estimates, from start_year or membership, origin_type and origin_country."""
    recipients = recipients.assign(origin=rows_of(recipients, countries))
    comparison = comparison.assign(origin=rows_of(comparison, countries))
    return divided(recipients, comparison, "origin", None, contract)


def step(job: Job) -> None:
    """Recipients, comparison groups and list of countries → the table's estimates."""
    people = read(job, ["origin_type", "origin_country"])
    countries = read_countries(job.input["origin_countries"])
    found = estimate(*people, countries, from_yaml(job.input["contract"]))
    write(found, job.output["herkomst"])
