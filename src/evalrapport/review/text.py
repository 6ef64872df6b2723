"""Compares two reports' text, paragraph by paragraph and word by word.

Of two paragraphs that belong together (see `alignment`) words are compared; a bound number whose
cell changed is told as that, and not as an edit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from difflib import SequenceMatcher

from evalrapport import danish
from evalrapport.review.alignment import Pair, align
from evalrapport.review.blocks import Block, Token, plain
from evalrapport.review.cells import Change

Span = list[str]


def spans(old: Sequence[Token], new: Sequence[Token], changed: Callable[[str], bool]) -> list[Span]:
    """What became of the words: ["=", text], ["-", text], ["+", text], and of one token each
    ["tal", old, new, address] (its cell changed) and ["ref", old, new, target] (renumbered).
    """
    matcher = SequenceMatcher(None, [t.key for t in old], [t.key for t in new], autojunk=False)
    result: list[Span] = []
    for what, a, b, c, d in matcher.get_opcodes():
        if what != "equal":
            for mark, tokens in (("-", old[a:b]), ("+", new[c:d])):
                if tokens:
                    result.append([mark, led(tokens)])
            continue
        for was, now in zip(old[a:b], new[c:d], strict=True):
            result += told(was, now, changed)
    return joined(result)


def led(tokens: Sequence[Token]) -> str:
    """Running text with its leading space."""
    return (" " if tokens[0].space else "") + plain(list(tokens))


def told(old: Token, new: Token, changed: Callable[[str], bool]) -> list[Span]:
    """A token whose key is the same in both: unchanged, another number, or an edit of its form."""
    # A first word that lost the one before it has space in one version only; it must be seen.
    space = old.space or new.space
    if old.text == new.text:
        return [["=", led([replace(new, space=space)])]]
    lead: list[Span] = [["=", " "]] if space else []
    if new.address and changed(new.address):
        return [*lead, ["tal", old.text, new.text, new.address]]
    if new.target:
        return [*lead, ["ref", old.text, new.text, new.target]]
    return [["-", led([old])], ["+", led([new])]]


def joined(found: Sequence[Span]) -> list[Span]:
    """Neighbours of one kind as one span."""
    result: list[Span] = []
    for span in found:
        if result and span[0] in "=+-" and result[-1][0] == span[0]:
            result[-1] = [span[0], result[-1][1] + span[1]]
        else:
            result.append(list(span))
    return result


def sides(found: Sequence[Span]) -> tuple[str, str]:
    """The old and the new text that the spans were made of."""
    old = "".join(span[1] for span in found if span[0] != "+")
    return old, "".join(span[1] if span[0] in "=+" else span[2] for span in found if span[0] != "-")


def sentences_edited(found: Sequence[Span]) -> int:
    """How many sentences of the new text hold an edit; one at least if there is any edit."""
    count, open_edit = 0, False
    for span in found:
        if span[0] in "+-":
            open_edit = True
        text = span[1] if span[0] in "=+" else ""
        ends = text.count(". ") + text.count("? ") + text.count("! ")
        if span[0] == "+" and ends:
            count += ends
        elif span[0] == "=" and ends and open_edit:
            count, open_edit = count + 1, False
    return count + open_edit


def compare(
    old: Sequence[Block], new: Sequence[Block], changed_cells: Mapping[str, Change]
) -> list[Change]:
    """The changed blocks, in the new order."""
    found = []
    for pair in align(old, new):
        change = block_change(pair, changed_cells)
        if change:
            found.append(change)
    return found


def block_change(pair: Pair, changed_cells: Mapping[str, Change]) -> Change | None:
    """What is told of one pair of blocks; None if nothing changed that a reader sees."""
    there = pair.new or pair.old
    assert there is not None
    parts = spans(
        pair.old.tokens if pair.old else (),
        pair.new.tokens if pair.new else (),
        lambda address: any(part in changed_cells for part in cells_of(address)),
    )
    kind = kind_of(pair, parts)
    if kind is None:
        return None
    return {
        "type": "tekst",
        "kind": kind,
        "moved": pair.moved,
        "block": there.kind,
        "section": list(there.section),
        "old_section": list(pair.old.section) if pair.old else [],
        "old_link": link(pair.old),
        "new_link": link(pair.new),
        "spans": parts,
        "sentences": sentences_edited(parts),
        "numbers": [cell for span in parts if span[0] == "tal" for cell in cells_of(span[3])],
    }


def kind_of(pair: Pair, parts: Sequence[Span]) -> str | None:
    """tilfoejet, fjernet, redigeret, flyttet, tal (numbers only), henvisning; None if unchanged."""
    if pair.old is None:
        return "tilfoejet"
    if pair.new is None:
        return "fjernet"
    kinds = {span[0] for span in parts}
    if kinds & {"+", "-"}:
        return "redigeret"
    if pair.moved:
        return "flyttet"
    return "tal" if "tal" in kinds else "henvisning" if "ref" in kinds else None


def link(block: Block | None) -> str:
    """Where the block stands in its version: page and paragraph id."""
    if block is None:
        return ""
    return f"{block.page}#{block.id}" if block.id else block.page


def with_numbers_of(
    blocks: Sequence[Block], changed_cells: Mapping[str, Change], side: str
) -> list[Block]:
    """The same text with another bundle's numbers, for a version that has no text of its own."""

    def swapped(token: Token) -> Token:
        cells = [changed_cells[a] for a in cells_of(token.address) if a in changed_cells]
        if not cells:
            return token
        if " + " in token.address:
            text = other_sum(token.text, cells, side)
        else:
            text = in_style_of(token.text, cells[0][side], cells[0])
        return replace(token, text=" ".join(text.split()))

    return [replace(block, tokens=tuple(map(swapped, block.tokens))) for block in blocks]


def cells_of(address: str) -> list[str]:
    """The cells behind a bound number: one, or several whose sum is printed."""
    return address.split(" + ")


def other_sum(text: str, cells: Sequence[Change], side: str) -> str:
    """A printed sum as it is with the other version's cells; words if one of them has no number."""
    change = Decimal(0)
    for cell in cells:
        was, now = cell["old"]["value"], cell["new"]["value"]
        if not was or not now:
            return "kan ikke regnes ud"
        change += (Decimal(now) - Decimal(was)) * (1 if side == "new" else -1)
    digits = re.sub(r"[^0-9,]", "", text).replace(",", ".")
    if not digits:
        return "en anden sum"
    shown = -Decimal(digits) if danish.MINUS in text else Decimal(digits)
    line = {"status": "ok", "value": str(shown + change)}
    return in_style_of(text, line, cells[0])


def in_style_of(text: str, line: Mapping[str, str], cell: Change) -> str:
    """A cell's number with the decimals and the unit that the text gives the other version's."""
    if line["status"] != "ok" or not line["value"] or not any(c.isdigit() for c in text):
        return str(cell["old_text"] if line is cell["old"] else cell["new_text"])
    digits = re.sub(r"[^0-9,]", "", text)
    decimals = len(digits.partition(",")[2])
    signed = text.startswith("+")
    if text.strip()[-1].isdigit():
        return danish.number(line["value"], decimals, sign=signed)
    return danish.quantity(line["value"], cell["unit"], decimals, sign=signed)
