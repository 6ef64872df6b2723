"""A tiny released table for the tests of exhibits."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny import CELLS, CONTRACT, write_released

from evalrapport.exhibits.released import Released, read_released


@pytest.fixture
def paths(tmp_path: Path) -> tuple[Path, Path]:
    """The released files of the tiny table."""
    return write_released(tmp_path, CONTRACT, CELLS)


@pytest.fixture
def table(paths: tuple[Path, Path]) -> Released:
    """The tiny table."""
    return read_released(*paths)
