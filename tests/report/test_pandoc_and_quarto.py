"""Which renderer is chosen; and that Quarto and Pandoc print the same report."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path

import docx as python_docx
import pypdf
import pytest
from tests.report.conftest import BOOK, book_job
from tests.report.test_html_site import Outline

from evalrapport.errors import PlainError
from evalrapport.report import pandoc, quarto, renderer
from evalrapport.report.book import read_book
from evalrapport.report.workspace import workspace

needs_quarto = pytest.mark.skipif(
    shutil.which("quarto") is None, reason="quarto is not on PATH; Pandoc renders instead"
)


@pytest.mark.parametrize(
    ("version", "setting", "chosen"),
    [
        (None, "auto", "pandoc"),
        ((1, 8, 26), "auto", "pandoc"),
        ((1, 9, 0), "auto", "quarto"),
        ((1, 11, 2), "auto", "quarto"),
        ((1, 11, 2), "pandoc", "pandoc"),
        ((1, 9, 1), "quarto", "quarto"),
    ],
)
def test_the_renderer_is_chosen_and_named(monkeypatch, capsys, version, setting, chosen):
    monkeypatch.setattr(renderer, "quarto_version", lambda: version)
    assert renderer.choose(setting) == chosen
    assert chosen.capitalize() in capsys.readouterr().err


@pytest.mark.parametrize("version", [None, (1, 7)])
def test_a_forced_quarto_that_is_missing_stops(monkeypatch, version):
    monkeypatch.setattr(renderer, "quarto_version", lambda: version)
    with pytest.raises(PlainError, match="renderer: quarto"):
        renderer.choose("quarto")


def test_a_book_lists_its_files_in_order():
    book = read_book(BOOK / "_quarto.yml")
    assert book.files[0] == "index.qmd"
    assert book.files[-1] == "bilag.qmd"
    assert book.title == "Prøverapport om vejledning"


def test_a_missing_chapter_is_named(tmp_path):
    (tmp_path / "_quarto.yml").write_text("book: {title: T, chapters: [index.qmd, væk.qmd]}")
    (tmp_path / "index.qmd").write_text("# T")
    with pytest.raises(PlainError, match=r"væk\.qmd"):
        read_book(tmp_path / "_quarto.yml")


def test_footnotes_of_two_chapters_may_share_a_name():
    assert pandoc.own_footnotes("A[^1]\n\n[^1]: B", "et") == "A[^et-1]\n\n[^et-1]: B"


def test_a_title_in_the_front_matter_becomes_the_heading():
    assert pandoc.without_front_matter("---\ntitle: Om noget\n---\n\nTekst\n").startswith(
        "# Om noget\n"
    )


def test_the_workspace_holds_only_what_was_declared():
    with workspace(book_job()) as work:
        kept = {path.relative_to(work.folder).parts[0] for path in work.folder.rglob("*")}
        folder = work.folder
    assert {"_extensions", "exhibits", "bindings.json", "_quarto.yml"} <= kept
    assert "src" not in kept
    assert not folder.exists()


def words(page: str) -> list[str]:
    """Headings, captions, cells and paragraphs of a page, in order, as a reader sees them."""
    page = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    found = re.findall(r"<(h[1-6]|figcaption|th|td|p)\b[^>]*>(.*?)</\1>", page, flags=re.DOTALL)
    return [" ".join(unescape(re.sub(r"<[^>]+>", "", text)).split()) for _, text in found]


def body(page: str) -> list[str]:
    """The words of a page's own chapter."""
    main = re.search(r"<main.*</main>", page, re.DOTALL)
    kept = words(main.group())
    return [text for text in kept if text and text != "Noter"]


@pytest.fixture(scope="module")
def quarto_site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("quarto") / "site"
    with workspace(book_job()) as work:
        quarto.write_site(work, folder)
    return folder


@needs_quarto
@pytest.mark.parametrize("page", ["resume", "01-baggrund", "02-beskrivelse", "bilag"])
def test_both_sites_print_the_same(site, quarto_site, page):
    ours = body((site / f"{page}.html").read_text(encoding="utf-8"))
    theirs = body((quarto_site / f"{page}.html").read_text(encoding="utf-8"))
    assert [t for t in theirs if not t.endswith("↩︎")] == [t for t in ours if not t.endswith("↩︎")]


@needs_quarto
def test_quarto_pages_point_to_each_other(quarto_site):
    page = (quarto_site / "01-baggrund.html").read_text(encoding="utf-8")
    assert re.search(r'href="bilag\.html(#sec-bilag-metode)?" class="krydsref"', page)
    assert 'href="litteraturliste.html#ref-albaek2012"' in page
    assert "Syntetiske data – ingen personer bag tallene" in page


@needs_quarto
def test_the_front_page_leads_to_the_other_documents(site, quarto_site):
    ours, theirs = (
        re.search(r'<p class="statusforklaring">.*?(?=</div>)', text, re.DOTALL).group().split()
        for text in ((folder / "index.html").read_text("utf-8") for folder in (site, quarto_site))
    )
    assert theirs == ours
    assert {'href="lille.pdf">Rapporten', 'href="lille.docx">Rapporten'} <= set(ours)


@needs_quarto
def test_quarto_pages_hold_no_english_and_nothing_from_the_net(quarto_site):
    for path in quarto_site.glob("*.html"):
        outline = Outline(path.read_text(encoding="utf-8"))
        spoken = " ".join(outline.words).replace("Guidance and Work", "")
        assert re.findall(r"\b(?:[Tt]oggle|Next|Previous|Table|Contents|the|and)\b", spoken) == []
        outside = [link for link in outline.links if re.match(r"https?:|//", link)]
        assert set(outside) <= {"https://example.org/"}


@needs_quarto
def test_both_pdfs_print_the_same(pdf, tmp_path):
    path = tmp_path / "q.pdf"
    with workspace(book_job()) as work:
        quarto.write_pdf(work, path)
    ours, theirs = (
        [page.extract_text() for page in pypdf.PdfReader(file).pages] for file in (pdf, path)
    )
    assert theirs == ours


@needs_quarto
def test_both_word_documents_print_the_same(word, tmp_path):
    path = tmp_path / "q.docx"
    with workspace(book_job()) as work:
        quarto.write_docx(work, path)
    ours, theirs = (
        [(p.style.name, p.text) for p in python_docx.Document(file).paragraphs if p.text]
        for file in (word, path)
    )
    assert theirs == ours
