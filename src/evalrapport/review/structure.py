"""Sections, tables and figures that came, went, moved or have another number; claims; checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evalrapport.review.alignment import equal_blocks
from evalrapport.review.blocks import Block
from evalrapport.review.cells import Change
from evalrapport.review.text import link

WHAT = {"sec": "afsnit", "tbl": "tabel", "fig": "figur"}
Claim = Mapping[str, Any]


def is_place(block: Block) -> bool:
    """Whether a block names a section, a table or a figure."""
    return block.kind in ("overskrift", "billedtekst") and bool(block.id)


def changes(old: Sequence[Block], new: Sequence[Block]) -> list[Change]:
    """How the parts of the report changed."""
    before = {block.id: block for block in old if is_place(block)}
    after = {block.id: block for block in new if is_place(block)}
    shifted = moved_sections(old, new)
    found: list[Change] = []
    for name in [*after, *(n for n in before if n not in after)]:
        found += place_changes(before.get(name), after.get(name), moved=name in shifted)
    return found


def moved_sections(old: Sequence[Block], new: Sequence[Block]) -> set[str]:
    """Ids of sections that stand elsewhere: under another section, or in another order there."""
    before = {b.id: b.section[:-1] for b in old if b.kind == "overskrift"}
    after = {b.id: b.section[:-1] for b in new if b.kind == "overskrift"}
    both = [name for name in after if name in before]
    moved = {name for name in both if before[name] != after[name]}
    for parent in dict.fromkeys(after[name] for name in both):
        now = [name for name in both if before[name] == after[name] == parent]
        was = [name for name in before if name in now]
        stays = equal_blocks(was, now)
        moved |= {name for i, name in enumerate(was) if i not in stays}
    return moved


def place_changes(old: Block | None, new: Block | None, *, moved: bool) -> Iterator[Change]:
    """The changes of one section, table or figure."""
    there = new or old
    assert there is not None
    base = {
        "type": "struktur",
        "what": WHAT.get(there.id.split("-")[0], "afsnit"),
        "id_": there.id,
        "exhibit": there.exhibit,
        "section": list(there.section),
        "old_link": link(old),
        "new_link": link(new),
    }
    if old is None or new is None:
        kind = "tilfoejet" if old is None else "fjernet"
        yield {**base, "kind": kind, "old": named(old), "new": named(new)}
        return
    if moved:
        yield {**base, "kind": "flyttet", "old": named(old), "new": named(new)}
    elif old.number != new.number:
        yield {**base, "kind": "omnummereret", "old": named(old), "new": named(new)}
    if new.kind == "overskrift" and old.text != new.text:
        yield {**base, "kind": "omdoebt", "old": named(old), "new": named(new), "by": "label"}


def named(block: Block | None) -> str:
    """A section, table or figure as the contents name it."""
    return " ".join(filter(None, (block.number, block.text))) if block else ""


def claim_changes(old: Sequence[Claim] | None, new: Sequence[Claim] | None) -> list[Change]:
    """Claims with another outcome, wording or condition, and those that came or went."""
    if old is None or new is None:
        return []
    found: list[Change] = []
    left = list(old)
    for claim in new:
        was = next((c for c in left if same(c, claim, "condition", "sentence")), None)
        was = was or next((c for c in left if same(c, claim, "condition")), None)
        was = was or next((c for c in left if same(c, claim, "sentence")), None)
        if was is not None:
            left.remove(was)
        found += one_claim(was, claim)
    found += [change for claim in left for change in one_claim(claim, None)]
    return found


def same(old: Claim, new: Claim, *parts: str) -> bool:
    """Whether two claims agree in these parts."""
    return all(old[part] == new[part] for part in parts)


def one_claim(old: Claim | None, new: Claim | None) -> Iterator[Change]:
    """The changes of one claim."""
    there = new or old
    assert there is not None
    base = {"type": "paastand", "file": there["file"], "sentence": printed(there)}
    base["wording"] = there["sentence"]
    if old is None or new is None:
        kind = "tilfoejet" if old is None else "fjernet"
        side = {"old": outcome(old), "new": outcome(new)}
        yield {**base, "kind": kind, **side, "values": claim_values(old, new)}
        return
    if old["outcome"] != new["outcome"]:
        side = {"old": outcome(old), "new": outcome(new)}
        yield {**base, "kind": "udfald", **side, "values": claim_values(old, new)}
    if old["sentence"] != new["sentence"]:
        yield {**base, "kind": "ordlyd", "old": printed(old), "new": printed(new)}
    if old["condition"] != new["condition"]:
        yield {**base, "kind": "krav", "old": old["condition"], "new": new["condition"]}


def printed(claim: Claim) -> str:
    """A claim's sentence as the report prints it; as it is written if nothing else was kept."""
    return str(claim.get("printed", claim["sentence"]))


OUTCOMES = {"sand": "holder", "falsk": "holder ikke", "kan_ikke_afgoeres": "kan ikke afgøres"}


def outcome(claim: Claim | None) -> str:
    """A claim's outcome in words."""
    return OUTCOMES[claim["outcome"]] if claim else ""


def claim_values(old: Claim | None, new: Claim | None) -> list[list[str]]:
    """The numbers that a claim rests on, as [address, old, new]."""
    before, after = (dict(claim["values"]) if claim else {} for claim in (old, new))
    return [
        [name, str(before.get(name) or ""), str(after.get(name) or "")]
        for name in {**after, **before}
    ]


def check_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Checks that passed before and fail now; each check is a list of problems, empty if passed."""
    before, after = old.get("checks", {}), new.get("checks", {})
    return [
        {"type": "kontrol", "kind": "fejler", "what": name, "old": "bestået", "new": problem}
        for name, problems in sorted(after.items())
        if problems and before.get(name) == []
        for problem in problems
    ]
