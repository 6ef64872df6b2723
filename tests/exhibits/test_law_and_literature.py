"""The figures of the law and the literature: to scale, complete, and as wide as the text."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from evalrapport.contracts.result_table import from_dict
from evalrapport.exhibits.figure import fitted, static_svg, svg_size, use_fonts
from evalrapport.exhibits.figure_contract import Figure, read_figure
from evalrapport.exhibits.figures import directions, flow, timeline
from evalrapport.exhibits.released import Released, read_released
from evalrapport.exhibits.theme import TEXT_BLOCK_WIDTH, Look, read_look

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "data/published/evaluering"
CONTRACTS = ROOT / "src/evalrapport/contracts/figures"
EXTENSION = ROOT / "report/_extensions/evalrapport"
NAMES = ("lovgivning_tidslinje", "effektstudier_udfald", "litteraturflow")


def look() -> Look:
    return read_look(EXTENSION / "palette.json")


def given(name: str) -> tuple[Figure, Released]:
    figure = read_figure(CONTRACTS / f"{name}.yaml")
    released = read_released(PUBLISHED / f"{name}.csv", PUBLISHED / f"{name}.json")
    return figure, released


@pytest.mark.parametrize("name", NAMES)
def test_the_picture_is_as_wide_as_the_text(name: str) -> None:
    use_fonts(EXTENSION / "fonts")
    spec = fitted(*given(name), look())
    assert svg_size(static_svg(spec))[0] == pytest.approx(TEXT_BLOCK_WIDTH, abs=1)
    assert spec["description"].endswith(".")


def test_the_designs_of_the_plot_are_the_words_of_the_table() -> None:
    figure, _ = given("effektstudier_udfald")
    table = from_dict_of("effektstudier_retning")
    words = [column.label for column in table.columns if column.id != "i_alt"]
    assert [one["label"] for one in figure.x["designs"]] == words


def from_dict_of(table: str):  # type: ignore[no-untyped-def]
    import json

    return from_dict(json.loads((PUBLISHED / f"{table}.json").read_text("utf-8"))["contract"])


def test_each_study_has_a_mark_for_each_outcome_that_it_speaks_of() -> None:
    found = directions.findings(*given("effektstudier_udfald"))
    by_study = {
        name: [o for o in found if o["Række"] == name] for name in {o["Række"] for o in found}
    }
    assert len(by_study) == 7
    assert len(by_study["Arni (2013)"]) == 5
    (mcinnes,) = by_study["McInnes m.fl. (2008)"]
    assert not mcinnes["known"]
    assert mcinnes["Grundlag"] == "ikke oplyst"
    assert set(directions.SHAPES) >= {one["Værdi"] for one in found}


def test_more_people_give_a_larger_mark() -> None:
    found = directions.findings(*given("effektstudier_udfald"))
    area = {one["Række"]: one["area"] for one in found}
    assert area["Arni (2013)"] < area["Hendra m.fl. (2011)"] < area["Crepon m.fl. (2013)"]


def test_words_beside_the_line_of_time_never_meet() -> None:
    placed = timeline.apart([0, 10, 300, 310, 320], 40, 330)
    assert [b - a for a, b in pairwise(placed)] == [40, 210, 40, 40]
    assert placed[-1] == 330


def test_every_event_is_told_once_and_a_year_is_written_once() -> None:
    figure, released = given("lovgivning_tidslinje")
    events = timeline.events(figure, released)
    assert [one["year"] for one in events if one["first"]] == [2003, 2009, 2010, 2012, 2013, 2014]
    assert len(events) == len(released.contract.rows)
    assert re.search(
        r"1\. januar 2014: refusionen$", timeline.named(figure, released)["begivenheder"]
    )


def test_boxes_without_a_number_say_so() -> None:
    figure, released = given("litteraturflow")
    told = flow.named(figure, released)["trin"]
    assert "Fundet ved søgningerne: 158" in told
    assert "Dubletter fjernet: antal ikke offentliggjort" in told
    assert told.endswith("Taget med: 7")
    boxes = flow.placed(figure, released, 200, 500)
    assert len(boxes) == 9
    assert len(flow.lines(boxes, 200)) == 4 + 4
