"""Labels of rows and of groups of rows as header cells in the PDF's tags.

Typst tags the cells of a table's head as headers (TH), and those of headings within it, which a
group's label is, but for all rows down to the next one. The labels of rows it can tag only behind a
switch (a11y-extras) that its Python package doesn't offer. So they are tagged here, in the bytes
that Typst wrote: its objects are plain text between the offsets of one cross-reference table. What
each row is, the filter notes in the Typst text, one letter a row: `g` a label over the rows that
follow, `u` a row under such a label, `.` any other.

Each label gets an id, a scope and a place in the tree of ids, and each cell names its row's label
and its group's beside the headers over it (ISO 32000-1, 14.8.5.7; PDF/UA-1, 7.5). An empty corner
of the head is no header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evalrapport.errors import PlainError

NOTED = re.compile(r"^\s*// rows: ([gu.]*)$", re.MULTILINE)
ENTRY = re.compile(rb"(\d{10}) (\d{5}) n")
KIDS = re.compile(rb"/K\[([^\]]*)\]")
REFERENCE = re.compile(rb"(\d+) 0 R")
ID = re.compile(rb"/ID\(([^)]*)\)")
PARENT = re.compile(rb"/P \d+ 0 R")
HEADERS = re.compile(rb"/O/Table((?:/Scope/\w+)?)/Headers\[([^\]]*)\]")
TREE = re.compile(rb"/IDTree<</Names\[([^\]]*)\]>>")
NAMED = re.compile(rb"\(([^)]*)\)(\d+) 0 R")
SPAN = re.compile(rb"/ColSpan (\d+)")
PLACE = re.compile(rb"x(\d+)y")
UNKNOWN = "Typst wrote a PDF of an unknown form; the tables' row labels can't be tagged: {why}."


def tagged(pdf: bytes, typst: str) -> bytes:
    """A PDF from Typst whose row labels are header cells; unchanged where there is no table.

    Raises:
        PlainError: the PDF is not of the form that Typst 0.15 writes.
    """
    notes = NOTED.findall(typst)
    if not notes:
        return pdf
    file = opened(pdf)
    tables = sorted(file.of_kind(b"Table"), key=lambda number: number_of_table(file, number))
    if len(tables) != len(notes):
        raise PlainError(UNKNOWN.format(why=f"{len(tables)} tables for {len(notes)}"))
    for table, kinds in zip(tables, notes, strict=True):
        tag_table(file, table, kinds)
    return file.written()


@dataclass
class File:
    """A PDF as its objects' bytes, in the order of the file; `gone` and `new` are changed ids."""

    head: bytes
    objects: dict[int, bytes]
    trailer: bytes
    gone: set[bytes]
    new: dict[bytes, int]

    def of_kind(self, kind: bytes) -> list[int]:
        """The numbers of the structure elements of a kind."""
        mark = b"/Type/StructElem/S/" + kind + b"/"
        return [number for number, text in self.objects.items() if mark in text[:80]]

    def kids(self, number: int, kind: bytes = b"") -> list[int]:
        """The numbers of an element's kids, of a kind if one is named."""
        found = KIDS.search(self.objects[number])
        kids = [int(one) for one in REFERENCE.findall(found.group(1))] if found else []
        return [kid for kid in kids if b"/StructElem/S/" + kind in self.objects[kid][:80]]

    def set_kids(self, number: int, kids: list[int]) -> None:
        """Give an element these elements as its kids."""
        inside = b"/K[" + b" ".join(b"%d 0 R" % kid for kid in kids) + b"]"
        self.objects[number] = KIDS.sub(lambda _: inside, self.objects[number], count=1)

    def written(self) -> bytes:
        """The bytes, with the tree of ids and the cross-reference table as they now are."""
        self.objects = {number: self.with_ids(text) for number, text in self.objects.items()}
        parts, offsets, at = [self.head], {}, len(self.head)
        for number, text in self.objects.items():
            offsets[number] = at
            parts.append(text)
            at += len(text)
        rows = b"".join(b"%010d 00000 n\r\n" % offsets[number] for number in sorted(offsets))
        table = b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(offsets) + 1) + rows
        return b"".join(parts) + table + self.trailer + b"startxref\n%d\n%%%%EOF" % at

    def with_ids(self, text: bytes) -> bytes:
        """An object with the tree of ids changed, if it holds that."""
        if b"/IDTree" not in text:
            return text

        def changed(match: re.Match[bytes]) -> bytes:
            names = {name: int(number) for name, number in NAMED.findall(match.group(1))}
            kept = {name: n for name, n in (names | self.new).items() if name not in self.gone}
            inside = b"".join(b"(%s)%d 0 R" % (name, kept[name]) for name in sorted(kept))
            return b"/IDTree<</Names[" + inside + b"]>>"

        return TREE.sub(changed, text)


def opened(pdf: bytes) -> File:
    """The objects of a PDF with one plain cross-reference table."""
    start = int(pdf[pdf.rfind(b"startxref") + 9 :].split()[0])
    end = pdf.find(b"trailer", start)
    if pdf[start : start + 4] != b"xref" or end < 0 or not TREE.search(pdf):
        raise PlainError(UNKNOWN.format(why="no plain cross-reference table or tree of ids"))
    entries = ENTRY.findall(pdf[start:end])
    order = sorted((int(offset), number) for number, (offset, _) in enumerate(entries, 1))
    stops = [offset for offset, _ in order[1:]] + [start]
    objects = {n: pdf[at:stop] for (at, n), stop in zip(order, stops, strict=True)}
    return File(pdf[: order[0][0]], objects, pdf[end : pdf.rfind(b"startxref")], set(), {})


def number_of_table(file: File, table: int) -> int:
    """The number that Typst gave a table, from the id of its first header cell: U12x0y0."""
    for cell in cells_of(file, table, b"THead"):
        found = re.search(rb"/ID\(U(\d+)x", file.objects[cell])
        if found:
            return int(found.group(1))
    raise PlainError(UNKNOWN.format(why="a table without header cells"))


def rows_of(file: File, table: int, part: bytes) -> Iterator[list[int]]:
    """The cells of each row in a part of a table."""
    for section in file.kids(table, part):
        for row in file.kids(section, b"TR"):
            yield file.kids(row)


def cells_of(file: File, table: int, part: bytes) -> list[int]:
    """All cells in a part of a table."""
    return [cell for row in rows_of(file, table, part) for cell in row]


def tag_table(file: File, table: int, kinds: str) -> None:
    """Tag the labels of a table's rows, and let its cells name them."""
    first_label_to_body(file, table, kinds)
    head, rows = list(rows_of(file, table, b"THead")), list(rows_of(file, table, b"TBody"))
    if len(rows) != len(kinds):
        raise PlainError(UNKNOWN.format(why=f"{len(rows)} rows for {len(kinds)}"))
    empty_corners(file, head)
    over = columns_of(file, head)
    number, depth = number_of_table(file, table), len(head)
    group: list[bytes] = []
    for at, (kind, (label, *cells)) in enumerate(zip(kinds, rows, strict=True)):
        name = b"U%dx0y%d" % (number, depth + at)
        above = [] if kind == "g" else [*over.get(0, []), *(group if kind == "u" else [])]
        group = [name] if kind == "g" else group if kind == "u" else []
        own = group if kind == "g" else [*group, name]
        for cell, place in places_of(file, [label, *cells])[1:]:
            plain_again(file, cell)
            names = [*over.get(place, []), *own]
            file.objects[cell] = with_headers(file.objects[cell], b"", names)
        file.objects[label] = as_header(file.objects[label], name, above)
        file.new[name] = label


def first_label_to_body(file: File, table: int, kinds: str) -> None:
    """A group's label that comes first in the body lies in Typst's head: move it to the body."""
    (head,), bodies = file.kids(table, b"THead"), file.kids(table, b"TBody")
    if kinds[:1] != "g" or not bodies:
        return
    *kept, label = file.kids(head)
    file.set_kids(head, kept)
    file.set_kids(bodies[0], [label, *file.kids(bodies[0])])
    file.objects[label] = PARENT.sub(b"/P %d 0 R" % bodies[0], file.objects[label], count=1)


def places_of(file: File, row: list[int]) -> list[tuple[int, int]]:
    """The cells of a row of the body, each with its first column."""
    found, place = [], 0
    for cell in row:
        found.append((cell, place))
        place += span_of(file, cell)
    return found


def span_of(file: File, cell: int) -> int:
    """How many columns a cell lies over."""
    told = SPAN.search(file.objects[cell])
    return int(told.group(1)) if told else 1


def columns_of(file: File, head: list[list[int]]) -> dict[int, list[bytes]]:
    """The names of the headers over each column, from the top; of those that hold something."""
    over: dict[int, list[bytes]] = {}
    for cell in (cell for row in head for cell in row):
        name = ID.search(file.objects[cell])
        if name:
            first = int(PLACE.findall(name.group(1))[0])
            for place in range(first, first + span_of(file, cell)):
                over.setdefault(place, []).append(name.group(1))
    return over


def empty_corners(file: File, head: list[list[int]]) -> None:
    """Header cells of the head that hold nothing become plain cells."""
    for cell in (cell for row in head for cell in row):
        if b"/K[]" in file.objects[cell]:
            plain_again(file, cell)


def plain_again(file: File, cell: int) -> None:
    """A header cell as a plain one; what is plain already stays so."""
    text = file.objects[cell]
    name = ID.search(text)
    if name:
        plain = ID.sub(b"", text, count=1).replace(b"/S/TH/", b"/S/TD/", 1)
        file.objects[cell] = with_headers(plain, b"", [])
        file.gone.add(name.group(1))


def as_header(text: bytes, name: bytes, over: list[bytes]) -> bytes:
    """A cell as the header of its row."""
    if b"/S/TD/" in text:
        text = PARENT.sub(lambda match: match.group() + b"/ID(" + name + b")", text, count=1)
        text = text.replace(b"/S/TD/", b"/S/TH/", 1)
    return with_headers(text, b"/Scope/Row", over)


def with_headers(text: bytes, scope: bytes, names: list[bytes]) -> bytes:
    """A cell with the scope and the headers that it should have."""
    inside = b"/O/Table" + scope + b"/Headers[" + b"".join(b"(%s)" % n for n in names) + b"]"
    changed, count = HEADERS.subn(lambda _: inside, text, count=1)
    if not count:
        raise PlainError(UNKNOWN.format(why="a cell without a list of headers"))
    return changed
