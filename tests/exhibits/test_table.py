"""A released table as HTML and as a spreadsheet file."""

from __future__ import annotations

import html.parser
import json
import subprocess
import sys
from pathlib import Path

import pypandoc
import pytest
from tiny import CONTRACT, write_released

from evalrapport.errors import PlainError
from evalrapport.exhibits.released import Released, read_cells, read_released
from evalrapport.exhibits.table import step, table_for_spreadsheet, table_html
from evalrapport.step import Job


def lines_of(table: Released, start: str) -> list[str]:
    return [line for line in table_html(table).splitlines() if line.startswith(start)]


def test_headers_span_and_say_what_they_head(table: Released) -> None:
    upper, lower = lines_of(table, "<tr>")[:2]
    assert upper == (
        '<tr><th scope="col" rowspan="2">Svar</th><th scope="colgroup" colspan="2">Borgere</th>'
        '<th scope="col" class="tal" rowspan="2">Mentorer</th></tr>'
    )
    assert lower == (
        '<tr><th scope="col" class="tal">Gruppe A</th>'
        '<th scope="col" class="tal">Gruppe B &amp; C</th></tr>'
    )


def test_a_cell_carries_its_address_base_and_danish_number(table: Released) -> None:
    html = table_html(table)
    assert '<td class="tal" data-adresse="klare.ja@a andel" data-n="1234">43,5</td>' in html
    assert ">−0,3</td>" in html
    assert ">1.234</td>" in html


def test_what_is_not_shown_has_a_sign_and_a_meaning_and_is_never_zero(table: Released) -> None:
    html = table_html(table)
    assert '<td class="tal skjult" data-adresse="klare.nej@b andel">·<span' in html
    assert "skjult af hensyn til diskretion" in html
    assert '<td class="tal ikke-relevant" data-adresse="klare.ja@m andel">–<span' in html
    assert '<td class="tal ikke-oplyst" data-adresse="klare.nej@m andel">..<span' in html
    assert ">0<" not in html
    assert ">0,0<" not in html


def test_row_groups_roles_and_indents(table: Released) -> None:
    html = table_html(table)
    assert '<th scope="rowgroup" colspan="4">Klarer borgeren mere?</th>' in html
    assert '<th scope="row" class="indent-1">Ja</th>' in html
    assert '<tr class="total"><th scope="row">I alt</th>' in html
    assert '<tr class="base">' in html
    assert html.count("<tbody>") == 2
    assert "style=" not in html
    assert "<caption" not in html


def test_every_row_is_as_wide_as_the_table(table: Released) -> None:
    class Width(html.parser.HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.widths: list[int] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "tr":
                self.widths.append(0)
            if tag in ("td", "th"):
                self.widths[-1] += int(dict(attrs).get("colspan") or 1)

    parser = Width()
    parser.feed(table_html(table))
    assert parser.widths == [4, 2, *[4] * 6]


def test_pandoc_reads_the_same_table(table: Released) -> None:
    native = json.loads(pypandoc.convert_text(table_html(table), "json", "html"))
    (block,) = native["blocks"]
    _, _, widths, head, bodies, _ = block["c"]
    assert block["t"] == "Table"
    assert len(widths) == 4
    assert len(head[1]) == 2
    assert len(bodies) == 2
    [group_row], [first_row, _] = bodies[0][2:]
    assert group_row[1][0][3] == 4  # the row group's header spans the table
    cell_attributes = first_row[1][1][0]
    assert ["adresse", "klare.ja@a andel"] in cell_attributes[2]
    assert cell_attributes[1] == ["tal"]


def test_words_in_cells_are_words(tmp_path: Path) -> None:
    contract = CONTRACT | {
        "columns": [
            {"id": "opgaver", "label": "Opgaver"},
            {"id": "antal", "label": "Antal", "statistic": "antal", "decimals": 0},
        ],
        "rows": [{"id": "social", "label": "Social mentor", "statistic": "tekst", "decimals": 0}],
        "row_groups": [],
    }
    cells = [
        ("social", "opgaver", "tekst", "hjælp <i> hverdagen", "", "", "ok"),
        ("social", "antal", "antal", "12", "personer", "", "ok"),
    ]
    html = table_html(read_released(*write_released(tmp_path, contract, cells)))
    assert '<th scope="col" class="tekst">Opgaver</th>' in html
    assert (
        'class="tekst" data-adresse="social@opgaver tekst">Hjælp &lt;i&gt; hverdagen</td>' in html
    )
    assert '<td class="tal" data-adresse="social@antal antal">12</td>' in html


def test_a_spreadsheet_reads_the_numbers(table: Released) -> None:
    lines = table_for_spreadsheet(table).split("\r\n")
    assert lines[0] == ";Svar;Borgere: Gruppe A;Borgere: Gruppe B & C;Mentorer"
    assert lines[1] == "Klarer borgeren mere?;Ja;43,5;-0,3;–"
    assert lines[2] == "Klarer borgeren mere?;Nej;56,5;·;.."
    assert lines[5] == ";Grundlag;1234;80;"


def test_the_step_writes_both(paths: tuple[Path, Path], tmp_path: Path) -> None:
    outputs = {"html": tmp_path / "t.html", "csv": tmp_path / "t.csv"}
    step(Job("exhibits.table", {"csv": paths[0], "json": paths[1]}, outputs))
    assert outputs["html"].read_text(encoding="utf-8").startswith('<table class="resultat"')
    # Excel takes a file for UTF-8 only if it begins with a byte order mark.
    assert outputs["csv"].read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("statistic,", "statistik,", "its columns must be"),
        (",ok\n", ",fin\n", "line 2: status must be one of"),
        ("klare.nej,a", "klare.ja,a", "line 5: the cell “klare.ja@a andel” stands twice"),
    ],
)
def test_a_file_that_is_no_released_table_is_refused(
    paths: tuple[Path, Path], old: str, new: str, message: str
) -> None:
    paths[0].write_text(paths[0].read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PlainError, match=message):
        read_cells(paths[0])


def test_a_cell_outside_the_contract_is_refused(paths: tuple[Path, Path]) -> None:
    text = paths[0].read_text(encoding="utf-8").replace("heraf,a", "resten,a")
    paths[0].write_text(text, encoding="utf-8")
    with pytest.raises(PlainError, match="“resten@a andel” has no place"):
        read_released(*paths)


def test_tables_need_neither_altair_nor_pandas() -> None:
    code = (
        "import sys, evalrapport.exhibits.table, evalrapport.exhibits.values;"
        "print({'altair', 'pandas', 'numpy', 'vl_convert'} & set(sys.modules))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "set()"


def test_an_interval_travels_with_its_cell_and_a_hidden_one_has_none(tmp_path: Path) -> None:
    cells = [
        ("klare.ja", "a", "andel", "43.5", "pct", "1234", "ok", "40.7", "46.3"),
        ("klare.ja", "b", "andel", "", "pct", "", "suppressed"),
    ]
    html = table_html(read_released(*write_released(tmp_path, CONTRACT, cells)))
    assert 'data-n="1234" data-interval="40,7; 46,3">43,5</td>' in html
    assert html.count("data-interval") == 1


def test_a_suppressed_cell_is_printed_with_the_contracts_own_sign() -> None:
    from evalrapport.exhibits.printed import cell_for_spreadsheet, cell_text
    from evalrapport.exhibits.released import Cell

    hidden = Cell("kommune_563", "antal", "antal", status="suppressed")
    absent = Cell("kommune_563", "antal", "antal", status="not_published")
    assert cell_text(hidden, 0) == "·"
    assert cell_text(hidden, 0, ".") == "."  # as STAR's note prints it
    assert cell_for_spreadsheet(hidden, 0, ".") == "."
    assert cell_text(absent, 0, ".") == ".."
