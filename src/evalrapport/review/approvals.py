"""Ticks of approval, kept in a small file beside the page and carried to the next comparison."""

from __future__ import annotations

from pathlib import Path

from evalrapport.errors import PlainError
from evalrapport.review.versions import read_json

FILE = "godkendt.json"


def carried(folder: Path, study: str) -> list[str]:
    """Ids that were approved beside this page, or beside any other comparison in the same place.

    The id of a change is a hash of the change itself, so a tick follows it wherever it comes again.
    """
    found: set[str] = set()
    for path in sorted(folder.parent.glob(f"*/{FILE}")):
        content = read_json(path)
        if not isinstance(content, dict) or not isinstance(content.get("godkendt"), list):
            raise PlainError(f"{path}: is no file of approvals; take it away or save it again.")
        if content.get("study") == study:
            found |= {str(name) for name in content["godkendt"]}
    return sorted(found)
