"""The public tables in the published bundle, and its intervals, are those that the code makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalrapport.contracts.bundle import read_cells
from evalrapport.results import public_tables

ROOT = Path(__file__).parents[2]
MADE = public_tables.files(ROOT) | public_tables.survey_files(ROOT)


@pytest.mark.parametrize("name", sorted(MADE))
def test_carried_tables_equal_the_computed(name: str) -> None:
    carried = (ROOT / "data/published/evaluering" / name).read_text(encoding="utf-8")
    advice = "run `python -m evalrapport.results.public_tables` to carry it over"
    assert carried == MADE[name], f"{name} differs from what data/ gives; {advice}"


def cells(name: str) -> dict[tuple[str, str], dict[str, str]]:
    found = read_cells(ROOT / "data/published/evaluering" / f"{name}.csv")
    return {(cell["row"], cell["column"]): cell for cell in found}


def test_a_published_share_has_the_interval_of_its_smallest_base() -> None:
    share = cells("tilbagemelding")["intensitet.1_om_ugen", "kommunal"]
    # Wilson (1927) of 23 per cent of 131.
    assert [share[name] for name in ("value", "n", "lower", "upper")] == ["23", "131", "17", "31"]


def test_no_interval_where_the_base_is_not_printed_or_is_another() -> None:
    topics = cells("samtaleemner")
    assert topics["emne.arbejde", "i_alt"]["lower"]
    assert not topics["emne.arbejde", "mentorer"]["lower"]  # SFI prints no base for the mentors
    nothing = cells("fremskridt")["ingen_positiv_indsats", "i_alt"]
    assert (nothing["n"], nothing["lower"]) == ("", "")  # only some answered


def test_the_published_contrast_is_81_against_37() -> None:
    found = cells("fremskridt_kontrast")
    assert [found["klare", c]["value"] for c in ("mentorer", "borgere", "forskel")] == [
        *("81", "37", "44"),
    ]
    low, high = (float(found["klare", "forskel"][end]) for end in ("lower", "upper"))
    assert 30 < low < 44 < high < 55


def test_the_better_side_of_a_published_battery_has_its_interval() -> None:
    found = cells("svarsider")
    trust = found["tillid", "i_alt"]  # 55 and 23 per cent of 205
    assert [trust[name] for name in ("value", "n", "lower", "upper")] == ["78", "205", "72", "83"]
    assert found["tillid", "mentorer"]["status"] == "not_applicable"


def test_the_response_flow_is_that_of_the_text_and_what_is_not_told_stays_open() -> None:
    flow = cells("svarforloeb")
    told = {row.split(".")[1]: cell["value"] for (row, _), cell in flow.items() if row[0] == "m"}
    assert (told["forloeb"], told["poster"], told["ubrugelige"]) == ("80477", "687", "128")
    assert flow["borgere.naegter", "antal"]["status"] == "not_published"
    themes = cells("interviewtemaer")
    assert [themes["eksterne.mest", "antal"][key] for key in ("value", "n")] == ["3", "18"]
    assert themes["styrker.kendskab", "antal"]["status"] == "not_published"
