"""The contracts of the tables that are computed, by id."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import evalrapport.contracts as contracts
from evalrapport.contracts.result_table import TableContract, from_yaml

TABLES = Path(contracts.__file__).parent / "tables"


@pytest.fixture
def contract_path() -> Callable[[str], Path]:
    """The file of a table's contract."""
    return lambda name: TABLES / f"{name}.yaml"


@pytest.fixture
def contract(contract_path: Callable[[str], Path]) -> Callable[[str], TableContract]:
    """Read a table's contract."""
    return lambda name: from_yaml(contract_path(name))


@pytest.fixture
def cell() -> Callable[..., pd.Series]:
    """One cell of an estimate frame, by row, column and statistic."""

    def find(estimates: pd.DataFrame, row: str, column: str, statistic: str = "andel") -> pd.Series:
        keyed = estimates.set_index(["row", "column", "statistic"])
        assert keyed.index.is_unique
        return keyed.loc[(row, column, statistic)]

    return find
