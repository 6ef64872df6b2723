"""The one-page summary: a page on paper, one file on screen, its numbers bound like all others."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pypdf
import pytest
from tests.report.conftest import BOOK, book_job

from evalrapport.errors import PlainError
from evalrapport.report import overblik
from evalrapport.report.workspace import workspace

TEXT = """# Alt på én side {#sec-overblik .unnumbered}

## Hvem? {#sec-overblik-hvem .unnumbered}

Andelen er {{< tal ydelse kontanthjaelp@2012 andel >}}.

::: {#fig-overblik}
{{< figur forloeb >}}

Beskæftigelse. Procent.
:::
"""


def made(folder: Path, text: str = TEXT) -> tuple[Path, Path]:
    """The two documents of a summary beside the small book."""
    shutil.copytree(BOOK, folder / "book")
    (folder / "book" / overblik.FILE).write_text(text, encoding="utf-8")
    pdf, html = folder / "o.pdf", folder / "o.html"
    with workspace(book_job(folder / "book")) as work:
        own = overblik.own_workspace(work)
        overblik.write_pdf(own, pdf)
        overblik.write_html(own, html)
    return pdf, html


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return made(tmp_path_factory.mktemp("overblik"))


def test_it_is_one_page_with_its_own_title_and_tags(documents) -> None:
    reader = pypdf.PdfReader(documents[0])
    assert len(reader.pages) == 1
    assert reader.metadata.title == "Alt på én side"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    text = " ".join(reader.pages[0].extract_text().replace("\u2060", "").split())
    for words in ("Syntetiske data", "Andelen er 78,4 pct.", "Figur 1 Beskæftigelse. Procent."):
        assert words in text


def test_the_file_needs_nothing_beside_it(documents) -> None:
    page = documents[1].read_text(encoding="utf-8")
    assert "78,4\u00a0pct." in page
    assert "<script" not in page
    outside = re.findall(r'(?:src|href)="([^"#][^"]*)"|url\("?([^)"]+)', page)
    assert all((one or other).startswith("data:") for one, other in outside), outside[:3]
    assert page.count("font/woff2") == len(overblik.FACES)


def test_more_than_a_page_stops_and_says_so(tmp_path: Path) -> None:
    long = TEXT + "\nEn sætning, der fylder en linje eller to i en spalte.\n" * 200
    with pytest.raises(PlainError, match="fylder mere end én side"):
        made(tmp_path, long)
