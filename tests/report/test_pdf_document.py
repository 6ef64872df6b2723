"""The PDF: what stands in it, how it is tagged, and that it is the same every time."""

from __future__ import annotations

import pypdf
import pytest
from tests.report.conftest import as_published, book_job, with_a_wide_table, with_bindings

from evalrapport.errors import PlainError
from evalrapport.report import typst_pdf
from evalrapport.report.workspace import workspace


def words(page):
    """The page's text without the joiners that Typst sets between digits."""
    return page.extract_text().replace("\u2060", "")


@pytest.fixture(scope="module")
def reader(pdf):
    return pypdf.PdfReader(pdf)


@pytest.fixture(scope="module")
def pages(reader):
    return [" ".join(words(page).split()) for page in reader.pages]


def test_every_page_says_that_the_data_are_synthetic(pages):
    assert len(pages) >= 8
    for page in pages:
        assert "Syntetiske data – ingen personer bag tallene" in page


def test_published_pages_are_discreet(tmp_path):
    path = tmp_path / "p.pdf"
    with workspace(with_bindings(tmp_path / "b", as_published)) as work:
        typst_pdf.write_pdf(work, path)
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    assert "yntetisk" not in text
    assert "Offentliggjorte tal fra SFI 15:10" in text


def test_title_language_date_and_tags(reader):
    assert reader.metadata.title == "Prøverapport om vejledning"
    catalog = reader.trailer["/Root"]
    assert catalog["/Lang"].lower().startswith("da")
    assert catalog["/MarkInfo"]["/Marked"]
    assert reader.metadata["/CreationDate"].startswith("D:20261123")
    assert b"pdfuaid:part" in reader.xmp_metadata.stream.get_data()


def bookmarks(outline):
    for entry in outline:
        if isinstance(entry, list):
            yield from bookmarks(entry)
        else:
            yield " ".join(entry.title.split())


def test_bookmarks(reader):
    found = list(bookmarks(reader.outline))
    for title in ("Resumé", "1 Baggrund", "2.1 Forløb over tid", "Bilag 1 Metode i detaljer"):
        assert title in found


def test_text_tables_and_references(pages):
    text = " ".join(pages)
    for expected in (
        "Indhold",
        "Tabel 2.1 Personer efter forsørgelse",
        "Figur 2.1 Beskæftigelse efter start",
        "Tabel B1.1 Tidsforbrug i ord",
        "812.345",
        "Albæk m.fl., 2012; Bloggs og Doe, 2004",
        "Påstanden holder ikke",
        "Resultatet indgår ikke i denne udgave: Aktiv indsats.",
    ):
        assert expected in text, expected
    assert "skjult af hensyn" not in text


def test_no_english_from_the_tools(pages):
    text = " ".join(pages)
    for word in ("Contents", "Table", "Figure", "Source", "References", "Section"):
        assert word not in text


def test_only_our_fonts(reader):
    names = set()
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            names.add(font.get_object()["/BaseFont"])
    assert names
    assert all("IBMPlex" in name.replace(" ", "") for name in names)


def test_the_same_input_gives_the_same_bytes(pdf, tmp_path):
    with workspace(book_job()) as work:
        typst_pdf.write_pdf(work, tmp_path / "again.pdf")
    assert pdf.read_bytes() == (tmp_path / "again.pdf").read_bytes()


def test_bold_text_in_a_picture_names_the_semibold_family():
    svg = '<text font-family="IBM Plex Sans" font-weight="600">a</text><text font-weight="400">'
    assert 'font-family="IBM Plex Sans SmBld"' in typst_pdf.own_bold(svg)
    assert typst_pdf.own_bold(typst_pdf.own_bold(svg)) == typst_pdf.own_bold(svg)


# Pages that the layout makes depend on what the last try found: one more each time, without end.
RESTLESS = """
#context for _ in range(counter(page).final().first()) { pagebreak() }
"""
# The same, until the template is told to ask for no page.
RESTLESS_AT_FIRST = RESTLESS.replace("#context", '#if "floats" not in sys.inputs { context') + "}"


def test_a_layout_that_finds_no_rest_is_no_report(tmp_path):
    with workspace(book_job()) as work:
        with pytest.raises(PlainError, match="page numbers"):
            typst_pdf.compile_typst(work, typst_pdf.preamble(work) + RESTLESS, tmp_path / "r.pdf")
        text = typst_pdf.preamble(work) + RESTLESS_AT_FIRST
        typst_pdf.compile_typst(work, text, tmp_path / "r.pdf")
    assert len(pypdf.PdfReader(tmp_path / "r.pdf").pages) < 5


def test_no_page_is_empty_after_a_table_that_lies_down_at_the_end_of_a_chapter(tmp_path):
    job = with_a_wide_table(tmp_path / "b")
    chapter = tmp_path / "b" / "bilag.qmd"
    text = chapter.read_text(encoding="utf-8")
    last = text.index(":::\n", text.index("Tidsforbrug i ord")) + len(":::\n")
    chapter.write_text(text[:last], encoding="utf-8")
    order = tmp_path / "b" / "_quarto.yml"
    after = "    - litteraturliste.qmd\n"
    text = order.read_text(encoding="utf-8").replace(after, "", 1)
    appendix = "    - bilag.qmd\n"
    order.write_text(text.replace(appendix, appendix + after, 1), encoding="utf-8")
    with workspace(job) as work:
        typst_pdf.write_pdf(work, tmp_path / "w.pdf")
    pages = pypdf.PdfReader(tmp_path / "w.pdf").pages
    lies = [page.mediabox.width > page.mediabox.height for page in pages]
    assert lies.count(True) == 1
    assert "Litteratur" in words(pages[lies.index(True) + 1])


def flat(outline):
    for entry in outline:
        yield from flat(entry) if isinstance(entry, list) else [entry]


def test_page_numbers_in_the_contents_are_those_of_the_pages(reader, pages):
    contents = pages[1]
    found = {
        " ".join(entry.title.split()): reader.get_destination_page_number(entry) + 1
        for entry in flat(reader.outline)
    }
    listed = {title: n for title, n in found.items() if f"{title} {n} " in f"{contents} "}
    assert {"Resumé", "2.1 Forløb over tid", "Bilag 1 Metode i detaljer"} <= set(listed)
    assert all(pages[n - 1].endswith(f" {n}") for n in listed.values())
