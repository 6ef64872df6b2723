"""The PDF's tags, walked from the root: headings in order, headers of tables, texts of figures.

Rows have no header cells of their own: Typst can tag them only behind a switch (a11y-extras) that
its Python package doesn't offer, so a row's label is its first cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest

BUILT = sorted(Path("build/report").glob("*/*.pdf"))
Element = Any


def children(element: Element) -> Iterator[Element]:
    """The structure elements right below one (not the marks of content)."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object() if hasattr(kid, "get_object") else kid
        if hasattr(found, "get") and found.get("/S"):
            yield found


def walked(element: Element) -> Iterator[Element]:
    """Every structure element, in reading order."""
    for child in children(element):
        yield child
        yield from walked(child)


def of_kind(root: Element, *kinds: str) -> list[Element]:
    """The structure elements of some kinds."""
    return [one for one in walked(root) if one["/S"] in kinds]


def attributes(element: Element) -> dict[str, Any]:
    """The table attributes of a cell."""
    found = element.get("/A", [])
    every = [one.get_object() for one in (found if isinstance(found, list) else [found])]
    return {k: v for one in every if one.get("/O") == "/Table" for k, v in one.items()}


def tree(path: Path) -> tuple[pypdf.PdfReader, Element]:
    reader = pypdf.PdfReader(path)
    return reader, reader.trailer["/Root"]["/StructTreeRoot"]


def check(path: Path) -> None:
    """What PDF/UA-1 asks of titles, language, headings, figures and tables."""
    reader, root = tree(path)
    catalog = reader.trailer["/Root"]
    assert catalog["/Lang"].lower().startswith("da")
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in reader.xmp_metadata.stream.get_data()
    headings(root)
    for figure in of_kind(root, "/Figure"):
        assert len(figure.get("/Alt", "")) > 20, "a picture without words"
    for table in of_kind(root, "/Table"):
        headers(table)


def headings(root: Element) -> None:
    """Headings begin at the top and go down one level at a time."""
    levels = [int(one["/S"][2:]) for one in of_kind(root, "/H1", "/H2", "/H3", "/H4")]
    assert levels
    before = 0
    for level in levels:
        assert level <= before + 1 or before == 0, levels
        before = level


def headers(table: Element) -> None:
    """Every column has a header with a scope, and every cell below points at its headers."""
    heads = of_kind(table, "/TH")
    assert heads
    assert all(attributes(one).get("/Scope") in ("/Column", "/Both", "/Row") for one in heads)
    named = {one["/ID"] for one in heads if "/ID" in one}
    (body,) = of_kind(table, "/TBody")
    for row in of_kind(body, "/TR"):
        assert list(children(row)), "an empty row"
        for cell in of_kind(row, "/TD"):
            assert set(attributes(cell).get("/Headers", [])) <= named


def test_the_small_book(pdf: Path) -> None:
    _, root = tree(pdf)
    assert len(of_kind(root, "/Table")) == 2
    assert of_kind(root, "/Figure")
    check(pdf)


def test_cells_of_numbers_point_at_the_headers_over_them(pdf: Path) -> None:
    _, root = tree(pdf)
    table = max(of_kind(root, "/Table"), key=lambda one: len(of_kind(one, "/TH")))
    cells = [len(attributes(one).get("/Headers", [])) for one in of_kind(table, "/TD")]
    assert max(cells) >= 2  # a spanning header and the column's own


@pytest.mark.skipif(not BUILT, reason="no report has been built; `make report` first")
@pytest.mark.parametrize("path", BUILT, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_report_that_was_built(path: Path) -> None:
    check(path)
