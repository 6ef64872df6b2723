"""Compares figures by the series behind them, and tells whether the pictures differ."""

from __future__ import annotations

import base64
import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evalrapport.review.cells import Change
from evalrapport.review.tables import order_of

# Columns of a figure's CSV that say what a line is about; the rest are its numbers.
PLACE = ("Overskrift", "Række", "Gruppe", "Enhed")
Lines = Mapping[tuple[str, ...], Mapping[str, str]]
NUMBERS = ("Værdi", "Nedre grænse", "Øvre grænse", "Grundlag", "Bemærkning")


def compare(
    old: Path | None, new: Path | None, changed_cells: Mapping[str, Change]
) -> list[Change]:
    """The figures of two versions that came, went, show other numbers or look different.

    Where one version has no figures of its own (a bare bundle), the other's are held against the
    cells that changed (`changed_cells`, by address).
    """
    before, after = (names(folder) for folder in (old, new))
    if not before or not after:
        alone = new if after else old
        return [
            drawn_once(alone, name, changed_cells)
            for name in after or before
            if touched(alone, name, changed_cells)
        ]
    found = []
    for name in order_of(before, after):
        if name not in before or name not in after:
            found.append(lone(old if name in before else new, name, name in after))
        elif change := pair(Path(str(old)), Path(str(new)), name):
            found.append(change)
    return found


def names(folder: Path | None) -> list[str]:
    """The figures in a folder, by name."""
    return sorted(path.stem for path in folder.glob("*.svg")) if folder else []


def pair(old: Path, new: Path, name: str) -> Change | None:
    """How one figure differs; None if neither numbers nor picture do."""
    before, after = (lines(folder / f"{name}.csv") for folder in (old, new))
    series = changed_series(before, after)
    pictures = [(folder / f"{name}.svg").read_bytes() for folder in (old, new)]
    if not series and pictures[0] == pictures[1]:
        return None
    kind = kind_of(before, after) if series else "udseende"
    return {
        "type": "figur",
        "kind": kind,
        "figure": name,
        "title": "",
        "series": series,
        "old_picture": picture(old / f"{name}.svg"),
        "new_picture": picture(new / f"{name}.svg"),
    }


def lone(folder: Path | None, name: str, is_new: bool) -> Change:
    """A figure that one version has and the other has not."""
    shown = picture(Path(str(folder)) / f"{name}.svg")
    base = {"type": "figur", "figure": name, "title": "", "series": []}
    base["table"] = (addresses(folder, name) or [name])[0].split(" ")[0]
    if is_new:
        return {**base, "kind": "tilfoejet", "old_picture": "", "new_picture": shown}
    return {**base, "kind": "fjernet", "old_picture": shown, "new_picture": ""}


def drawn_once(folder: Path | None, name: str, changed_cells: Mapping[str, Change]) -> Change:
    """A figure that was drawn in one version only, with its changed cells as series."""
    series: dict[str, list[list[str]]] = {}
    for address in touched(folder, name, changed_cells):
        cell = changed_cells[address]
        point = [cell["row"], cell["old_text"], cell["new_text"]]
        series.setdefault(cell["column"], []).append(point)
    listed = [{"name": key, "points": points} for key, points in series.items()]
    return {
        "type": "figur",
        "kind": "tal",
        "figure": name,
        "title": "",
        "series": listed,
        "old_picture": "",
        "new_picture": picture(Path(str(folder)) / f"{name}.svg"),
    }


def touched(folder: Path | None, name: str, changed_cells: Mapping[str, Change]) -> list[str]:
    """The addresses that a figure draws and that changed."""
    return [address for address in addresses(folder, name) if address in changed_cells]


def addresses(folder: Path | None, name: str) -> list[str]:
    """The cells that a figure draws."""
    about = json.loads((Path(str(folder)) / f"{name}.json").read_text(encoding="utf-8"))
    listed: list[str] = about["addresses"]
    return listed


def lines(path: Path) -> dict[tuple[str, ...], dict[str, str]]:
    """The lines of a figure's CSV (semicolons, Danish heads) by what they are about."""
    text = path.read_text(encoding="utf-8-sig")
    listed = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    return {tuple(line[name] for name in PLACE): line for line in listed}


def changed_series(
    old: Lines,
    new: Lines,
) -> list[dict[str, Any]]:
    """By group: the points whose numbers changed, as [row, old, new]."""
    found: dict[str, list[list[str]]] = {}
    for place in [*new, *(p for p in old if p not in new)]:
        was, now = (told(side.get(place)) for side in (old, new))
        if was != now:
            heading, row, group, _ = place
            label = " · ".join(filter(None, (heading, row)))
            found.setdefault(group, []).append([label, was, now])
    return [{"name": group, "points": points} for group, points in found.items()]


def told(line: Mapping[str, str] | None) -> str:
    """A point in words: value and unit with its interval, or the remark in its place."""
    if line is None:
        return ""
    _, lower, upper, n, _ = (line[name] for name in NUMBERS)
    text = shown(line) + (f" ({lower}; {upper})" if lower else "")
    return text + (f", n = {n}" if n and not lower else "")


def shown(line: Mapping[str, str] | None) -> str:
    """A point's value and unit, or the remark in its place; nothing if there is no such point."""
    if line is None:
        return ""
    return f"{line['Værdi']} {line['Enhed']}".strip() if line["Værdi"] else line["Bemærkning"]


def kind_of(old: Lines, new: Lines) -> str:
    """`tal` if a point shows another value; `grundlag` if only bases and intervals are others."""
    other = any(shown(old.get(place)) != shown(new.get(place)) for place in {*old, *new})
    return "tal" if other else "grundlag"


def picture(path: Path) -> str:
    """A picture as an address that holds it, so that a page needs no other file."""
    return f"data:image/svg+xml;base64,{base64.b64encode(path.read_bytes()).decode()}"
