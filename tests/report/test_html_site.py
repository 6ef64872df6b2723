"""The site: pages, links, what every page says, and nothing from elsewhere."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.report.conftest import as_published, book_job, build_site, with_bindings

from evalrapport.errors import PlainError

PAGES = ["index", "resume", "01-baggrund", "02-beskrivelse", "litteraturliste", "bilag"]
EXTENSION = Path("report/_extensions/evalrapport")


def read(site: Path, page: str) -> str:
    return (site / f"{page}.html").read_text(encoding="utf-8")


class Outline(HTMLParser):
    """Landmarks, headings, ids and links of a page, and the words that are seen or heard."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.silent = 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if found.get("id"):
            self.ids.append(found["id"])
        if tag in ("a", "link", "script", "img"):
            self.links += [found[name] for name in ("href", "src") if found.get(name)]
        self.words += [found[name] for name in ("aria-label", "title", "alt") if found.get(name)]
        self.silent += tag in ("script", "style")

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style")

    def handle_data(self, data):
        if not self.silent:
            self.words.append(data)


def test_one_page_per_file_with_its_chapter(site):
    assert sorted(path.stem for path in site.glob("*.html")) == sorted(PAGES)
    assert '<span class="nummer">2</span> Beskrivelse</h1>' in read(site, "02-beskrivelse")
    assert '<span class="nummer">Bilag 1</span> Metode i detaljer</h1>' in read(site, "bilag")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_that_the_data_are_synthetic(site, page):
    assert 'class="statusbaand"' in read(site, page)
    assert "Syntetiske data – ingen personer bag tallene" in read(site, page)


def test_published_pages_have_a_line_but_no_band(tmp_path):
    page = read(build_site(with_bindings(tmp_path / "b", as_published), tmp_path / "s"), "index")
    assert "statusbaand" not in page
    assert "Offentliggjorte tal fra SFI 15:10" in page
    assert "yntetisk" not in page


def test_links_and_assets_are_there(site):
    ids = {page: set(Outline(read(site, page)).ids) for page in PAGES}
    for page in PAGES:
        for link in Outline(read(site, page)).links:
            if link.startswith(("https://example.org", "data:", "lille.")):
                continue
            assert not re.match(r"[a-z]+:|//", link), f"{page} points outside: {link}"
            file, _, fragment = link.partition("#")
            assert not file or (site / file).is_file(), f"{page}: {link}"
            if fragment:
                assert fragment in ids[Path(file).stem if file else page], f"{page}: {link}"


def test_nothing_is_fetched_from_the_net(site):
    for path in (site / "assets").glob("*.css"):
        assert "http" not in path.read_text(encoding="utf-8")
    script = (site / "assets/evalrapport.js").read_text(encoding="utf-8")
    assert "fetch(" not in script
    assert "http" not in script


def test_references_across_pages(site):
    assert 'href="bilag.html#sec-bilag-metode"' in read(site, "01-baggrund")
    assert 'href="litteraturliste.html#ref-albaek2012"' in read(site, "01-baggrund")
    assert 'href="#fig-forloeb"' in read(site, "02-beskrivelse")


@pytest.mark.parametrize("page", PAGES)
def test_landmarks_headings_and_ids(site, page):
    outline = Outline(read(site, page))
    assert '<html lang="da">' in read(site, page)
    for landmark in ("main", "nav", "header", "footer"):
        assert landmark in outline.tags
    assert outline.headings.count(1) == 1
    steps = [b - a for a, b in zip(outline.headings, outline.headings[1:], strict=False)]
    assert all(step <= 1 for step in steps)
    assert len(outline.ids) == len(set(outline.ids))
    assert 'href="#indhold"' in read(site, page)


@pytest.mark.parametrize("page", PAGES)
def test_no_english_from_the_tools(site, page):
    words = " ".join(Outline(read(site, page)).words)
    english = (
        r"\b(Table|Figure|Source|References|Footnotes?|Contents|Next|Previous|Search|the|and)\b"
    )
    assert re.findall(english, words.replace("Guidance and Work", "")) == []


def test_tables_carry_their_meaning(site):
    page = read(site, "02-beskrivelse")
    assert '<figure id="tbl-ydelse" class="tabel">' in page
    assert '<span class="nummer">Tabel 2.1</span>' in page
    assert 'scope="colgroup"' in page
    assert 'scope="row"' in page


def test_a_figure_has_text_numbers_and_spec(site):
    page = read(site, "02-beskrivelse")
    assert 'role="img" aria-label="To kurver stiger' in page
    assert "<summary>Tal bag figuren</summary>" in page
    assert 'download="forloeb.csv"' in page
    assert '<th scope="col">Overskrift</th>' not in page  # an empty column is left out
    spec = re.search(r'class="figurspecifikation">(.*?)</script>', page, re.DOTALL)
    assert json.loads(spec[1])["mark"]


def test_notes_stand_at_the_foot_of_the_page(site):
    page = read(site, "01-baggrund")
    assert page.count('class="noter"') == 1
    assert page.index("<h2>Noter</h2>") > page.index("et-underafsnit")
    assert 'aria-label="Tilbage til teksten"' in page


def test_bound_numbers_can_be_marked_by_a_key(site):
    page = read(site, "02-beskrivelse")
    assert 'class="vis-kilder" aria-pressed="false" aria-keyshortcuts="k"' in page
    assert 'data-tabel="Tabel 2.1"' in page


def test_documents_beside_the_site_are_linked(site):
    assert 'href="lille.pdf"' in read(site, "index")
    assert 'href="lille.docx"' in read(site, "index")


def test_the_same_input_gives_the_same_bytes(site, tmp_path):
    again = build_site(book_job(), tmp_path / "again")
    files = sorted(path.relative_to(site) for path in site.rglob("*") if path.is_file())
    assert files == sorted(p.relative_to(again) for p in again.rglob("*") if p.is_file())
    for file in files:
        assert (site / file).read_bytes() == (again / file).read_bytes(), file


def test_an_unknown_work_stops_the_build(tmp_path):
    job = with_bindings(tmp_path / "b", lambda bindings: None)
    chapter = tmp_path / "b" / "resume.qmd"
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\nJf. @ukendt1999.\n")
    with pytest.raises(PlainError, match="ukendt1999"):
        build_site(job, tmp_path / "s")


def test_a_file_that_is_not_declared_cannot_be_read(tmp_path):
    job = with_bindings(tmp_path / "b", lambda bindings: None)
    (tmp_path / "b" / "exhibits" / "tables" / "ydelse.html").unlink()
    with pytest.raises(PlainError, match="ydelse"):
        build_site(job, tmp_path / "s")


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        ("ink", "paper"),
        ("muted", "paper"),
        ("muted", "wash"),
        ("link", "paper"),
        ("treated", "paper"),
        ("comparison", "paper"),
        ("warning_ink", "warning_fill"),
    ],
)
def test_contrast(ink, paper):
    palette = json.loads((EXTENSION / "palette.json").read_text(encoding="utf-8"))
    lighter, darker = sorted((luminance(palette[ink]), luminance(palette[paper])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_the_pages_use_the_colours_of_the_palette():
    palette = json.loads((EXTENSION / "palette.json").read_text(encoding="utf-8"))
    css = (EXTENSION / "evalrapport.css").read_text(encoding="utf-8")
    tokens = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+);", css))
    names = (
        {"accent": "treated"}
        | {name: name.replace("-", "_") for name in tokens}
        | {"accent": "treated"}
    )
    for token, value in tokens.items():
        if token == "paper":
            assert value in ("#fff", "#ffffff")
        else:
            assert palette[names[token]] == value, token
