"""Facts from elsewhere (`{{< fakta id >}}`) that have another value or another source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evalrapport.review.cells import Change
from evalrapport.review.versions import FACT


def changes(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> list[Change]:
    """The changed facts, in the order of their ids; none where a version has no text of its own.

    `old` and `new`: what was printed, by shortcode. A fact is held against itself under the same
    options only: with others it is the sentence that was edited.
    """
    if old is None or new is None:
        return []
    found: dict[str, Change] = {}
    for key in sorted(old.keys() & new.keys()):
        was, now = old[key], new[key]
        kind = "vaerdi" if was["text"] != now["text"] else "kilde"
        same = was["text"] == now["text"] and was["source"] == now["source"]
        if same or found.get(now["id"], {}).get("kind") == "vaerdi":
            continue
        found[now["id"]] = {
            "type": "fakta",
            "kind": kind,
            "fact": now["id"],
            "old": was["text"],
            "new": now["text"],
            "old_source": was["source"],
            "new_source": now["source"],
        }
    return list(found.values())


def by_address(found: list[Change]) -> dict[str, Change]:
    """The facts whose value changed, by the address that the text carries."""
    return {f"{FACT}{change['fact']}": change for change in found if change["kind"] == "vaerdi"}
