"""Puts everything that is known of two versions together: one plain structure, the JSON.

The page, the exit code and the Word file are all made from it. A change's `id` is a hash of what
changed and how, without the names of the versions, so that a tick of approval is carried on to the
next comparison where the change is the same.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from evalrapport import danish
from evalrapport.errors import PlainError
from evalrapport.review import (
    disclosure,
    facts,
    figures,
    overview,
    ranking,
    structure,
    tables,
    text,
    why,
)
from evalrapport.review.blocks import Block, read_site
from evalrapport.review.cause import Cause, counted_by_cause, follows
from evalrapport.review.cells import Change
from evalrapport.review.places import Places
from evalrapport.review.versions import Table, Version

# A cell whose print is the same (only its base or interval is another) is no changed number.
UNSEEN = ("grundlag", "interval", "bemaerkning")
# Units of people and what they have: another share of Denmark changes every number in them.
COUNTS = ("personer", "forloeb")
# Of a change, what is not part of its identity: where it lies and what was worked out from it.
NOT_ID = (
    "old_link",
    "new_link",
    "old_picture",
    "new_picture",
    "causes",
    "why",
    "chapter",
    "section",
    "old_section",
    "weight",
    "in_text",
    "title",
    "sentence",
    "resized",
)
# A number's place in a sentence as it is written.
BOUND = re.compile(r"\{\{<.*?>\}\}")


def compare(old: Version, new: Version) -> dict[str, Any]:
    """All changes between two versions of one study, in the report's order, with a summary."""
    if old.study != new.study:
        raise PlainError(f"{old.name} and {new.name} are of different studies.")
    cells, structural = tables.compare_all(old.tables, new.tables)
    add_causes(cells, old, new)
    resized = overview.other_size(old, new)
    for cell in cells:
        cell["resized"] = resized and cell["unit"] in COUNTS
    changed = {cell["address"]: cell for cell in cells if cell["kind"] not in UNSEEN}
    other_facts = facts.changes(old.facts, new.facts)
    before, after = texts(old, new, changed)
    pictured = figures.compare(old.figures, new.figures, changed)
    claims = structure.claim_changes(old.claims, new.claims)
    for claim in claims:
        name_values(claim, {**old.tables, **new.tables})
    both = {**old.tables, **new.tables}
    names = {name: table.contract.published_as for name, table in both.items()}
    places = Places(after or before, names)
    edited = text.compare(before, after, changed | facts.by_address(other_facts))
    follow_claims(edited, claims)
    found = [
        *([] if lacks_text(old, new) else structure.changes(before, after)),
        *structural,
        *claims,
        *other_facts,
        *structure.check_changes(old.manifest, new.manifest),
        *(
            {"type": "diskretion", **risk.plain()}
            for risk in disclosure.risks(old.tables, new.tables)
        ),
        *(e for e in edited if not is_told_as_structure(e)),
        *cells,
        *pictured,
    ]
    changes = [finished(change, places, edited) for change in drop_doubles(found, places)]
    changes.sort(key=lambda change: (places.order(change["chapter"]), places.place(change)))
    counts = overview.summary(changes, overview.compared(old, new))
    return {
        "study": new.study,
        "old": overview.described(old),
        "new": overview.described(new),
        "notes": overview.notes(old, new),
        "summary": counts,
        "causes": [*cause_summary(cells, old, new), *text_only(counts)],
        "top": ranking.top(changes),
        "chapters": places.chapters,
        "changes": changes,
    }


def lacks_text(old: Version, new: Version) -> bool:
    """Whether one of the versions holds results only."""
    return old.site is None or new.site is None


def texts(
    old: Version, new: Version, changed: Mapping[str, Change]
) -> tuple[list[Block], list[Block]]:
    """The text of both; where one has none, the other's with the first one's numbers put in."""
    before = read_site(old.site) if old.site else []
    after = read_site(new.site) if new.site else []
    if before and not after:
        return before, text.with_numbers_of(before, changed, "new")
    if after and not before:
        return text.with_numbers_of(after, changed, "old"), after
    return before, after


def add_causes(cells: Sequence[Change], old: Version, new: Version) -> None:
    """Write to every changed cell why it changed."""
    known: dict[str, list[Cause]] = {}
    for cell in cells:
        name = cell["table"]
        if name not in known:
            known[name] = why.causes(
                old.tables[name], new.tables[name], dict(old.manifest), dict(new.manifest)
            )
        cell["causes"] = [one.plain() for one in known[name]]
        cell["why"] = follows(known[name])


def cause_summary(cells: Sequence[Change], old: Version, new: Version) -> list[dict[str, Any]]:
    """The sentences that say what most numbers follow from."""
    seen = [cell for cell in cells if cell["kind"] not in UNSEEN]
    manifests = dict(old.manifest), dict(new.manifest)
    names = {cell["table"] for cell in seen}
    found = {n: why.causes(old.tables[n], new.tables[n], *manifests) for n in sorted(names)}
    return counted_by_cause([(cell["address"], found[cell["table"]]) for cell in seen])


def text_only(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """The sentence that says what somebody rewrote: it follows from no number."""
    count = counts["saetninger"]
    if not count:
        return []
    text = "1 sætning er" if count == 1 else f"{danish.number(count)} sætninger er"
    return [{"count": count, "text": f"{text} kun ændret i teksten.", "causes": []}]


def name_values(claim: Change, known: Mapping[str, Table]) -> None:
    """Write the names of the cells that a claim rests on, where there were addresses."""
    for value in claim.get("values", []):
        name, _, place = value[0].partition(" ")
        row, _, column = place.split(" ")[0].partition("@")
        if name in known:
            rows, columns = (tables.labels(known[name], axis) for axis in ("row", "column"))
            value[0] = f"{rows.get(row, row)}, {columns.get(column, column)}"


def follow_claims(edited: Sequence[Change], claims: Sequence[Change]) -> None:
    """Mark edits that only follow from a claim with another outcome: nobody rewrote them."""
    turned = [
        [part.strip() for part in BOUND.split(claim["wording"])]
        for claim in claims
        if claim["kind"] == "udfald"
    ]
    for change in edited:
        if change["kind"] == "redigeret" and any(
            all(part in words for part in parts)
            for words in text.sides(change["spans"])
            for parts in turned
        ):
            change["follows_claim"] = True


def is_told_as_structure(change: Change) -> bool:
    """Headings are told of as sections, unless they have no id to be known by."""
    return bool(change["block"] == "overskrift" and change["section"] and change["section"][-1])


def drop_doubles(found: Sequence[Change], places: Places) -> list[Change]:
    """What came or went is told of once: a figure with its picture, a table with its caption."""
    pictured = {(c["figure"], c["kind"]) for c in found if c["type"] == "figur"}
    drawn = {(c.get("table"), c["kind"]) for c in found if c["type"] == "figur"}
    captions = {
        (change["exhibit"].split("-", 1)[1], change["kind"])
        for change in found
        if change.get("exhibit")
    }

    def is_double(change: Change) -> bool:
        kind = change["kind"]
        if change.get("exhibit", "").startswith("fig-"):
            return (change["exhibit"].removeprefix("fig-"), kind) in pictured
        if change.get("what") == "tabel" and change.get("table"):
            only_drawn = f"tbl-{change['table']}" not in places.exhibits
            told = (change["table"], kind)
            return told in captions or (only_drawn and told in drawn)
        return change.get("block") == "billedtekst" and is_doubled_caption(change, found)

    return [change for change in found if not is_double(change)]


def is_doubled_caption(change: Change, found: Sequence[Change]) -> bool:
    """A caption that came or went with its table or figure."""
    name = (change["new_link"] or change["old_link"]).split("#")[-1]
    return change["kind"] in ("tilfoejet", "fjernet", "flyttet") and any(
        other["type"] == "struktur" and other["id_"] == name for other in found
    )


def finished(change: Change, places: Places, edited: Sequence[Change]) -> Change:
    """A change with its chapter, title and id."""
    result = {**change, "chapter": places.chapter(change)}
    if change["type"] == "figur" or change.get("table"):
        result["title"] = places.title(change)
    if change.get("what") == "tabel" and change.get("table"):
        result |= {side: result["title"] for side in ("old", "new") if change[side]}
        result["what"] = "figur" if places.exhibit(change).startswith("fig-") else "tabel"
    if change["type"] == "tal":
        mine = [e for e in edited if change["address"] in e["numbers"]]
        result["in_text"] = [e["new_link"] for e in mine]
        result["seen"] = change["kind"] not in UNSEEN
    bare = {key: value for key, value in change.items() if key not in NOT_ID}
    if change["type"] == "figur":
        shown = f"{change['old_picture']}{change['new_picture']}".encode()
        bare["pictures"] = hashlib.sha256(shown).hexdigest()
    digest = hashlib.sha256(json.dumps(bare, sort_keys=True, ensure_ascii=False).encode())
    return {"id": digest.hexdigest()[:12], **result}
