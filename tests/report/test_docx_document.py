"""The Word document: headings, captions, tables, bookmarks, header, and always the same bytes."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import docx as python_docx
import pytest
from tests.report.conftest import as_published, book_job, with_a_wide_table, with_bindings

from evalrapport.report import docx, docx_reference
from evalrapport.report.pandoc import executable
from evalrapport.report.workspace import workspace

EXTENSION = Path("report/_extensions/evalrapport")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def document(word):
    return python_docx.Document(word)


@pytest.fixture(scope="module")
def xml(word):
    with zipfile.ZipFile(word) as file:
        return file.read("word/document.xml").decode("utf-8")


def styled(document, style):
    return [" ".join(p.text.split()) for p in document.paragraphs if p.style.name == style]


def test_headings_are_real_and_numbered(document):
    found = styled(document, "Heading 1")
    assert found == [
        "Forord",
        "Resumé",
        "1 Baggrund",
        "2 Beskrivelse",
        "Litteraturliste",
        "Bilag 1 Metode i detaljer",
    ]
    assert "2.1 Forløb over tid" in styled(document, "Heading 2")


def test_captions_stand_above(document):
    captions = styled(document, "Caption")
    assert captions == [
        "Tabel 2.1 Personer efter forsørgelse. Særskilt for startår. Procent.",
        "Figur 2.1 Beskæftigelse efter start. Procent.",
        "Tabel B1.1 Tidsforbrug i ord.",
    ]


def test_contents_are_filled_in(document):
    assert styled(document, "TOC Heading") == ["Indhold"]
    assert "2 Beskrivelse" in styled(document, "toc 1")
    assert "2.1 Forløb over tid" in styled(document, "toc 2")


def test_tables_repeat_their_header_and_keep_their_numbers(document):
    first = document.tables[0]
    rows = first.rows
    assert rows[1].cells[1].text == "2012"
    assert [cell.text for cell in rows[3].cells] == ["Kontanthjælp & andet", "78,4", "81,0", "19,9"]
    headers = [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
    assert headers == [True, True, False, False, False, False, False]
    assert rows[3].cells[1].paragraphs[0].alignment == 2  # right
    assert "skjult" not in " ".join(cell.text for cell in rows[4].cells)


def test_every_page_says_that_the_data_are_synthetic(document):
    header = document.sections[0].header.paragraphs[0]
    assert header.text == "Syntetiske data – ingen personer bag tallene"
    assert header.style.name == "Datastatus"
    assert all(section.header.is_linked_to_previous for section in document.sections[1:])


def test_published_pages_are_discreet(tmp_path):
    with workspace(with_bindings(tmp_path / "b", as_published)) as work:
        docx.write_docx(work, tmp_path / "p.docx")
    found = python_docx.Document(tmp_path / "p.docx")
    header = found.sections[0].header.paragraphs[0]
    assert header.text == "Offentliggjorte tal fra SFI 15:10"
    assert header.style.name.lower() == "header"
    assert "yntetisk" not in " ".join(p.text for p in found.paragraphs)


def test_bookmarks_and_links(xml):
    names = re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', xml)
    assert len(names) == len(set(names))
    for expected in ("sec-beskrivelse", "tbl-ydelse", "fig-forloeb"):
        assert expected in names
    assert any(name.startswith("p-beskrivelse-") for name in names)
    for anchor in re.findall(r'w:anchor="([^"]+)"', xml):
        assert anchor in names


def test_pictures_have_text(xml):
    assert 'descr="To kurver stiger gennem 18 måneder' in xml
    assert "Picture" not in xml


def test_every_style_used_is_defined(word, xml):
    with zipfile.ZipFile(word) as file:
        styles = file.read("word/styles.xml").decode("utf-8")
    defined = set(re.findall(r'w:styleId="([^"]+)"', styles))
    used = set(re.findall(r'<w:(?:p|r|tbl)Style w:val="([^"]+)"', xml))
    assert used <= defined
    assert 'w:val="da-DK"' in styles
    assert "en-US" not in styles


def test_all_parts_are_well_formed(word):
    with zipfile.ZipFile(word) as file:
        for name in file.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(file.read(name))


def test_the_same_input_gives_the_same_bytes(word, tmp_path):
    with workspace(book_job()) as work:
        docx.write_docx(work, tmp_path / "again.docx")
    assert word.read_bytes() == (tmp_path / "again.docx").read_bytes()


def test_the_reference_file_is_what_its_script_makes():
    made = docx_reference.reference(EXTENSION)
    assert made == (EXTENSION / "reference.docx").read_bytes(), (
        "run python -m evalrapport.report.docx_reference"
    )


def test_a_wide_table_lies_down(tmp_path):
    job = with_a_wide_table(tmp_path / "b")
    with workspace(job) as work:
        docx.write_docx(work, tmp_path / "w.docx")
    sections = python_docx.Document(tmp_path / "w.docx").sections
    assert [s.page_width > s.page_height for s in sections] == [False, True, False]


def test_palette_reaches_the_styles():
    palette = json.loads((EXTENSION / "palette.json").read_text(encoding="utf-8"))
    with zipfile.ZipFile(EXTENSION / "reference.docx") as file:
        styles = file.read("word/styles.xml").decode("utf-8")
    assert palette["warning_fill"][1:].upper() in styles


def test_a_checker_of_ooxml_finds_nothing(word):
    checker = pytest.importorskip("openxml_audit", reason="the checker openxml-audit is missing")
    found = checker.OpenXmlValidator().validate(str(word))
    assert [str(error) for error in found.errors] == []


def test_a_long_heading_of_a_table_breaks_where_its_parts_meet(tmp_path: Path) -> None:
    """Word would otherwise break it anywhere, and without a hyphen."""
    lua = f"""
    package.path = "{(EXTENSION / "lua").resolve().as_posix()}/?.lua;" .. package.path
    local html = [[<table><tr><th>Kontanthjælpsmodtagere</th><th>Arbejdsmarkedsydelse</th>
      <th>Beskæftigelse</th></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>]]
    local grid = require("grid").from(pandoc.read(html, "html").blocks[1])
    for _, cell in ipairs(grid.head[1].cells) do
      local runs = require("docx_table").runs(cell.content):gsub("<w:softHyphen/>", "¬")
      print((runs:gsub("<[^>]*>", "")))
    end
    """
    script = tmp_path / "headings.lua"
    script.write_text(lua, encoding="utf-8")
    command = [executable(), "lua", str(script)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [
        "Kontanthjælps¬modtagere",
        "Arbejds¬markedsydelse",
        "Beskæftigelse",
    ]


@pytest.mark.parametrize(
    ("word", "broken"),
    [
        ("uddannelsesinstitution", "uddannelses¬institution"),
        ("partnerskabsaftaler", "partnerskabs¬aftaler"),
        ("sammenligningsgrupper", "sammenlignings¬grupper"),
        ("virksomhedskonsulent", "virksomheds¬konsulent"),
        ("kontaktoplysninger", "kontaktoplysninger"),
        ("kvasieksperimentet", "kvasieksperimentet"),
        ("psykiatri-/voksenhandicapenhed", "psykiatri-/|voksenhandicapenhed"),
    ],
)
def test_long_words_break_between_their_parts_only(tmp_path: Path, word: str, broken: str) -> None:
    script = tmp_path / "word.lua"
    script.write_text(
        f"""
        package.path = "{(EXTENSION / "lua").resolve().as_posix()}/?.lua;" .. package.path
        local inlines = pandoc.Inlines({{ pandoc.Str("{word}") }})
        local done = pandoc.utils.stringify(require("word_breaks").apply(inlines))
        print((done:gsub("\\u{{AD}}", "¬"):gsub("\\u{{200B}}", "|")))
        """,
        encoding="utf-8",
    )
    command = [executable(), "lua", str(script)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == broken
