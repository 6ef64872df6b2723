"""People that two versions reveal together; the check is by counts a reader can work out."""

import pytest
from tiny_report import BASES, SHARES, hide, table

from evalrapport.errors import PlainError
from evalrapport.review import disclosure, keeping, versions


def risks(report, change):
    old = report.write("a")
    change(report)
    return disclosure.risks(old.tables, report.write("b").tables)


def rebased(report, **bases):
    report.tables["ydelse"] = table(bases=BASES | bases)


def test_the_same_numbers_reveal_nobody(report):
    assert risks(report, lambda r: None) == []


def test_a_group_with_two_people_more(report):
    found = risks(report, lambda r: rebased(r, alle=4002, **{"2013": 2502}))
    assert {(r.kind, r.cell) for r in found if r.kind == "base"} == {
        ("base", "ydelse grundlag@alle antal"),
        ("base", "ydelse grundlag@2013 antal"),
        ("base", "ydelse n@alle antal"),
        ("base", "ydelse n@2013 antal"),
    }


def test_five_people_more_are_no_risk(report):
    found = risks(report, lambda r: rebased(r, alle=4005, **{"2013": 2505}))
    assert [r for r in found if r.kind == "base"] == []


def test_a_share_of_a_small_group_that_stands_for_one_person_more(report):
    small = {"alle": 100, "2012": 40, "2013": 60}
    report.tables["ydelse"] = table(bases=small)

    def one_more(r):
        # 70.0 per cent of 40 is 28 people, and nothing else; 72.5 per cent is 29.
        r.tables["ydelse"]["kontant", "2012"]["value"] = "72.5"

    found = risks(report, one_more)
    assert [(r.kind, r.cell) for r in found] == [("antal", "ydelse kontant@2012 andel")]


def test_a_share_of_a_large_group_hides_who_moved(report):
    def a_little(r):
        # 0.1 points of 4,000 people are 4 people, but the rounding lets it be up to 8.
        r.tables["ydelse"]["kontant", "alle"]["value"] = "70.1"

    assert risks(report, a_little) == []


def test_a_part_beside_the_whole_of_the_other_version(report):
    report.tables["ydelse"] = table(bases={"alle": 1000, "2012": 400, "2013": 600})

    def part_grows(r):
        r.tables["ydelse"] = table(bases={"alle": 2000, "2012": 997, "2013": 1003})

    found = risks(report, part_grows)
    counted = {"ydelse grundlag@2012 antal", "ydelse grundlag@2013 antal"}
    counted |= {"ydelse n@2012 antal", "ydelse n@2013 antal"}
    assert {r.cell for r in found if r.cell.endswith("antal") and r.kind == "del"} == counted
    assert {(r.kind, r.cell, r.other) for r in found if r.cell in counted and r.kind == "del"} == {
        ("del", "ydelse grundlag@2012 antal", "ydelse grundlag@alle antal"),
        ("del", "ydelse grundlag@2013 antal", "ydelse grundlag@alle antal"),
        ("del", "ydelse n@2012 antal", "ydelse n@alle antal"),
        ("del", "ydelse n@2013 antal", "ydelse n@alle antal"),
    }


def test_what_is_hidden_in_both_but_with_another_neighbour(report):
    for row in ("su", "andre"):
        hide(report.tables["ydelse"][row, "2012"])

    def other_neighbour(r):
        r.tables["ydelse"] = table()
        for row in ("su", "kontant"):
            hide(r.tables["ydelse"][row, "2012"])

    found = [r for r in risks(report, other_neighbour) if r.kind == "skjult"]
    assert [r.cell for r in found] == ["ydelse su@2012 andel"]


def test_a_row_under_a_row_beside_the_whole_of_the_other_version(report):
    report.contracts["ydelse"]["rows"][1]["group"] = "kontant"
    report.tables["ydelse"] = table(bases={"alle": 100, "2012": 40, "2013": 60})

    def part_grows(r):
        r.tables["ydelse"]["su", "2012"]["value"] = "65.0"  # 26 of 40; the whole was 28

    found = [r for r in risks(report, part_grows) if r.kind == "del"]
    pair = ("ydelse su@2012 andel", "ydelse kontant@2012 andel")
    assert pair in [(r.cell, r.other) for r in found]
    assert [r.cell for r in found if r.other == pair[1]] == [pair[0]]


def test_the_same_people_in_a_new_table(report):
    report.contracts["ydelse"]["population"] = "Alle modtagere"

    def another_table(r):
        r.contracts = {"koen": {**r.contracts["ydelse"], "id": "koen"}}
        r.tables = {"koen": table(bases=BASES | {"alle": 3998, "2013": 2498})}

    assert {(r.cell, r.other) for r in risks(report, another_table)} == {
        ("koen n@alle antal", "ydelse n@alle antal"),
        ("koen n@2013 antal", "ydelse n@2013 antal"),
    }


def test_other_people_in_a_new_table(report):
    def another_table(r):
        r.contracts = {"koen": {**r.contracts["ydelse"], "id": "koen", "population": "Andre"}}
        r.tables = {"koen": table(bases=BASES | {"alle": 3998, "2013": 2498})}

    assert risks(report, another_table) == []


def test_the_same_pattern_hides_as_before(report):
    for row in ("su", "andre"):
        hide(report.tables["ydelse"][row, "2012"])
    assert risks(report, lambda r: None) == []


@pytest.mark.parametrize("status", ["published", "stand_in"])
def test_numbers_of_other_people_or_published_ones_are_not_checked(report, status):
    def other_people(r):
        rebased(r, alle=4002)
        r.data_status = status

    assert risks(report, other_people) == []


def test_a_survey_may_lack_a_few_answers(report):
    report.contracts["ydelse"] = {**report.contracts["ydelse"], "disclosure_class": "survey"}
    assert risks(report, lambda r: rebased(r, alle=4002)) == []


def test_a_release_stops_at_a_risk_and_keeps_the_reason_that_lifts_it(report, tmp_path):
    keeping.keep("1.0", [report.write("a")], {}, root=tmp_path)
    rebased(report, alle=4002, **{"2013": 2502})
    new = report.write("b")
    with pytest.raises(PlainError, match=r"ydelse grundlag@alle antal .*version 1.0"):
        keeping.keep("1.1", [new], {}, root=tmp_path)
    assert versions.kept_versions(tmp_path) == ["1.0"]
    with pytest.raises(PlainError, match="tell people apart"):
        keeping.keep("1.1", [new], {}, reason="  ", root=tmp_path)
    folder = keeping.keep("1.1", [new], {}, reason="Rettelse af en fejl", root=tmp_path)
    kept = versions.read_json(folder / "manifest.json")["disclosure"]
    assert kept["reason"] == "Rettelse af en fejl"
    assert {risk["cell"] for risk in kept["risks"]} >= {"ydelse grundlag@alle antal"}
    assert all("people" not in risk for risk in kept["risks"])


def test_the_shares_of_the_tiny_table_add_up():
    assert sum(SHARES.values()) == 100
    assert BASES["alle"] == BASES["2012"] + BASES["2013"]
