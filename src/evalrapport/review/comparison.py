"""Puts everything that is known of two versions together: one plain structure, the JSON.

The page, the exit code and the Word file are all made from it. A change's `id` is a hash of what
changed and how, without the names of the versions, so that a tick of approval is carried on to the
next comparison where the change is the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evalrapport.errors import PlainError
from evalrapport.review import disclosure, figures, ranking, structure, tables, text, why
from evalrapport.review.blocks import Block, read_site
from evalrapport.review.places import Places
from evalrapport.review.tables import Change
from evalrapport.review.versions import STATUS_WORDS, Table, Version

# What `--fail-on` may name, and the types of change that it stands for.
FAIL_ON = {
    "tal": ("tal",),
    "tekst": ("tekst",),
    "figur": ("figur",),
    "struktur": ("struktur",),
    "paastand": ("paastand",),
    "kontrol": ("kontrol",),
    "diskretion": ("diskretion",),
}
# A cell whose print is the same (only its base or interval is another) is no changed number.
UNSEEN = ("grundlag", "interval")
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
)


def compare(old: Version, new: Version) -> dict[str, Any]:
    """All changes between two versions of one study, in the report's order, with a summary."""
    if old.study != new.study:
        raise PlainError(f"{old.name} and {new.name} are of different studies.")
    cells, structural = tables.compare_all(old.tables, new.tables)
    add_causes(cells, old, new)
    changed = {cell["address"]: cell for cell in cells if cell["kind"] not in UNSEEN}
    before, after = texts(old, new, changed)
    pictured = figures.compare(old.figures, new.figures, changed)
    claims = structure.claim_changes(old.claims, new.claims)
    for claim in claims:
        name_values(claim, {**old.tables, **new.tables})
    places = Places(after or before)
    edited = text.compare(before, after, changed)
    follow_claims(edited, claims)
    found = [
        *([] if lacks_text(old, new) else structure.changes(before, after)),
        *structural,
        *claims,
        *structure.check_changes(old.manifest, new.manifest),
        *(
            {"type": "diskretion", **risk.plain()}
            for risk in disclosure.risks(old.tables, new.tables)
        ),
        *(e for e in edited if not is_told_as_structure(e)),
        *cells,
        *pictured,
    ]
    changes = [finished(change, places, edited) for change in drop_doubles(found)]
    changes.sort(key=lambda change: (places.order(change["chapter"]), places.place(change)))
    return {
        "study": new.study,
        "old": described(old),
        "new": described(new),
        "notes": notes(old, new),
        "summary": summary(changes),
        "causes": cause_summary(cells, old, new),
        "top": ranking.top(changes),
        "chapters": places.chapters,
        "changes": changes,
    }


def described(version: Version) -> dict[str, Any]:
    """A version as the page names it."""
    return {
        "name": version.name,
        "label": version.label,
        "data_status": version.data_status,
        "data": STATUS_WORDS[version.data_status],
        "revision": version.manifest.get("revision"),
        "date": version.manifest.get("date"),
        "fingerprint": version.package.get("fingerprint"),
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
    known: dict[str, list[why.Cause]] = {}
    for cell in cells:
        name = cell["table"]
        if name not in known:
            known[name] = why.causes(
                old.tables[name], new.tables[name], dict(old.manifest), dict(new.manifest)
            )
        cell["causes"] = [cause.plain() for cause in known[name]]
        cell["why"] = why.follows(known[name])


def cause_summary(cells: Sequence[Change], old: Version, new: Version) -> list[dict[str, Any]]:
    """The sentences that say what most numbers follow from."""
    seen = [cell for cell in cells if cell["kind"] not in UNSEEN]
    manifests = dict(old.manifest), dict(new.manifest)
    names = {cell["table"] for cell in seen}
    found = {n: why.causes(old.tables[n], new.tables[n], *manifests) for n in sorted(names)}
    return why.summary([(cell["address"], found[cell["table"]]) for cell in seen])


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
    turned = [claim for claim in claims if claim["kind"] == "udfald"]
    for change in edited:
        words = " ".join(span[1] for span in change["spans"] if span[0] in "+-=")
        if change["kind"] == "redigeret" and any(claim["sentence"] in words for claim in turned):
            change["follows_claim"] = True


def is_told_as_structure(change: Change) -> bool:
    """Headings are told of as sections, unless they have no id to be known by."""
    return bool(change["block"] == "overskrift" and change["section"] and change["section"][-1])


def drop_doubles(found: Sequence[Change]) -> list[Change]:
    """A table or figure that came with its caption is told of once."""
    told = {
        (change["exhibit"].split("-", 1)[1], change["kind"])
        for change in found
        if change.get("exhibit")
    }
    return [
        change
        for change in found
        if not (
            (change.get("what") == "tabel" and (change.get("table"), change["kind"]) in told)
            or (change["type"] == "figur" and (change["figure"], change["kind"]) in told)
            or (change.get("block") == "billedtekst" and is_doubled_caption(change, found))
        )
    ]


def is_doubled_caption(change: Change, found: Sequence[Change]) -> bool:
    """A caption that came or went with its table or figure."""
    name = (change["new_link"] or change["old_link"]).split("#")[-1]
    return change["kind"] in ("tilfoejet", "fjernet", "flyttet") and any(
        other["type"] == "struktur" and other["id_"] == name for other in found
    )


def finished(change: Change, places: Places, edited: Sequence[Change]) -> Change:
    """A change with its chapter, title and id."""
    result = {**change, "chapter": places.chapter(change)}
    if change["type"] in ("tal", "figur"):
        result["title"] = places.title(change) or change.get("table") or change["figure"]
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


def summary(changes: Sequence[Change]) -> dict[str, int]:
    """How many numbers, sentences, figures and so on changed."""

    def count(kind: str) -> int:
        return sum(change["type"] == kind for change in changes)

    edited = [c for c in changes if c["type"] == "tekst"]
    return {
        "tal": sum(c["type"] == "tal" and c["seen"] for c in changes),
        "uset": sum(c["type"] == "tal" and not c["seen"] for c in changes),
        "saetninger": sum(c["sentences"] for c in edited if not c.get("follows_claim")),
        "flyttede": sum(c["moved"] for c in edited),
        "afsnit_med_nye_tal": sum(c["kind"] == "tal" for c in edited),
        "figurer": count("figur"),
        "struktur": count("struktur"),
        "paastande": count("paastand"),
        "kontroller": count("kontrol"),
        "diskretion": count("diskretion"),
    }


def notes(old: Version, new: Version) -> list[str]:
    """What the reader must know of the two versions before the changes."""
    found = []
    for version, other in ((old, new), (new, old)):
        if version.site is None and other.site is not None:
            found.append(
                f"For {version.label} findes kun resultaterne, ikke en tekst. Teksten er derfor "
                f"taget fra {other.label} med de to versioners tal sat ind, så kun tallene i den "
                "kan sammenlignes."
            )
        if version.figures is None and other.figures is not None:
            found.append(f"For {version.label} findes ingen tegnede figurer; kun tallene bag dem.")
    if old.data_status != new.data_status:
        words = STATUS_WORDS[old.data_status], STATUS_WORDS[new.data_status]
        found.append(
            f"De to versioner bygger på forskellige data: {words[0]} og {words[1]}. Ændringerne "
            "siger derfor noget om forskellen på de to sæt data, ikke om rettelser i rapporten."
        )
    return found


def failed(comparison: Mapping[str, Any], fail_on: Iterable[str]) -> list[str]:
    """Which of the named kinds of change there are; `alt` names every kind."""
    asked = list(fail_on)
    if unknown := sorted(set(asked) - {*FAIL_ON, "alt"}):
        known = ", ".join(["alt", *FAIL_ON])
        raise PlainError(f"--fail-on: “{', '.join(unknown)}” is not one of {known}.")
    kinds = list(FAIL_ON) if "alt" in asked else asked
    there = {change["type"] for change in comparison["changes"]}
    return [kind for kind in kinds if there & set(FAIL_ON[kind])]
