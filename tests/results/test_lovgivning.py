"""The tables of the law: each provision and event a row, with its paragraph and in its order."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalrapport.errors import PlainError
from evalrapport.results import lovgivning_foer_efter, lovgivning_tidslinje
from evalrapport.results.lovgivning_foer_efter import side_by_side
from evalrapport.results.lovgivning_tidslinje import checked, when
from evalrapport.results.open_rows import read_records

LAW = Path(__file__).parents[2] / "data/legislation"


def event(time: str, kind: str = "regel") -> dict[str, str]:
    return {"id": "e", "tidspunkt": time, "art": kind}


def test_a_paragraph_is_printed_where_it_is_known_and_nowhere_else() -> None:
    one = {"id": "ret", "foer": "Ingen", "paragraf_foer": "ikke oplyst"}
    made = side_by_side([{**one, "efter": "Ret og pligt", "paragraf_efter": "§ 93"}])
    assert made == {"ret": {"foer": "Ingen", "efter": "Ret og pligt (§ 93)"}}


def test_times_are_read_as_exactly_as_they_are_given() -> None:
    assert when("2009") == (2009, 0, 0)
    assert when("1. januar 2014") == (2014, 1, 1)
    assert when("januar 2014") is None


@pytest.mark.parametrize("events", [[event("i 2009")], [event("2009", "lov")]])
def test_an_event_without_a_time_or_a_kind_is_refused(events: list[dict[str, str]]) -> None:
    with pytest.raises(PlainError, match=r"events\.csv, e: tidspunkt must be .*regel, udgift"):
        checked(events)


def test_events_out_of_order_are_refused() -> None:
    with pytest.raises(PlainError, match="order of their years"):
        checked([event("2013"), event("2009")])


def test_the_projects_law_has_what_the_report_tells_of_it() -> None:
    provisions = read_records(LAW / "provisions.csv", lovgivning_foer_efter.FIELDS)
    events = checked(read_records(LAW / "events.csv", lovgivning_tidslinje.FIELDS))
    assert {
        "personkreds",
        "ret_og_pligt",
        "kontakt",
        "varighed",
        "refusion",
        "ramme",
        "aftalen",
    } <= {one["id"] for one in provisions}
    assert [one["paragraf_efter"] for one in provisions if one["id"] == "ret_og_pligt"] == ["§ 93"]
    assert {time[0] for one in events if (time := when(one["tidspunkt"]))} == {
        *(2003, 2009, 2010, 2012, 2013, 2014)
    }
