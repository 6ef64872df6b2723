"""A map of the municipalities as tiles: one square each, as near to its place as a grid allows.

Every municipality is as large as every other, so that the eye weighs them alike; on a real map
the many small ones around the capital could not be told apart. The places stand in
contracts/codes/municipality_tiles.csv.
"""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path
from typing import Any

import altair as alt

from evalrapport.danish import RANGE_DASH, quantity
from evalrapport.exhibits.figure_contract import Figure
from evalrapport.exhibits.figures import marks
from evalrapport.exhibits.figures.marks import Record
from evalrapport.exhibits.printed import MEANINGS
from evalrapport.exhibits.released import Released
from evalrapport.exhibits.theme import Look

PREFIX = "kommune_"
HIDDEN = "ikke vist"
NOTE = "Felter uden tal er ikke vist af hensyn til diskretion."
DARK = 2  # so many of the darkest classes have light words
COLUMNS = 16
Tiles = dict[str, dict[str, str]]


def read_tiles(path: Path) -> Tiles:
    """Municipality code → its tile: column, row (from the north-west corner), short, name."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def chart(figure: Figure, released: Released, look: Look, width: int) -> Any:
    """A square per municipality, darker for a larger value, with a short name in it."""
    data = placed(figure, released)
    names = class_names(figure.x["classes"])
    shades = [look.colour(f"sequence.{place}") for place in range(len(names) - 1, -1, -1)]
    hidden = any(one["value"] is None for one in data)
    colour = alt.Color(
        "klasse:N",
        sort=None,
        scale=alt.Scale(
            domain=[*names, *([HIDDEN] * hidden)],
            range=[*shades, *([look.colour("wash")] * hidden)],
        ),
        legend=alt.Legend(
            title=figure.y["title"], symbolType="square", columns=len(names) + hidden, offset=8
        ),
    )
    base = alt.Chart(marks.inline(data)).encode(x=axis("x", "column"), y=axis("y", "row"))
    tiles = base.mark_rect(stroke=look.colour("rule"), strokeWidth=0.5)
    tiles = tiles.encode(color=colour, tooltip=marks.tooltip(data))
    ink = alt.condition(
        alt.FieldOneOfPredicate("klasse", names[-DARK:]),
        alt.value(look.colour("paper")),
        alt.value(look.colour("ink")),
    )
    words = base.mark_text().encode(text="short:N", color=ink)
    side = width / COLUMNS
    rows = max(one["row"] for one in data) + 1
    picture = (tiles + words).properties(width=width, height=side * rows)
    return marks.with_note(picture, data, look, NOTE)


def axis(channel: str, field: str) -> Any:
    """A place on the grid, without an axis."""
    kind = alt.X if channel == "x" else alt.Y
    return kind(f"{field}:O", axis=None, scale=alt.Scale(padding=0.06))


def placed(figure: Figure, released: Released) -> list[Record]:
    """The municipalities' records with their tile and class."""
    tiles: Tiles = figure.x["tiles"]
    data = []
    for one in marks.records(released, marks.shares(released), figure.series):
        tile = tiles[one["row"].removeprefix(PREFIX)]
        one |= {"column": int(tile["column"]), "row": int(tile["row"]), "short": tile["short"]}
        one["klasse"] = class_of(one["value"], figure.x["classes"])
        data.append(one)
    return data


def class_names(edges: list[int]) -> list[str]:
    """The classes between edges: `under 2`, `2–4`, …, `12 og derover`."""
    inner = [f"{low}{RANGE_DASH}{high}" for low, high in pairwise(edges)]
    return [f"under {edges[0]}", *inner, f"{edges[-1]} og derover"]


def class_of(value: float | None, edges: list[int]) -> str:
    """The class of a value; an edge belongs to the class above it."""
    if value is None:
        return HIDDEN
    return class_names(edges)[sum(value >= edge for edge in edges)]


def named(figure: Figure, released: Released) -> dict[str, str]:
    """`{højest}`: the two largest values with their places; `{skjulte}`: how many are hidden."""
    data = marks.records(released, marks.shares(released), figure.series)
    shown = sorted((one for one in data if one["value"] is not None), key=lambda one: -one["value"])
    top = [f"{one['Række']} ({one['Værdi']})" for one in shown[:2]]
    hidden = len(data) - len(shown)
    return {
        "højest": " og ".join(top) or f"({MEANINGS['suppressed']})",
        "skjulte": quantity(str(hidden), "", 0) if hidden else "ingen",
    }
