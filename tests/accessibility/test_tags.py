"""The PDF's tags, walked from the root: headings in order, headers of tables, texts of figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest

from evalrapport.errors import PlainError
from evalrapport.report.pdf_row_headers import tagged

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
    named = ids(root)
    assert all(one.get_object()["/ID"] == name for name, one in named.items())
    for table in of_kind(root, "/Table"):
        headers(table, set(named))


def headings(root: Element) -> None:
    """Headings begin at the top and go down one level at a time."""
    levels = [int(one["/S"][2:]) for one in of_kind(root, "/H1", "/H2", "/H3", "/H4")]
    assert levels
    before = 0
    for level in levels:
        assert level <= before + 1 or before == 0, levels
        before = level


def headers(table: Element, named: set[str]) -> None:
    """Columns and rows have headers with a scope; every cell names those that it stands under."""
    (head,), bodies = of_kind(table, "/THead"), of_kind(table, "/TBody")
    columns = of_kind(head, "/TH")
    assert columns
    assert all(attributes(one)["/Scope"] == "/Column" for one in columns)
    assert all(list(children(one)) or one["/K"] for one in columns), "an empty header"
    known = {one["/ID"] for one in of_kind(table, "/TH")}
    assert known <= named, "a header that the tree of ids doesn't know"
    group: set[str] = set()
    for row in (row for body in bodies for row in of_kind(body, "/TR")):
        label, *cells = children(row)
        assert label["/S"] == "/TH"
        assert attributes(label)["/Scope"] == "/Row"
        if not cells:
            group = {label["/ID"]}
        under = group & set(attributes(label)["/Headers"])
        for cell in cells:
            assert cell["/S"] == "/TD"
            over = set(attributes(cell)["/Headers"])
            assert {label["/ID"]} | under <= over <= known
            assert over & {one["/ID"] for one in columns}, "a cell under no column"


def ids(root: Element) -> dict[str, Element]:
    """The elements that the tree of ids names."""
    names = root.get("/IDTree", {}).get("/Names", [])
    assert names[::2] == sorted(names[::2])
    return dict(zip(names[::2], names[1::2], strict=True))


def test_the_small_book(pdf: Path) -> None:
    _, root = tree(pdf)
    assert len(of_kind(root, "/Table")) == 2
    assert of_kind(root, "/Figure")
    check(pdf)


def test_cells_of_numbers_point_at_the_headers_over_them(pdf: Path) -> None:
    _, root = tree(pdf)
    table = max(of_kind(root, "/Table"), key=lambda one: len(of_kind(one, "/TH")))
    cells = [len(attributes(one).get("/Headers", [])) for one in of_kind(table, "/TD")]
    assert max(cells) >= 3  # a spanning header, the column's own and the row's


def test_rows_under_a_group_name_it(pdf: Path) -> None:
    _, root = tree(pdf)
    rows = [list(children(row)) for body in of_kind(root, "/TBody") for row in of_kind(body, "/TR")]
    groups = [row[0]["/ID"] for row in rows if len(row) == 1]
    under = [row for row in rows if len(row) > 1 and groups[0] in attributes(row[1])["/Headers"]]
    assert under
    assert all(groups[0] in attributes(row[0])["/Headers"] for row in under)
    assert len(under) < len(rows) - len(groups)  # the total stands under no group


def test_a_pdf_of_another_form_is_refused(pdf: Path) -> None:
    with pytest.raises(PlainError, match="can't be tagged: 2 tables for 1"):
        tagged(pdf.read_bytes(), "// rows: ...\n")
    with pytest.raises(PlainError, match="no plain cross-reference table"):
        tagged(b"%PDF-1.7\nstartxref\n0\n%%EOF", "// rows: ...\n")


@pytest.mark.skipif(not BUILT, reason="no report has been built; `make report` first")
@pytest.mark.parametrize("path", BUILT, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_report_that_was_built(path: Path) -> None:
    check(path)
