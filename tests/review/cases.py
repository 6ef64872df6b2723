"""Known differences between two versions of the tiny report, and each one's page as plain text.

After a wanted change of the page, read the difference and write the expected pages anew with
`python tests/review/cases.py`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from lxml import html as parser
from tiny_report import CONTRACT, TEXT, Report, hide, table

from evalrapport.review import comparison, page

EXPECTED = Path(__file__).parent / "expected_pages"


def merge_rule(report: Report) -> None:
    """Episodes with up to six days between them are now joined; more people get cash benefit."""
    report.manifest["steps"]["datasets.episoder"]["settings"]["episode_gap_days"] = 6
    new_content(report, "episoder.parquet", "folk.parquet")
    for column in ("alle", "2012", "2013"):
        report.tables["ydelse"]["kontant", column]["value"] = "74.0"
        report.tables["ydelse"]["andre", column]["value"] = "24.0"


def corrected_source_row(report: Report) -> None:
    """One row more in a source file moves one number by a tenth."""
    report.manifest["files"]["mentorforloeb.csv"] = {"sha256": "f2", "rows": 8068}
    new_content(report, "episoder.parquet", "folk.parquet")
    report.tables["ydelse"]["su", "2013"]["value"] = "2.1"


def reworded_paragraph(report: Report) -> None:
    """Another word beside two numbers that are the same."""
    first, *rest = report.text["01-fund.html"][2]
    reworded = first.replace("fik {kontant", "modtog {kontant")
    report.text["01-fund.html"][2] = (reworded, *rest)


def moved_section(report: Report) -> None:
    """The section on methods now comes first, in a file of its own, as a chapter of its own."""
    fund, method = report.text["01-fund.html"][:6], report.text["01-fund.html"][6:]
    report.text = {
        "index.html": TEXT["index.html"],
        "00-metode.html": [("sec-metode", "1", "Metode"), *method[1:]],
        "01-fund.html": [("sec-fund", "2", "Fund"), *fund[1:]],
    }


def renamed_column(report: Report) -> None:
    """A column got another id; label and numbers are as they were."""
    contract = report.contracts["ydelse"]
    contract["columns"][1] = {**contract["columns"][1], "id": "aar_2012"}
    report.tables["ydelse"] = {
        (row, column.replace("2012", "aar_2012")): cell
        | {"column": column.replace("2012", "aar_2012")}
        for (row, column), cell in report.tables["ydelse"].items()
    }
    for paragraphs in report.text.values():
        for place, paragraph in enumerate(paragraphs):
            paragraphs[place] = tuple(part.replace("@2012", "@aar_2012") for part in paragraph)


def new_table(report: Report) -> None:
    """A table that the text does not print, and a row in one that it does."""
    report.contracts["koen"] = {**CONTRACT, "id": "koen", "published_as": "Tabel 3.4"}
    report.tables["koen"] = table()
    row = {"id": "sygedagpenge", "label": "Sygedagpenge", "statistic": "andel", "unit": "pct"}
    report.contracts["ydelse"]["rows"].insert(2, {**row, "decimals": 1})
    report.tables["ydelse"] = table(report.contracts["ydelse"])


def newly_suppressed_cell(report: Report) -> None:
    """A stricter threshold hides a number and the one that would give it away."""
    report.manifest["steps"]["results.release"]["settings"]["disclosure"]["register"] = 40
    for row in ("su", "andre"):
        hide(report.tables["ydelse"][row, "2012"])


def corrected_fact(report: Report) -> None:
    """A fact from elsewhere has another value."""
    report.facts["indbyggere"] = ("5.700.000", "Danmarks Statistik")


def claim_that_fails(report: Report) -> None:
    """A number falls, and the sentence that rests on it no longer holds."""
    report.tables["ydelse"]["kontant", "2013"]["value"] = "44.0"
    report.manifest["steps"]["results.ydelse"]["code"] = "zzz"
    values = {"ydelse kontant@2013 andel": "44.0"}
    report.claims[0] |= {"outcome": "falsk", "values": values}


CASES: tuple[Callable[[Report], None], ...] = (
    *(merge_rule, corrected_source_row, reworded_paragraph, moved_section, renamed_column),
    *(new_table, newly_suppressed_cell, corrected_fact, claim_that_fails),
)


def new_content(report: Report, *files: str) -> None:
    """Files that a step wrote with another content."""
    for name in files:
        report.manifest["files"][name]["sha256"] += "x"


def page_text(case: Callable[[Report], None]) -> str:
    """The page of a case as text, a line for each thing that stands by itself."""
    with tempfile.TemporaryDirectory() as folder:
        report = Report(folder)
        report.data_status = "real"
        old = report.write("1.0")
        case(report)
        return shown(page.html(comparison.compare(old, report.write("2.0"))))


def shown(content: str) -> str:
    """What a reader sees, top to bottom: [-taken out-], {+put in+}, cells with bars between."""
    (main,) = parser.fromstring(content).iter("main")
    for node in main.xpath(".//*[@hidden] | .//img"):
        node.drop_tree()
    for tag, (before, after) in {
        "del": ("[-", "-]"),
        "ins": ("{+", "+}"),
        "s": ("", " → "),
    }.items():
        for node in main.iter(tag):
            node.text = before + (node.text or "") + after
    for node in main.iter("td", "th", "dd", "b", "span"):
        if node.tag in ("td", "th", "dd") or node.get("class") in ("svar", "sted", "maerke"):
            node.text = " " + (node.text or "")
            node.tail = " | " + (node.tail or "")
    for node in main.xpath(".//ul[@class='hovedtal']//b"):
        node.tail = f" {node.tail}"
    for node in main.iter(*("h1", "h2", "h3", "p", "li", "tr", "div", "summary", "dt", "dl")):
        node.text = "\n" + ("# " if node.tag[0] == "h" else "") + (node.text or "")
    lines = [" ".join(line.split()).strip(" |") for line in main.text_content().splitlines()]
    return "\n".join(line for line in lines if line) + "\n"


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    EXPECTED.mkdir(exist_ok=True)
    for one in CASES:
        (EXPECTED / f"{one.__name__}.txt").write_text(page_text(one), encoding="utf-8")
