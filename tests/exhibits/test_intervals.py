"""The figure of shares with their intervals."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny import CONTRACT, write_released

from evalrapport.exhibits.figure_contract import Figure, alt_text
from evalrapport.exhibits.figures import intervals
from evalrapport.exhibits.released import Released, read_released
from evalrapport.exhibits.theme import read_look

PALETTE = Path(__file__).parents[2] / "report/_extensions/evalrapport/palette.json"
SERIES = [{"column": "a", "colour": "treated"}, {"column": "m", "colour": "comparison"}]
ALT = "{klare.ja@a andel}, {nedre klare.ja@a} til {oevre klare.ja@a}; {nedre klare.ja@m}."
FIGURE = Figure("f", "proeve", "intervaller", "survey", "t", ALT, x={"title": "x"}, series=SERIES)


@pytest.fixture
def released(tmp_path: Path) -> Released:
    cells = [
        ("klare.ja", "a", "andel", "43.5", "pct", "1234", "ok", "40.7", "46.3"),
        ("klare.ja", "m", "andel", "", "pct", "", "suppressed"),
        ("klare.nej", "a", "andel", "56.5", "pct", "1234", "ok", "53.7", "59.3"),
        ("i_alt", "a", "andel", "100.0", "pct", "1234", "ok"),
    ]
    return read_released(*write_released(tmp_path, CONTRACT, cells))


def test_a_point_per_answer_and_group_and_none_for_the_total(released: Released) -> None:
    found = {(one["row"], one["Serie"]): one for one in intervals.points(FIGURE, released)}
    assert ("i_alt", "Gruppe A") not in found
    ja = found["klare.ja", "Gruppe A"]
    assert (ja["value"], ja["lower"], ja["upper"]) == (43.5, 40.7, 46.3)
    assert found["klare.ja", "Mentorer"]["value"] is None  # hidden: a gap, never a zero


def test_the_alt_text_names_the_ends(released: Released) -> None:
    told = alt_text(FIGURE, released, intervals.named(FIGURE, released)).replace("\u00a0", " ")
    assert told == "43,5 pct., 40,7 pct. til 46,3 pct.; (skjult af hensyn til diskretion)."


def test_every_line_runs_from_end_to_end_on_a_scale_of_the_whole(released: Released) -> None:
    spec = intervals.chart(FIGURE, released, read_look(PALETTE), 400).to_dict()
    line = spec["layer"][0]["encoding"]
    assert (line["x"]["field"], line["x2"]["field"]) == ("lower", "upper")
    assert spec["layer"][1]["encoding"]["x"]["scale"]["domain"] == [0, 100]
