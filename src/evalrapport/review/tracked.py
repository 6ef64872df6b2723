"""Tracked changes in WordprocessingML: runs, paragraphs and rows marked as put in or taken out.

ECMA-376 part 1: 17.13.5.14 (del), 17.13.5.18 (ins), and for paragraph marks and rows 17.13.5.15,
17.13.5.19 and 17.13.5.12-16.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
AUTHOR = "Sammenligning"
PICTURE = "[figur]"
Node = Any


def text_of(node: Node | None) -> str:
    """The text below a node, as it is read."""
    return "".join(t.text or "" for t in node.iter(f"{W}t")) if node is not None else ""


def lines_of(node: Node) -> list[str]:
    """The text of every paragraph in a unit."""
    if node.tag == f"{W}p":
        return [text_of(node)]
    return [text_of(paragraph) for paragraph in node.iter(f"{W}p")]


def words(text: str) -> list[str]:
    """Words with the space before them, so that their sum is the text."""
    return re.findall(r"\s*\S+|\s+$", text)


class Marker:
    """Marks changes; every mark has a number of its own and the comparison's date."""

    def __init__(self, day: str) -> None:
        self.day = day
        self.count = 0

    def mark(self, kind: str) -> Node:
        """An empty `w:ins` or `w:del`."""
        self.count += 1
        told = {f"{W}id": str(900_000 + self.count), f"{W}author": AUTHOR, f"{W}date": self.day}
        return etree.Element(f"{W}{kind}", told)

    def mark_end(self, paragraph: Node, kind: str) -> None:
        """Mark a paragraph's own mark, so that accepting or rejecting takes the whole line."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            paragraph.insert(0, properties)
        of_mark = properties.find(f"{W}rPr")
        if of_mark is None:
            of_mark = etree.Element(f"{W}rPr")
            after = [n for n in properties if n.tag in (f"{W}sectPr", f"{W}pPrChange")]
            if after:
                after[0].addprevious(of_mark)
            else:
                properties.append(of_mark)
        of_mark.insert(0, self.mark(kind))

    def added(self, unit: Node) -> None:
        """Mark a paragraph or a table of the new file as put in."""
        if unit.tag == f"{W}tbl":
            for row in unit.findall(f"{W}tr"):
                self.added_row(row)
            return
        for run in list(unit.iter(f"{W}r")):
            wrap(run, self.mark("ins"))
        self.mark_end(unit, "ins")

    def removed(self, unit: Node) -> Node:
        """A paragraph or a table of the old file as one taken out, ready to stand in the new."""
        if unit.tag == f"{W}tbl":
            table = copy.deepcopy(unit)
            for row in table.findall(f"{W}tr"):
                row.getparent().replace(row, self.removed_row(row))
            return table
        return self.removed_paragraph(unit)

    def removed_paragraph(self, old: Node) -> Node:
        """An old paragraph with its style and its words, all taken out."""
        paragraph = etree.Element(f"{W}p")
        properties = old.find(f"{W}pPr")
        style = properties.find(f"{W}pStyle") if properties is not None else None
        if style is not None:
            etree.SubElement(paragraph, f"{W}pPr").append(copy.deepcopy(style))
        self.mark_end(paragraph, "del")
        for run in old.iter(f"{W}r"):
            text = text_of(run) or (PICTURE if run.find(f"{W}drawing") is not None else "")
            if text:
                paragraph.append(self.deletion(text, run.find(f"{W}rPr")))
        return paragraph

    def deletion(self, text: str, look: Node | None) -> Node:
        """Words taken out, in the look of the run they stood in."""
        mark = self.mark("del")
        run = etree.SubElement(mark, f"{W}r")
        if look is not None:
            run.append(copy.deepcopy(look))
        words_out = etree.SubElement(run, f"{W}delText", {SPACE: "preserve"})
        words_out.text = text
        return mark

    def added_row(self, row: Node) -> None:
        """Mark a table row of the new file as put in, with all its words."""
        self.mark_row(row, "ins")
        for paragraph in row.iter(f"{W}p"):
            self.added(paragraph)

    def removed_row(self, old: Node) -> Node:
        """A copy of an old table row as one taken out."""
        row = copy.deepcopy(old)
        for paragraph in list(row.iter(f"{W}p")):
            paragraph.getparent().replace(paragraph, self.removed_paragraph(paragraph))
        self.mark_row(row, "del")
        return row

    def mark_row(self, row: Node, kind: str) -> None:
        """Mark the row itself."""
        properties = row.find(f"{W}trPr")
        if properties is None:
            properties = etree.Element(f"{W}trPr")
            place = row.find(f"{W}tblPrEx")
            if place is not None:
                place.addnext(properties)
            else:
                row.insert(0, properties)
        properties.append(self.mark(kind))

    def edited(self, old: Node, new: Node) -> None:
        """Mark the words of a paragraph that differ."""
        before, after = text_of(old), text_of(new)
        if before == after:
            return
        for kind, start, end, gone in self.edits(before, after):
            if kind == "ins":
                self.insert_span(new, start, end)
            else:
                self.delete_at(new, start, gone)

    def edits(self, before: str, after: str) -> Iterator[tuple[str, int, int, str]]:
        """(`ins` or `del`, from, to, words taken out) by character of the new text, last first.

        From the end to the beginning, so that earlier positions stay as they are.
        """
        first, second = words(before), words(after)
        ends = [0]
        for word in second:
            ends.append(ends[-1] + len(word))
        matcher = SequenceMatcher(None, first, second, autojunk=False)
        for what, a, b, c, d in reversed(matcher.get_opcodes()):
            if what == "equal":
                continue
            if d > c:
                yield "ins", ends[c], ends[d], ""
            if b > a:
                yield "del", ends[c], ends[c], "".join(first[a:b])

    def insert_span(self, paragraph: Node, start: int, end: int) -> None:
        """Wrap the characters from `start` to `end` of a paragraph as put in."""
        split_at(paragraph, start)
        split_at(paragraph, end)
        for run, first, last in text_runs(paragraph):
            if start <= first and last <= end and last > first:
                wrap(run, self.mark("ins"))

    def delete_at(self, paragraph: Node, place: int, text: str) -> None:
        """Put words taken out before the character at `place`."""
        split_at(paragraph, place)
        runs = list(text_runs(paragraph))
        after = next((run for run, first, _ in runs if first >= place), None)
        before = next((run for run, _, last in reversed(runs) if last <= place), None)
        near = after if after is not None else before
        gone = self.deletion(text, near.find(f"{W}rPr") if near is not None else None)
        if after is not None:
            outermost(after).addprevious(gone)
        elif before is not None:
            outermost(before).addnext(gone)
        else:
            paragraph.append(gone)


def wrap(run: Node, mark: Node) -> None:
    """Put a run inside a mark, unless it is in one already."""
    if run.getparent().tag in (f"{W}ins", f"{W}del"):
        return
    run.addprevious(mark)
    mark.append(run)


def outermost(run: Node) -> Node:
    """The run, or the mark it stands in."""
    parent: Node = run.getparent()
    return parent if parent.tag in (f"{W}ins", f"{W}del") else run


def text_runs(paragraph: Node) -> Iterator[tuple[Node, int, int]]:
    """The runs of a paragraph that hold text, with the characters they stand for."""
    place = 0
    for run in paragraph.iter(f"{W}r"):
        length = len(text_of(run))
        if length:
            yield run, place, place + length
            place += length


def split_at(paragraph: Node, place: int) -> None:
    """Split the run that goes over the character at `place`, if one does."""
    for run, first, last in list(text_runs(paragraph)):
        if first < place < last and len(run.findall(f"{W}t")) == 1:
            rest = copy.deepcopy(run)
            for side, part in ((run, slice(0, place - first)), (rest, slice(place - first, None))):
                node = side.find(f"{W}t")
                node.text = (node.text or "")[part]
                node.set(SPACE, "preserve")
            run.addnext(rest)
            return
