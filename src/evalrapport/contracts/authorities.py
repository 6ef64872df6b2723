"""What the authorities ask of results, by the registers behind them: see authorities.yaml."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PATH = Path(__file__).with_suffix(".yaml")


@cache
def authorities() -> tuple[dict[str, Any], ...]:
    """All of them, as the file lists them."""
    return tuple(yaml.safe_load(PATH.read_text(encoding="utf-8")))


def floor(registers: Collection[str]) -> tuple[int, str]:
    """The greatest number that an authority asks for in a cell, and which authority asks it."""
    return max(
        (one["floor"], one["authority"])
        for one in authorities()
        if not one["files"] or any(name.startswith(tuple(one["files"])) for name in registers)
    )
