"""Reads the rendered pages of a report as a row of blocks: headings, paragraphs, captions, notes.

Numbers keep the address of the cell they are bound to, cross-references what they point at, so
that a number or a reference that follows from something else is not taken for an edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import html  # type: ignore[import-untyped]

from evalrapport.review.versions import FACT

# What is printed by the program round the text, or compared elsewhere.
SKIPPED = {"svg", "script", "style", "nav", "table", "details", "hr", "noscript"}
SKIPPED_CLASSES = {"footnote-ref", "footnote-back", "margenmaerke", "kun-skaermlaeser"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
KINDS = {"anm": "anmærkning", "kilde": "kilde", "udeladt": "udeladt"}


@dataclass(frozen=True)
class Token:
    """A word, or a bound number or a reference as a whole. `space`: there is space before it."""

    text: str
    space: bool
    address: str = ""
    target: str = ""

    @property
    def key(self) -> str:
        """What must agree for two tokens to be the same: a bound number's cell, not its digits."""
        if self.address:
            return f"\x00tal {self.address}"
        return f"\x00se {self.target}" if self.target else self.text


@dataclass(frozen=True)
class Block:
    """One paragraph, heading, caption, note or reference. `section`: ids from the chapter down.

    Of a caption, `exhibit` is the result table or figure below it: `tbl-ydelse`, `fig-alder`.
    """

    kind: str
    id: str
    page: str
    section: tuple[str, ...]
    tokens: tuple[Token, ...]
    number: str = ""
    exhibit: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """Agrees for two blocks that differ in bound numbers and references only."""
        return (self.kind, *(token.key for token in self.tokens))

    @property
    def text(self) -> str:
        """The block as it is read."""
        return plain(self.tokens)


def plain(tokens: tuple[Token, ...] | list[Token]) -> str:
    """Tokens as running text."""
    return "".join((" " if t.space and i else "") + t.text for i, t in enumerate(tokens))


@dataclass
class Reader:
    """Walks one page and gathers its blocks."""

    page: str
    blocks: list[Block] = field(default_factory=list)

    def walk(self, node: Any, section: tuple[str, ...], kind: str) -> None:
        """Every block below a node; `kind` is what the node's class says of its paragraphs."""
        for child in node:
            if not isinstance(child.tag, str) or child.tag in SKIPPED:
                continue
            classes = set((child.get("class") or "").split())
            if child.tag == "section":
                self.walk(child, (*section, child.get("id") or ""), kind)
            elif child.tag in HEADINGS:
                self.add("overskrift", section[-1] if section else "", child, section)
            elif child.tag == "figcaption":
                self.add("billedtekst", node.get("id") or "", child, section, exhibit(node))
            elif child.tag in ("p", "dt", "dd"):
                self.add(kind, child.get("id") or "", child, section)
            elif "csl-entry" in classes:
                self.add("litteratur", child.get("id") or "", child, section)
            elif child.tag == "li" and not has_blocks(child):
                self.add("punkt", child.get("id") or "", child, section)
            else:
                found = [name for mark, name in KINDS.items() if mark in classes]
                inside = "fodnote" if "footnotes" in classes else found[0] if found else kind
                self.walk(child, section, inside)

    def add(
        self, kind: str, name: str, node: Any, section: tuple[str, ...], exhibit: str = ""
    ) -> None:
        """One block, if it holds any words."""
        number, tokens = "", list(words(node))
        for mark in node.xpath("./span[contains(concat(' ', @class, ' '), ' nummer ')]"):
            number = mark.text_content().strip()
            tokens = list(words(node, without=mark))
        if tokens:
            self.blocks.append(
                Block(kind, name, self.page, section, tuple(tokens), number, exhibit)
            )


def exhibit(figure: Any) -> str:
    """Which result a figure element shows; it states so on the table or the picture."""
    for prefix, mark in (("fig", "data-figur"), ("tbl", "data-tabel")):
        # A figure holds its numbers as a table too, so the picture is asked for first.
        for node in figure.xpath(f"./*[@{mark}] | ./div/table[@{mark}]"):
            return f"{prefix}-{node.get(mark)}"
    return ""


def has_blocks(node: Any) -> bool:
    """Whether paragraphs stand inside a list item, so that they are its blocks."""
    return bool(node.xpath("./p | ./ul | ./ol | ./div"))


def words(node: Any, without: Any = None) -> Iterator[Token]:
    """The tokens of a node, in reading order."""
    space = False
    for text, address, target in pieces(node, without):
        if address or target:
            shown = " ".join(text.split())
            yield Token(shown, space or text[:1].isspace(), address, target)
            space = text[-1:].isspace()
            continue
        # Between a bound number and the comma behind it there is no space to split at.
        for match in re.finditer(r"(\s*)(\S+)", text):
            yield Token(match.group(2), bool(match.group(1)) or space)
            space = False
        space = space or text[-1:].isspace() if text else space


def pieces(node: Any, without: Any) -> Iterator[tuple[str, str, str]]:
    """(text, address, target) of every piece of text below a node."""
    if node.text:
        yield node.text, "", ""
    for child in node:
        if isinstance(child.tag, str) and child is not without and child.tag not in SKIPPED:
            classes = set((child.get("class") or "").split())
            if child.get("data-adresse"):
                yield child.text_content(), child.get("data-adresse"), ""
            elif child.get("data-fakta"):
                yield child.text_content(), f"{FACT}{child.get('data-fakta')}", ""
            elif "krydsref" in classes:
                yield child.text_content(), "", (child.get("href") or "").split("#")[-1]
            elif not classes & SKIPPED_CLASSES:
                yield from pieces(child, without)
        if child.tail:
            yield child.tail, "", ""


def read_site(site: Path) -> list[Block]:
    """All blocks of a report's pages, in the order of its contents."""
    found: list[Block] = []
    for page in pages(site):
        root = html.fromstring((site / page).read_bytes())
        for article in root.iter("article"):
            reader = Reader(page)
            reader.walk(article, (), "afsnit")
            found += reader.blocks
    return found


def pages(site: Path) -> list[str]:
    """The pages in the order of the contents; any that it leaves out come last."""
    index = html.fromstring((site / "index.html").read_bytes())
    links = [link.get("href") or "" for link in index.iter("a")]
    local = [link.split("#")[0] for link in links if "://" not in link]
    there = sorted(path.name for path in site.glob("*.html"))
    listed = dict.fromkeys(name for name in local if name in there)
    return [*listed, *(name for name in there if name not in listed)]
