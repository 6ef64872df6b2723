"""Where in the report a change belongs: its chapter, table or figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from evalrapport.review import structure
from evalrapport.review.blocks import Block
from evalrapport.review.cells import Change
from evalrapport.review.versions import FACT

KINDS = ("tbl", "fig")
OUTSIDE = "Uden for kapitlerne"


class Places:
    """Where in the new report a change belongs: the chapter, by section id or exhibit."""

    def __init__(self, blocks: Iterable[Block], names: Mapping[str, str] | None = None) -> None:
        """`names`: what tables are called that the text does not print, by id."""
        self.names = names or {}
        self.titles: dict[str, str] = {}
        self.pages: dict[str, str] = {}
        self.exhibits: dict[str, tuple[str, str]] = {}
        self.facts: dict[str, str] = {}
        for block in blocks:
            chapter = block.section[0] if block.section else ""
            self.pages.setdefault(Path(block.page).stem, chapter)
            if block.kind == "overskrift" and len(block.section) == 1:
                self.titles[chapter] = structure.named(block)
            for token in block.tokens:
                if token.address.startswith(FACT):
                    self.facts.setdefault(token.address.removeprefix(FACT), chapter)
            if block.kind == "billedtekst":
                self.exhibits[block.exhibit] = (chapter, structure.named(block))

    @property
    def chapters(self) -> list[str]:
        """The chapters as printed, in order, and what is outside them."""
        return [*self.titles.values(), OUTSIDE]

    def order(self, chapter: str) -> int:
        """A chapter's place."""
        return self.chapters.index(chapter)

    def chapter(self, change: Change) -> str:
        """The chapter of a change."""
        for section in (change.get("section"), change.get("old_section")):
            if section and section[0] in self.titles:
                return self.titles[section[0]]
        if change["type"] == "paastand":
            return self.titles.get(self.pages.get(Path(change["file"]).stem, ""), OUTSIDE)
        if change["type"] == "fakta":
            return self.titles.get(self.facts.get(change["fact"], ""), OUTSIDE)
        known = [f"fig-{change.get('figure')}", *(f"{k}-{change.get('table')}" for k in KINDS)]
        at = next((self.exhibits[name][0] for name in known if name in self.exhibits), None)
        return self.titles.get(str(at), OUTSIDE)

    def place(self, change: Change) -> int:
        """The place of the change's table or figure among all; what is not one comes first."""
        if change["type"] not in ("tal", "figur"):
            return -1
        mine = self.exhibit(change)
        return list(self.exhibits).index(mine) if mine in self.exhibits else len(self.exhibits)

    def exhibit(self, change: Change) -> str:
        """The table or figure that a changed cell or figure is printed in."""
        if change["type"] == "figur":
            return f"fig-{change['figure']}"
        names = [f"{kind}-{change['table']}" for kind in KINDS]
        return next((name for name in names if name in self.exhibits), names[0])

    def title(self, change: Change) -> str:
        """The caption of the table or figure that a change belongs to; its id if it has none."""
        caption = self.exhibits.get(self.exhibit(change), ("", ""))[1]
        if change["type"] == "figur":
            return caption or f"Figuren {change['figure']} (står ikke i teksten)"
        name = self.names.get(change["table"]) or f"Tabellen {change['table']}"
        return caption or f"{name} (står ikke i teksten)"
