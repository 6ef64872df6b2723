"""What the colophon says of the edition comes from config and results, as bound as all the rest."""

from __future__ import annotations

from test_prose_and_claims import source

from evalrapport.report import edition
from evalrapport.report.bindings import bind


def printed(date: str, data_status: str) -> list[str]:
    given = source(data_status, facts=edition.facts(date, data_status, "SFI 15:10"))
    text = " ".join(f"{{{{< fakta {name} >}}}}" for name in edition.IDS)
    values = bind({"kolofon.qmd": text}, given)["values"]
    return [values[f"fakta {name}"]["text"] for name in edition.IDS]


def test_date_version_and_data_are_printed_in_danish() -> None:
    date, year, version, data = printed("2026-11-23", "stand_in")
    assert date.replace("\u00a0", " ") == "23. november 2026"
    assert year == "2026"
    assert version == edition.own_version()
    assert data.startswith("syntetiske data")


def test_the_data_follow_the_results() -> None:
    assert printed("2026-11-23", "published")[-1] != printed("2026-11-23", "real")[-1]
