"""The new version's Word file with tracked changes against the old, for those who review in Word.

The new file is kept as it is; what differs is marked with `w:ins` and `w:del` (ECMA-376 part 1,
17.13.5), word by word in paragraphs, cell by cell in tables, and in footnotes. To accept all
changes gives the new text, to reject them the old. A moved paragraph shows as taken out and put in.
Pictures of the old version are not carried over: where one was removed stands `[figur]`.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from evalrapport.errors import PlainError
from evalrapport.review.tracked import Marker, W, lines_of, text_of

DOCUMENT = "word/document.xml"
FOOTNOTES = "word/footnotes.xml"
ALIKE = 0.4
Node = Any


def write(old: Path, new: Path, target: Path, day: date) -> None:
    """Write `target`: the Word file `new`, its differences from `old` tracked changes of `day`."""
    with zipfile.ZipFile(old) as before, zipfile.ZipFile(new) as after:
        marker = Marker(f"{day.isoformat()}T00:00:00Z")
        changed = {
            name: tracked_part(before, after, name, marker)
            for name in (DOCUMENT, FOOTNOTES)
            if name in before.namelist() and name in after.namelist()
        }
        if DOCUMENT not in changed:
            raise PlainError(f"{new.name} or {old.name} is no Word file.")
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
            for item in after.infolist():
                out.writestr(item, changed.get(item.filename, after.read(item)))


def tracked_part(
    before: zipfile.ZipFile, after: zipfile.ZipFile, name: str, marker: Marker
) -> bytes:
    """One part of the new file with its changes marked."""
    old, new = (etree.fromstring(archive.read(name)) for archive in (before, after))
    if name == FOOTNOTES:
        track_footnotes(old, new, marker)
    else:
        track(old.find(f"{W}body"), new.find(f"{W}body"), marker)
    content: bytes = etree.tostring(new, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def track_footnotes(old: Node, new: Node, marker: Marker) -> None:
    """Edited footnotes; one that came or went shows at its mark in the text."""
    before, after = (list(root) for root in (old, new))
    for was, now in aligned(before, after):
        if was is not None and now is not None:
            track(was, now, marker)


def track(old: Node, new: Node, marker: Marker) -> None:
    """Mark in `new` how its paragraphs and tables differ from those of `old`."""
    last: Node | None = None
    for was, now in aligned(units(old), units(new)):
        if now is None:
            assert was is not None
            gone = marker.removed(was)
            if last is not None:
                last.addnext(gone)
            else:
                new.insert(0, gone)
            last = gone
            continue
        if was is None:
            marker.added(now)
        elif now.tag == f"{W}tbl":
            last = track_table(was, now, marker)
            continue
        elif was is not now:
            marker.edited(was, now)
        last = now


def units(parent: Node) -> list[Node]:
    """The paragraphs and tables directly in a part, a cell or a footnote."""
    return [node for node in parent if node.tag in (f"{W}p", f"{W}tbl")]


def aligned(old: Sequence[Node], new: Sequence[Node]) -> list[tuple[Node | None, Node | None]]:
    """Old and new units that belong together, in order; None where one came or went."""
    first, second = ([signature(node) for node in side] for side in (old, new))
    result: list[tuple[Node | None, Node | None]] = []
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            result += zip(old[a:b], new[c:d], strict=True)
        else:
            result += gap(old[a:b], new[c:d])
    return result


def signature(node: Node) -> tuple[str, str]:
    """What must agree for two units to be the same."""
    return node.tag, "\n".join(lines_of(node))


def gap(old: Sequence[Node], new: Sequence[Node]) -> list[tuple[Node | None, Node | None]]:
    """Units between two that agree: alike ones as pairs, in order; the rest came or went."""
    result: list[tuple[Node | None, Node | None]] = []
    start = 0
    for now in new:
        scores = [likeness(was, now) for was in old[start:]]
        best = max(scores, default=0.0)
        if best >= ALIKE:
            place = start + scores.index(best)
            result += [(was, None) for was in old[start:place]]
            result.append((old[place], now))
            start = place + 1
        else:
            result.append((None, now))
    return [*result, *((was, None) for was in old[start:])]


def likeness(old: Node, new: Node) -> float:
    """Share of words in common, in order; units of different kinds have none."""
    if old.tag != new.tag:
        return 0.0
    first, second = (" ".join(lines_of(node)).split() for node in (old, new))
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0


def track_table(old: Node, new: Node, marker: Marker) -> Node:
    """Mark the cells and rows of a table; with other columns, the whole table came and went.

    Returns the last node of what now stands there.
    """
    if widths(old) != widths(new):
        gone = marker.removed(old)
        marker.added(new)
        new.addprevious(gone)
        separate = etree.Element(f"{W}p")  # two tables side by side would become one
        new.addprevious(separate)
        marker.added(separate)
        return new
    before, after = (table.findall(f"{W}tr") for table in (old, new))
    last: Node | None = None
    for was, now in row_pairs(before, after):
        if now is None:
            assert was is not None
            gone = marker.removed_row(was)
            if last is not None:
                last.addnext(gone)
            elif after:
                after[0].addprevious(gone)
            last = gone
            continue
        if was is None:
            marker.added_row(now)
        else:
            for cell, other in zip(was.findall(f"{W}tc"), now.findall(f"{W}tc"), strict=False):
                track_cell(cell, other, marker)
        last = now
    return new


def track_cell(old: Node, new: Node, marker: Marker) -> None:
    """Mark how a cell differs: a number by its place, for it has no words in common with another.

    Old and new then stand on one line, and the row keeps its height.
    """
    before, after = units(old), units(new)
    if [node.tag for node in before] == [node.tag for node in after] == [f"{W}p"] * len(after):
        for was, now in zip(before, after, strict=True):
            marker.edited(was, now)
    else:
        track(old, new, marker)


def widths(table: Node) -> int:
    """The number of columns of a table."""
    return max((len(row.findall(f"{W}tc")) for row in table.findall(f"{W}tr")), default=0)


def row_pairs(old: Sequence[Node], new: Sequence[Node]) -> list[tuple[Node | None, Node | None]]:
    """Rows by the words of their first cell; rows in a gap of equal length by their order."""
    first, second = ([text_of(row.find(f"{W}tc")) for row in side] for side in (old, new))
    result: list[tuple[Node | None, Node | None]] = []
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal" or b - a == d - c:
            result += zip(old[a:b], new[c:d], strict=True)
        else:
            result += [*((row, None) for row in old[a:b]), *((None, row) for row in new[c:d])]
    return result
