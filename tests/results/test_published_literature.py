"""The public tables in the published bundle are those that the code makes from data/."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalrapport.results import public_tables

ROOT = Path(__file__).parents[2]
MADE = public_tables.files(ROOT)


@pytest.mark.parametrize("name", sorted(MADE))
def test_carried_tables_equal_the_computed(name: str) -> None:
    carried = (ROOT / "data/published/evaluering" / name).read_text(encoding="utf-8")
    advice = "run `python -m evalrapport.results.public_tables` to carry it over"
    assert carried == MADE[name], f"{name} differs from what data/ gives; {advice}"
