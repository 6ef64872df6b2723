"""Who is in which column of chapter 3's tables."""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import TableContract
from evalrapport.errors import PlainError

ALL = "alle"
# Column id → the bool column of comparison_groups that says who belongs to it.
GROUPS = {
    "befolkningen": "population",
    "offentligt_forsoergede": "publicly_supported",
    "kontanthjaelpsmodtagere": "kontanthjaelp",
}


def by_column(
    contract: TableContract, recipients: pd.DataFrame, comparison: pd.DataFrame | None = None
) -> dict[str, pd.DataFrame]:
    """The people that each column describes, by column id, in the contract's order.

    A column whose id is a year holds that start year's recipients, `alle` all of them; the others
    are groups of the population.

    Args:
        recipients: with start_year.
        comparison: with one bool column per group that the contract has a column for.

    Raises:
        PlainError: the contract has a column that is none of these.
    """
    people = {}
    for column in (column.id for column in contract.columns):
        if column == ALL:
            people[column] = recipients
        elif column.isdigit():
            people[column] = recipients[recipients["start_year"] == int(column)]
        elif column in GROUPS and comparison is not None:
            people[column] = comparison[comparison[GROUPS[column]]]
        else:
            raise PlainError(
                f"The contract of table {contract.id} has a column “{column}”; a column must be "
                f"a start year, {ALL}, or one of {', '.join(GROUPS)}."
            )
    return people


def values(people: dict[str, pd.DataFrame], name: str) -> dict[str, pd.Series]:
    """One variable of the people of each column."""
    return {column: frame[name] for column, frame in people.items()}
