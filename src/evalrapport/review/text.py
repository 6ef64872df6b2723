"""Compares two reports' text, paragraph by paragraph and word by word.

Blocks are held together in three rounds: those that agree in place; those that agree elsewhere
(moved); and those that are alike enough to be the same paragraph edited. What is left was added or
removed. Within a pair, words are compared; a bound number whose cell changed is told as that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from evalrapport import danish
from evalrapport.review.blocks import Block, Token, plain
from evalrapport.review.tables import Change

# A pair in one gap of the text is one edited paragraph if two of five words are the same; far apart
# it takes three of four. ASSUME: set by reading edited drafts of the report; no source.
ALIKE = 0.4
ALIKE_ELSEWHERE = 0.75
# Shorter blocks that stand in several places ("Kilde: …") are never called moved.
LONG_ENOUGH = 6
Span = list[str]


@dataclass(frozen=True)
class Pair:
    """An old and a new block that belong together; one of them is None if it came or went."""

    old: Block | None
    new: Block | None
    moved: bool = False


def align(old: Sequence[Block], new: Sequence[Block]) -> list[Pair]:
    """All blocks of both in the new order; what was removed stands where it was."""
    in_place = equal_blocks([b.key for b in old], [b.key for b in new])
    match = dict(in_place)
    moved = moves(old, new, match)
    match |= moved
    for first, second in gaps(old, new, in_place):
        match |= alike(old, new, first, second, match, ALIKE)
    left = [i for i in range(len(old)) if i not in match]
    taken = set(match.values())
    free = [j for j in range(len(new)) if j not in taken]
    far = alike(old, new, left, free, match, ALIKE_ELSEWHERE)
    match |= far
    shifted = {*moved, *(i for i, j in far.items() if crosses(i, j, in_place))}
    return ordered(old, new, match, shifted)


def equal_blocks(old: Sequence[Any], new: Sequence[Any]) -> dict[int, int]:
    """Positions of equal items in place: the longest runs first."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return {
        start + k: there + k
        for start, there, size in matcher.get_matching_blocks()
        for k in range(size)
    }


def moves(old: Sequence[Block], new: Sequence[Block], match: Mapping[int, int]) -> dict[int, int]:
    """Unmatched blocks that stand word for word elsewhere."""
    taken = set(match.values())
    waiting: dict[tuple[str, ...], list[int]] = {}
    for j, block in enumerate(new):
        if j not in taken:
            waiting.setdefault(block.key, []).append(j)
    counts = Counter(block.key for block in (*old, *new))
    found = {}
    for i, block in enumerate(old):
        known = len(block.tokens) >= LONG_ENOUGH or counts[block.key] == 2
        if i not in match and known and waiting.get(block.key):
            found[i] = waiting[block.key].pop(0)
    return found


def gaps(
    old: Sequence[Block], new: Sequence[Block], match: Mapping[int, int]
) -> Iterator[tuple[list[int], list[int]]]:
    """The stretches between blocks that agree in place."""
    ends = [*sorted(match.items()), (len(old), len(new))]
    i = j = 0
    for next_i, next_j in ends:
        if next_i > i and next_j > j:
            yield list(range(i, next_i)), list(range(j, next_j))
        i, j = next_i + 1, next_j + 1


def alike(
    old: Sequence[Block],
    new: Sequence[Block],
    first: Sequence[int],
    second: Sequence[int],
    match: Mapping[int, int],
    least: float,
) -> dict[int, int]:
    """Pairs among the free blocks that are alike enough, the most alike first."""
    taken = set(match.values())
    scored = []
    for i in first:
        for j in second:
            if i in match or j in taken or old[i].kind != new[j].kind:
                continue
            score = likeness(old[i], new[j], least)
            if score >= least:
                scored.append((-score, abs(i - j), i, j))
    found: dict[int, int] = {}
    for _, _, i, j in sorted(scored):
        if i not in found and j not in found.values():
            found[i] = j
    return found


def likeness(old: Block, new: Block, least: float) -> float:
    """Share of tokens that two blocks have in common, in order; 1 for the same heading or caption.

    Headings and captions have ids of their own (`sec-…`, `tbl-…`), which editors keep.
    """
    if old.kind in ("overskrift", "billedtekst", "litteratur") and old.id and old.id == new.id:
        return 1.0
    first, second = old.key, new.key
    shared = 2 * sum((Counter(first) & Counter(second)).values()) / (len(first) + len(second))
    if shared < least:
        return 0.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def crosses(i: int, j: int, in_place: Mapping[int, int]) -> bool:
    """Whether a pair stands on another side of some block that stayed in place."""
    return any((a < i) != (b < j) for a, b in in_place.items())


def ordered(
    old: Sequence[Block], new: Sequence[Block], match: Mapping[int, int], moved: set[int]
) -> list[Pair]:
    """Pairs in the new order, each removed block after what stood before it."""
    back = {j: i for i, j in match.items()}
    removed: dict[int, list[int]] = {}
    for i in range(len(old)):
        if i not in match:
            before = [match[k] for k in range(i) if k in match and k not in moved]
            removed.setdefault(before[-1] if before else -1, []).append(i)
    result = [Pair(old[i], None) for i in removed.get(-1, [])]
    for j, block in enumerate(new):
        i = back.get(j, -1)
        result.append(Pair(old[i] if i >= 0 else None, block, i in moved))
        result += [Pair(old[k], None) for k in removed.get(j, [])]
    return result


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
    line = {"status": "ok", "value": str(Decimal(digits) + change)}
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
