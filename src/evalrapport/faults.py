"""A fault of the program, told without what it says: its message may quote a person's value.

Libraries put the cell that they stumble over into their messages, and whatever a step prints ends
in logs that are not meant for the person level. So a step that reads people tells where the program
failed and of which kind the fault is; the whole of it goes into a file at the person level.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path


def where(error: BaseException) -> str:
    """The places in the program and the kinds of the fault and of those behind it; no message."""
    parts = []
    for one in reversed(list(chain(error))):
        places = "".join(traceback.format_list(traceback.extract_tb(one.__traceback__)))
        parts.append(f"{places}{type(one).__module__}.{type(one).__qualname__}")
    return "\n\nwhich led to:\n\n".join(parts)


def chain(error: BaseException) -> Iterator[BaseException]:
    """The fault, then what it came from, each once."""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def keep(error: BaseException, path: Path) -> None:
    """The whole fault, with its message, in a file at the person level."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
