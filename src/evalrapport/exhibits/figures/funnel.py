"""A funnel plot: each place's mean against how many episodes it rests on, with control limits.

Few episodes scatter widely by chance alone; only a place outside the funnel differs by more than
that. Method: Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202. All numbers, the limits
too, stand in the table.
"""

from __future__ import annotations

from math import log10
from typing import Any, Literal

import altair as alt

from evalrapport.danish import listing, number
from evalrapport.exhibits.figure_contract import Figure
from evalrapport.exhibits.figures import marks
from evalrapport.exhibits.figures.marks import Record
from evalrapport.exhibits.printed import MEANINGS
from evalrapport.exhibits.released import Released
from evalrapport.exhibits.theme import Look

HEIGHT = 300
NAMED = 6  # so many of the places farthest outside are named
COUNTRY = "hele_landet"
PARTS = ("mean", "lower_limit", "upper_limit")
NEAR_X, NEAR_Y = 0.4, 0.045  # labels nearer than this (powers of ten, share of the axis) collide
HIDDEN = "Kommuner med for få forløb er ikke vist af hensyn til diskretion."
INSIDE, OUTSIDE, ERROR = "Inden for grænserne", "Uden for grænserne", "Formentlig fejlregistrering"


def points(figure: Figure, released: Released) -> list[Record]:
    """A record per place that is shown, with its limits and what it is called."""
    column = figure.x["columns"]
    found = []
    for row in marks.shares(released):
        cells = {part: released.cell(row, column[part]) for part in PARTS}
        base = released.cell(row, figure.x["column"])
        if base is None or any(cell is None or not cell.ok for cell in (base, *cells.values())):
            continue
        mean = cells["mean"]
        assert mean is not None
        one = marks.record(released, mean, "")
        one |= {part: float(cell.value) for part, cell in cells.items() if cell is not None}
        one |= {"n": float(base.value), "Forløb": number(base.value)}
        mark = released.cell(row, figure.x["mark"]) if "mark" in figure.x else None
        one["Serie"] = verdict(one, error=mark is not None and bool(mark.text))
        found.append(one)
    return sorted(found, key=lambda one: one["n"])


def verdict(one: Record, *, error: bool) -> str:
    """Inside or outside the limits; a probable error is neither where the figure marks errors."""
    if error:
        return ERROR
    inside = one["lower_limit"] <= one["mean"] <= one["upper_limit"]
    return INSIDE if inside else OUTSIDE


def chart(figure: Figure, released: Released, look: Look, width: int) -> Any:
    """Points, the country's mean and the limits; what lies above the scale stands at its top."""
    data = points(figure, released)
    every = marks.records(released, marks.shares(released), figure.series)
    hidden = [one for one in every if one["value"] is None]
    top = figure.y.get("top") or max((one["mean"] for one in data), default=1.0) * 1.08
    for one in data:
        one["sted"] = min(one["mean"], top)
        one |= {part: min(max(one[part], 0.0), top) for part in ("lower_limit", "upper_limit")}
    most = max((one["n"] for one in data), default=100.0) * 1.5
    x = alt.X(
        "n:Q",
        axis=alt.Axis(
            title=figure.x["title"], values=[3, 10, 30, 100, 300, 1000], grid=False, titlePadding=8
        ),
        scale=alt.Scale(type="log", domain=[2, most], nice=False),
    )
    scale = alt.Scale(domain=[0, top], nice=False)
    y = alt.Y("sted:Q", scale=scale, axis=marks.level_axis(figure.y["title"], 24, tickCount=6))
    names = [INSIDE, OUTSIDE, ERROR]
    there = [name for name in names if any(one["Serie"] == name for one in data)] or names[:1]
    colours = [look.colour(c) for c in ("interval", "treated", "comparison")]
    colour = alt.Color(
        "Serie:N",
        scale=alt.Scale(
            domain=there, range=[c for n, c in zip(names, colours, strict=True) if n in there]
        ),
        legend=alt.Legend(symbolType="circle", offset=30),
    )
    base = alt.Chart(marks.inline(data + hidden)).encode(x=x)
    base = base.transform_filter("datum.value !== null")
    limits = [
        base.mark_line(
            color=look.colour("axis"), strokeDash=[4, 3], strokeWidth=1.2, interpolate="monotone"
        ).encode(y=alt.Y(f"{end}:Q", scale=scale))
        for end in ("lower_limit", "upper_limit")
    ]
    dots = base.mark_point(filled=True, size=42, opacity=0.95)
    dots = dots.encode(y=y, color=colour, tooltip=[*marks.tooltip(data), alt.Tooltip("Forløb:N")])
    picture = alt.layer(*limits, dots, *country_line(released, figure, look, scale))
    picture += labels(data, look, scale, x)
    picture = picture.properties(width=width, height=HEIGHT)
    return marks.with_note(picture, hidden, look, HIDDEN)


def country_line(released: Released, figure: Figure, look: Look, scale: alt.Scale) -> list[Any]:
    """The whole country's mean as a line, if it is shown."""
    cell = released.cell(COUNTRY, figure.x["columns"]["mean"])
    if cell is None or not cell.ok:
        return []
    line = alt.Chart(alt.InlineData(values=[{"landet": float(cell.value)}]))
    line = line.mark_rule(color=look.colour("ink"), strokeWidth=1)
    return [line.encode(y=alt.Y("landet:Q", scale=scale))]


def farthest(data: list[Record]) -> list[Record]:
    """The places farthest outside the limits, beginning with the farthest."""

    def distance(one: Record) -> float:
        room = max(one["upper_limit"] - one["lower_limit"], 1e-9)
        beyond = max(one["mean"] - one["upper_limit"], one["lower_limit"] - one["mean"])
        return float(beyond / room)

    outside = [one for one in data if one["Serie"] != INSIDE]
    return sorted(outside, key=distance, reverse=True)[:NAMED]


def labels(data: list[Record], look: Look, scale: alt.Scale, x: alt.X) -> Any:
    """The names of the places farthest outside; a value beyond the scale is written out."""
    sides: dict[str, list[Record]] = {"left": [], "right": []}
    top = max((one["sted"] for one in data), default=1.0)
    for one in farthest(data):
        name = one["Række"] + (f" ({one['text']})" if one["sted"] < one["mean"] else "")
        label = {"n": one["n"], "sted": one["sted"], "navn": name}
        free = [side for side in sides if not any(near(label, o, top) for o in sides[side])]
        if free:  # a name without room of its own is left out; the table has them all
            sides[free[0]].append(label)
    drawn = []
    ends: tuple[tuple[Literal["left", "right"], int], ...] = (("left", 7), ("right", -7))
    for align, dx in ends:
        base = alt.Chart(alt.InlineData(values=sides[align])).encode(
            x=x, y=alt.Y("sted:Q", scale=scale), text="navn:N"
        )
        drawn.append(base.mark_text(align=align, dx=dx, dy=1, color=look.colour("ink")))
    return alt.layer(*drawn)


def near(one: Record, other: Record, top: float) -> bool:
    """Whether two names on the same side of their points would run into one another."""
    beside = abs(log10(one["n"]) - log10(other["n"])) < NEAR_X
    return beside and abs(one["sted"] - other["sted"]) < NEAR_Y * top


def named(figure: Figure, released: Released) -> dict[str, str]:
    """`{uden for}`: the places outside the limits; `{vist}`: how many places are shown."""
    data = points(figure, released)
    outside = [one["Række"] for one in data if one["Serie"] != INSIDE]
    shown = listing(sorted(outside)) if outside else "ingen"
    return {
        "uden for": shown,
        "vist": number(len(data)) if data else f"({MEANINGS['suppressed']})",
    }
