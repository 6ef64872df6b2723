"""The figure of practices: counts as dots, nothing to follow a place by."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalrapport.contracts.result_table import from_dict
from evalrapport.exhibits.figure_contract import Figure
from evalrapport.exhibits.figures import practices
from evalrapport.exhibits.released import Cell, Released
from evalrapport.exhibits.theme import read_look

PALETTE = Path(__file__).parents[2] / "report/_extensions/evalrapport/palette.json"
FIGURE = Figure("f", "t", "praksis", "interview", "t", "{forhold}", series=[{"column": "antal"}])


@pytest.fixture
def released() -> Released:
    rows = [
        {"id": f"g.{i}", "label": i, "statistic": "antal", "unit": "jobcentre", "group": "g"}
        for i in ("mange", "skjult", "ukendt")
    ]
    contract = from_dict(
        {
            **{"id": "t", "published_as": "", "disclosure_class": "interview", "row_header": ""},
            **{"columns": [{"id": "antal", "label": "Antal"}], "rules": "", "population": ""},
            **{"row_groups": [{"id": "g", "label": "G"}], "rows": rows},
        }
    )
    cells = (
        Cell("g.mange", "antal", "antal", "4", unit="jobcentre", n="18"),
        Cell("g.skjult", "antal", "antal", unit="jobcentre", status="suppressed"),
        Cell("g.ukendt", "antal", "antal", unit="jobcentre", status="not_published"),
    )
    return Released("t", "s", contract, "stand_in", cells)


def test_a_count_is_told_of_all_and_a_hidden_one_is_not(released: Released) -> None:
    found = practices.practices(FIGURE, released)
    assert [one["ord"] for one in found] == ["4 af 18", "ikke vist"]
    assert practices.named(FIGURE, released) == {"forhold": "mange: 4 af 18"}


def test_the_dots_are_filled_from_the_left_whoever_they_are(released: Released) -> None:
    look = read_look(PALETTE)
    own = practices.practices(FIGURE, released)
    spec = practices.rows_of_dots(own, "G", 18, look).to_dict()
    (dots,) = (d for d in spec["datasets"].values() if "gjort" in d[0])
    assert [dot["gjort"] for dot in dots] == [True] * 4 + [False] * 14
