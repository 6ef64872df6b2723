"""Every claim of every report can turn out true, and can turn out false: none is empty talk."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from evalrapport.report import claims, prose

REPORT = Path(__file__).parents[2] / "report"
CLAIMS = {
    f"{path.parent.name}/{path.name}:{claim.line}": claim
    for path in sorted(REPORT.glob("*/*.qmd"))
    for claim in prose.claims(path.read_text(encoding="utf-8"), path.name)
}
TRIES = 10_000
SPREADS = (0.2, 2.0, 10.0)


def drawn(condition: claims.Condition, rng: random.Random) -> dict[str, dict[str, object]]:
    """Cells with values that reports have: shares, counts, differences, with intervals."""
    base = rng.choice((1.0, 10.0, 100.0, 200.0))
    cells: dict[str, dict[str, object]] = {}
    for address in condition.addresses:
        difference = address.endswith((" forskel", " akkumuleret"))
        value = rng.choice((0.0, 1.0, rng.random() * base, rng.random() * base))
        value *= rng.choice((-1.0, 1.0)) if difference else 1.0
        half = rng.choice(SPREADS) * base / 100
        ends = {"lower": value - half, "upper": value + half}
        cells[address] = {"status": "ok", "value": value, **ends}
    return cells


@pytest.mark.parametrize("place", CLAIMS)
def test_a_claim_can_hold_and_can_fail(place: str) -> None:
    condition = claims.read(CLAIMS[place].condition)
    rng = random.Random(place)
    seen: set[str] = set()
    for _ in range(TRIES):
        seen.add(claims.evaluate(condition, drawn(condition, rng)))
        if {"sand", "falsk"} <= seen:
            return
    assert {"sand", "falsk"} <= seen, CLAIMS[place].condition


@pytest.mark.parametrize("place", CLAIMS)
def test_a_claim_without_one_of_its_numbers_is_left_open(place: str) -> None:
    condition = claims.read(CLAIMS[place].condition)
    cells = drawn(condition, random.Random(1))
    for address in condition.addresses:
        hidden = {**cells, address: {"status": "suppressed", "value": ""}}
        assert claims.evaluate(condition, hidden) == "kan_ikke_afgoeres"
