"""A comparison at a glance: the two versions, the counts, what must be known beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evalrapport import danish
from evalrapport.errors import PlainError
from evalrapport.review.cells import Change, key
from evalrapport.review.versions import STATUS_WORDS, Version

# What `--fail-on` may name, and the types of change that it stands for.
FAIL_ON = {
    "tal": ("tal",),
    "tekst": ("tekst",),
    "figur": ("figur",),
    "struktur": ("struktur",),
    "paastand": ("paastand",),
    "fakta": ("fakta",),
    "kontrol": ("kontrol",),
    "diskretion": ("diskretion",),
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


def compared(old: Version, new: Version) -> int:
    """How many cells stand in both versions."""
    sides = [
        {(name, key(line)) for name, table in version.tables.items() for line in table.cells}
        for version in (old, new)
    ]
    return len(sides[0] & sides[1])


def summary(changes: Sequence[Change], cells: int) -> dict[str, int]:
    """How many numbers, sentences, figures and so on changed; `cells` were held together."""

    def count(kind: str) -> int:
        return sum(change["type"] == kind for change in changes)

    edited = [c for c in changes if c["type"] == "tekst"]
    return {
        "sammenholdt": cells,
        "tal": sum(c["type"] == "tal" and c["seen"] for c in changes),
        "uden_for": sum(c.get("significance") == "uden_for" and c["seen"] for c in changes),
        "uset": sum(c["type"] == "tal" and not c["seen"] for c in changes),
        "saetninger": sum(c["sentences"] for c in edited if not c.get("follows_claim")),
        "flyttede": sum(c["moved"] for c in edited),
        "afsnit_med_nye_tal": sum(c["kind"] == "tal" for c in edited),
        "figurer": sum(c["type"] == "figur" and c["kind"] != "grundlag" for c in changes),
        "struktur": count("struktur"),
        "paastande": count("paastand"),
        "fakta": count("fakta"),
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
    for version, made in zip((old, new), shares(old, new), strict=True):
        if made is not None and made < 1 and other_size(old, new):
            found.append(
                f"Personerne i {version.label} svarer til {danish.quantity(100 * made, 'pct', 0)} "
                "af Danmark. Antal af personer er derfor tilsvarende mindre; andele og "
                "gennemsnit kan holdes op mod hinanden."
            )
    return found


def shares(old: Version, new: Version) -> list[float | None]:
    """The share of Denmark in both versions."""
    return [share(version) for version in (old, new)]


def other_size(old: Version, new: Version) -> bool:
    """Whether one version has another share of Denmark, so that all its counts are others."""
    known = shares(old, new)
    return len(set(known)) > 1 and any(made is not None and made < 1 for made in known)


def share(version: Version) -> float | None:
    """The share of Denmark that a version's stand-in people are; None for any other people."""
    for table in version.tables.values():
        for step in table.manifest.get("steps", {}).values():
            settings = step.get("settings", {}).get("stand_in")
            if isinstance(settings, Mapping) and version.data_status == "stand_in":
                return float(settings["scale"])
    return None


def failed(comparison: Mapping[str, Any], fail_on: Iterable[str]) -> list[str]:
    """Which of the named kinds of change there are; `alt` names every kind."""
    asked = list(fail_on)
    if unknown := sorted(set(asked) - {*FAIL_ON, "alt"}):
        known = ", ".join(["alt", *FAIL_ON])
        raise PlainError(f"--fail-on: “{', '.join(unknown)}” is not one of {known}.")
    kinds = list(FAIL_ON) if "alt" in asked else asked
    there = {change["type"] for change in comparison["changes"]}
    return [kind for kind in kinds if there & set(FAIL_ON[kind])]
