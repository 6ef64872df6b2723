"""The case set: known differences between two versions, each found and named, nothing else."""

import json

import pytest
from tiny_report import CONTRACT, TEXT, hide, table

from evalrapport.review import comparison, overview, page, page_exhibits


def kinds(found):
    """Type and kind of every change, once each."""
    return sorted({(change["type"], change["kind"]) for change in found["changes"]})


def texts(found):
    return [change for change in found["changes"] if change["type"] == "tekst"]


def test_a_version_against_itself_shows_nothing(report):
    found = comparison.compare(report.write("a"), report.write("b"))
    assert found["changes"] == []
    assert found["top"] == []
    assert found["causes"] == []
    shown = page.html(found)
    assert "De to versioner er ens" in shown
    assert "data-change" not in shown


def test_a_merge_rule(report):
    old = report.write("a")
    report.manifest["steps"]["datasets.episoder"]["settings"]["episode_gap_days"] = 6
    report.manifest["files"]["episoder.parquet"]["sha256"] = "e2"
    report.manifest["files"]["folk.parquet"]["sha256"] = "p2"
    for column in ("alle", "2012", "2013"):
        report.tables["ydelse"]["kontant", column]["value"] = "74.0"
        report.tables["ydelse"]["andre", column]["value"] = "24.0"
    found = comparison.compare(old, report.write("b"))
    assert kinds(found) == [("tal", "vaerdi"), ("tekst", "tal")]
    assert [group["text"] for group in found["causes"]] == [
        "6 tal ændret; alle følger af indstillingen episode_gap_days: 0 → 6."
    ]
    assert found["summary"]["saetninger"] == 0
    first = next(c for c in found["changes"] if c["type"] == "tal")
    assert first["difference_text"] == "+4,0\u00a0procentpoint"
    assert first["significance"] == "uden_for"


def test_a_corrected_source_row(report):
    old = report.write("a")
    report.manifest["files"]["mentorforloeb.csv"] = {"sha256": "f2", "rows": 8068}
    for name in ("episoder.parquet", "folk.parquet"):
        report.manifest["files"][name]["sha256"] = "x"
    report.tables["ydelse"]["su", "2013"]["value"] = "2.1"
    found = comparison.compare(old, report.write("b"))
    assert [group["text"] for group in found["causes"]] == [
        "1 tal ændret; følger af kilden mentorforloeb.csv: 8.067 rækker → 8.068 rækker."
    ]


def test_a_reworded_paragraph_round_an_unchanged_number(report):
    old = report.write("a")
    report.text["01-fund.html"][2] = (
        "I 2013 modtog {kontant@2013} kontanthjælp, og {su@2013} fik SU.",
        "Flest får kontanthjælp.",
    )
    found = comparison.compare(old, report.write("b"))
    assert kinds(found) == [("tekst", "redigeret")]
    marks = [span for span in texts(found)[0]["spans"] if span[0] != "="]
    assert marks == [["-", " fik"], ["+", " modtog"]]
    assert found["summary"]["saetninger"] == 1


def test_a_number_typed_otherwise_though_its_cell_is_the_same_is_an_edit(report):
    old = report.write("a")
    page_file = "01-fund.html"
    new = report.write("b")
    path = new.site / page_file
    path.write_text(path.read_text("utf-8").replace(">70,0 pct.<", ">70 pct.<"), "utf-8")
    found = comparison.compare(old, new)
    assert kinds(found) == [("tekst", "redigeret")]


def test_a_moved_paragraph(report):
    old = report.write("a")
    blocks = report.text["01-fund.html"]
    blocks.append(blocks.pop(4))
    found = comparison.compare(old, report.write("b"))
    assert kinds(found) == [("tekst", "flyttet")]
    (change,) = texts(found)
    assert change["old_section"] == ["sec-fund"]
    assert change["section"] == ["sec-metode"]


def test_a_moved_and_renumbered_section(report):
    old = report.write("a")
    fund, method = report.text["01-fund.html"][:6], report.text["01-fund.html"][6:]
    report.text = {
        "index.html": TEXT["index.html"],
        "00-metode.html": [("sec-metoden", "1", "Metode"), *method[1:]],
        "01-fund.html": [("sec-fund", "2", "Fund"), *fund[1:]],
    }
    found = comparison.compare(old, report.write("b"))
    structural = [c for c in found["changes"] if c["type"] == "struktur"]
    assert {(c["kind"], c["id_"]) for c in structural} == {
        ("tilfoejet", "sec-metoden"),
        ("fjernet", "sec-metode"),
        ("omnummereret", "sec-fund"),
    }
    assert {c["kind"] for c in texts(found)} == {"flyttet"}


def test_a_renamed_column(report):
    old = report.write("a")
    contract = report.contracts["ydelse"]
    contract["columns"][1] = {**contract["columns"][1], "id": "aar_2012"}
    cells = report.tables["ydelse"]
    for row, column in list(cells):
        if column == "2012":
            cells[row, "aar_2012"] = {**cells.pop((row, column)), "column": "aar_2012"}
    order = {c["id"]: i for i, c in enumerate(contract["columns"])}
    rows = {r["id"]: i for i, r in enumerate(contract["rows"])}
    by_place = sorted(cells.items(), key=lambda item: (rows[item[0][0]], order[item[0][1]]))
    report.tables["ydelse"] = dict(by_place)
    found = comparison.compare(old, report.write("b"))
    assert [(c["what"], c["kind"], c["id_"]) for c in found["changes"]] == [
        ("kolonne", "omdoebt", "aar_2012")
    ]


def test_a_new_table_and_a_new_row(report):
    old = report.write("a")
    report.contracts["koen"] = {**CONTRACT, "id": "koen", "published_as": "Tabel 3.4"}
    report.tables["koen"] = table()
    row = {"id": "sygedagpenge", "label": "Sygedagpenge", "statistic": "andel", "unit": "pct"}
    report.contracts["ydelse"]["rows"].insert(2, {**row, "decimals": 1})
    report.tables["ydelse"] = table(report.contracts["ydelse"])
    found = comparison.compare(old, report.write("b"))
    assert {(c["what"], c["kind"], c["new"]) for c in found["changes"]} == {
        ("tabel", "tilfoejet", "Tabel 3.4 (står ikke i teksten)"),
        ("raekke", "tilfoejet", "Sygedagpenge"),
    }


def test_a_newly_suppressed_and_a_newly_released_cell(report):
    hide(report.tables["ydelse"]["su", "2012"])
    old = report.write("a")
    report.tables["ydelse"] = table()
    hide(report.tables["ydelse"]["su", "2013"])
    found = comparison.compare(old, report.write("b"))
    cells = {c["address"]: c["kind"] for c in found["changes"] if c["type"] == "tal"}
    assert cells == {
        "ydelse su@2012 andel": "vist_nu",
        "ydelse su@2013 andel": "skjult_nu",
    }


def test_a_claim_that_no_longer_holds(report):
    old = report.write("a")
    report.claims[0] |= {"outcome": "falsk", "values": {"ydelse kontant@2013 andel": "44.0"}}
    found = comparison.compare(old, report.write("b"))
    assert kinds(found) == [("paastand", "udfald")]
    (change,) = found["changes"]
    assert (change["old"], change["new"]) == ("holder", "holder ikke")
    assert change["chapter"] == "1 Fund"
    assert found["top"] == [change["id"]]


def test_a_figure_with_another_point_and_one_with_another_look(report):
    old = report.write("a")
    report.figure = report.figure.replace("2,5", "2,7")
    report.picture += "<!-- -->"
    found = comparison.compare(old, report.write("b"))
    assert kinds(found) == [("figur", "tal")]
    (change,) = found["changes"]
    points = [("Måned 2", "2,5 pct. (2,0; 3,0)", "2,7 pct. (2,0; 3,0)")]
    assert [(s["name"], [tuple(p) for p in s["points"]]) for s in change["series"]] == [
        ("Forskel", points)
    ]
    report.figure = report.figure.replace("2,7", "2,5")
    assert kinds(comparison.compare(old, report.write("c"))) == [("figur", "udseende")]


def test_results_without_a_text_borrow_the_other_versions_text(report):
    old = report.write("a", documents=False)
    report.tables["ydelse"]["kontant", "2013"]["value"] = "74.0"
    found = comparison.compare(old, report.write("b"))
    assert kinds(found) == [("tal", "vaerdi"), ("tekst", "tal")]
    (change,) = texts(found)
    assert ["tal", "70,0 pct.", "74,0 pct.", "ydelse kontant@2013 andel"] in change["spans"]
    assert any("kun resultaterne" in note for note in found["notes"])


def test_a_printed_sum_follows_any_of_its_cells(report):
    def with_sum(version, total):
        path = version.site / "01-fund.html"
        address = "ydelse su@2013 andel + ydelse andre@2013 andel"
        mark = f'<p>Resten er <span class="tal" data-adresse="{address}">{total} pct.</span></p>'
        path.write_text(path.read_text("utf-8").replace("</section>", f"{mark}</section>", 1))
        return version

    old = with_sum(report.write("a"), "30,0")
    bare = report.write("c", documents=False)
    report.tables["ydelse"]["andre", "2013"]["value"] = "29.0"
    new = with_sum(report.write("b"), "31,0")
    for before in (old, bare):
        found = comparison.compare(before, new)
        (change,) = texts(found)
        assert change["kind"] == "tal"
        assert [span[1:3] for span in change["spans"] if span[0] == "tal"] == [
            ["30,0 pct.", "31,0 pct."]
        ]


def test_a_check_that_passed_and_now_fails(report):
    report.own = {"checks": {"sproget": [], "pakken": ["gammel fejl"]}}
    old = report.write("a")
    report.own = {"checks": {"sproget": ["linje 3: et løst tal"], "pakken": ["gammel fejl"]}}
    found = comparison.compare(old, report.write("b"))
    assert [(c["type"], c["what"], c["new"]) for c in found["changes"]] == [
        ("kontrol", "sproget", "linje 3: et løst tal")
    ]


def test_a_change_keeps_its_id_whatever_the_versions_are_called(report):
    old = report.write("a")
    report.tables["ydelse"]["su", "2013"]["value"] = "2.4"
    first = comparison.compare(old, report.write("b"))
    report.text["01-fund.html"].append(("Et helt nyt afsnit, som ingen har set før i dag.",))
    second = comparison.compare(old, report.write("c"))
    ids = [{c["id"] for c in found["changes"]} for found in (first, second)]
    assert ids[0] < ids[1]


def test_the_page_is_whole_and_danish(report):
    old = report.write("a")
    report.tables["ydelse"]["kontant", "2013"]["value"] = "74.0"
    report.text["01-fund.html"][1] = ("<b>Registrene</b> dækker alle personer med bopæl i landet.",)
    found = comparison.compare(old, report.write("b"))
    shown = page.html(found, approved=[found["changes"][0]["id"]])
    assert "1 af 12\u00a0tal (1 uden for den statistiske usikkerhed) og 1\u00a0redigeret" in shown
    assert 'src="http' not in shown
    assert 'href="http' not in shown
    data = shown.split('id="sammenligning">')[1].split("</script>")[0]
    assert json.loads(data)["approved"] == [found["changes"][0]["id"]]
    for change in found["changes"]:
        assert f'data-change="{change["id"]}"' in shown


def test_a_fact_with_another_value_is_no_edit_of_the_sentence(report):
    old = report.write("a")
    report.facts["indbyggere"] = ("5.700.000", "Danmarks Statistik")
    found = comparison.compare(old, report.write("b"))
    assert kinds(found) == [("fakta", "vaerdi"), ("tekst", "tal")]
    assert found["summary"]["saetninger"] == 0
    assert found["summary"]["fakta"] == 1
    (change,) = [c for c in found["changes"] if c["type"] == "fakta"]
    assert (change["old"], change["new"], change["chapter"]) == ("5.600.000", "5.700.000", "1 Fund")


def test_a_fact_from_another_source(report):
    old = report.write("a")
    report.facts["indbyggere"] = ("5.600.000", "Statistikbanken, FOLK1A")
    assert kinds(comparison.compare(old, report.write("b"))) == [("fakta", "kilde")]


def test_stand_in_people_of_another_share_of_denmark_are_said_to_be(report):
    report.data_status = "stand_in"
    report.manifest["steps"]["datasets.folk"]["settings"]["stand_in"] = {"scale": 1}
    old = report.write("a")
    report.manifest["steps"]["datasets.folk"]["settings"]["stand_in"] = {"scale": 0.1}
    notes = comparison.compare(old, report.write("b"))["notes"]
    assert [note for note in notes if "10\u00a0pct. af Danmark" in note]


def test_a_remark_on_a_cell_that_is_not_printed_is_no_changed_number(report):
    report.tables["ydelse"]["su", "2012"] |= {"status": "not_applicable", "value": "", "text": "x"}
    old = report.write("a")
    report.tables["ydelse"]["su", "2012"]["text"] = ""
    found = comparison.compare(old, report.write("b"))
    assert kinds(found) == [("tal", "bemaerkning")]
    assert found["summary"]["tal"] == 0


@pytest.mark.parametrize(
    ("asked", "there"), [("tal", ["tal"]), ("tekst,figur", ["tekst"]), ("diskretion", [])]
)
def test_what_fails_a_run(report, asked, there):
    old = report.write("a")
    report.tables["ydelse"]["kontant", "2013"]["value"] = "74.0"
    found = comparison.compare(old, report.write("b"))
    assert overview.failed(found, asked.split(",")) == there


def test_a_figure_whose_intervals_alone_are_others_shows_no_other_numbers(report):
    old = report.write("a")
    report.figure = report.figure.replace("1,0;2,0;663", "0,9;2,1;650")
    found = comparison.compare(old, report.write("b"))
    assert kinds(found) == [("figur", "grundlag")]
    assert found["summary"]["figurer"] == 0
    assert "Figur med samme tal, andet grundlag eller interval" in page.html(found)


def test_a_claim_is_told_with_its_numbers_printed(report):
    told = "I {{< tal ydelse kontant@2013 andel >}} af sagerne, altså de fleste."
    report.claims[0] |= {"sentence": told, "printed": "I 70,0 pct. af sagerne, altså de fleste."}
    printed = "I {kontant@2013} af sagerne, altså de fleste."
    report.text["01-fund.html"][2] = ("De er mange.", printed)
    old = report.write("a")
    report.tables["ydelse"]["kontant", "2013"]["value"] = "40.0"
    report.claims[0] |= {"outcome": "falsk", "printed": "I 40,0 pct. af sagerne, altså de fleste."}
    report.text["01-fund.html"][2] = ("De er mange.", "Ingen ydelse fylder mest.")
    found = comparison.compare(old, report.write("b"))
    claim = next(c for c in found["changes"] if c["type"] == "paastand")
    assert claim["sentence"] == "I 40,0 pct. af sagerne, altså de fleste."
    assert "{{<" not in page.html(found)
    assert [c["follows_claim"] for c in texts(found)] == [True]


def test_counts_that_follow_the_size_of_the_population_come_after_the_shares(report):
    made = {"stand_in": {"scale": 1.0, "seed": 1}}
    report.data_status = "stand_in"
    report.manifest["steps"]["datasets.episoder"]["settings"] |= made
    old = report.write("a")
    made["stand_in"]["scale"] = 0.1
    report.manifest["steps"]["datasets.episoder"]["settings"] |= made
    for cell in report.tables["ydelse"].values():
        if cell["unit"] == "personer":
            cell["value"] = str(int(cell["value"]) // 10)
    report.tables["ydelse"]["su", "2013"]["value"] = "2.1"
    found = comparison.compare(old, report.write("b"))
    cells = [c for c in found["changes"] if c["type"] == "tal"]
    assert {c["unit"] for c in cells if c["resized"]} == {"personer"}
    ranked = sorted(cells, key=page_exhibits.rank)
    assert ranked[0]["unit"] == "pct"
