"""A distribution over ordered classes: bars side by side, comparison groups as lines over them."""

from __future__ import annotations

from typing import Any

import altair as alt

from evalrapport.exhibits.figure_contract import Figure
from evalrapport.exhibits.figures import marks
from evalrapport.exhibits.figures.marks import Record
from evalrapport.exhibits.released import Released
from evalrapport.exhibits.theme import Look

HEIGHT = 250
WORDS = "split(datum.label, ' ')"
# With more classes than this only odd numbers are printed, so that a longer last label has room.
MANY = 20
ODD_NUMBERS = f"test(/^\\d*[02468]$/, datum.label) ? '' : {WORDS}"
named = marks.largest


def chart(figure: Figure, released: Released, look: Look, width: int) -> Any:
    """Bars for the series marked `as: bars`, lines with points for those marked `as: line`."""
    bars = [one for one in figure.series if one.get("as", "bars") == "bars"]
    lines = [one for one in figure.series if one.get("as") == "line"]
    strip = figure.x.get("strip", "")
    data = marks.records(released, marks.shares(released), bars)
    over = marks.records(released, marks.shares(released), lines)
    for one in data + over:
        one["klasse"] = one["Række"].replace(strip, "")
    x = class_axis(figure, [one["klasse"] for one in data])
    y = share_axis(figure, data + over)
    picture = bar_layer(released, bars, data, x, y, look)
    if over:
        picture += line_layer(released, lines, over, x, y, look)
    return marks.with_note(picture.properties(width=width, height=HEIGHT), data + over, look)


def class_axis(figure: Figure, classes: list[str]) -> alt.X:
    """The classes in printed order; words of a label stand under one another."""
    many = len(set(classes)) > MANY
    axis = alt.Axis(
        title=figure.x["title"],
        labelAngle=0,
        labelExpr=ODD_NUMBERS if many else WORDS,
        ticks=many,
        labelPadding=6,
        titlePadding=8,
    )
    scale = alt.Scale(paddingInner=0.22, paddingOuter=0.1)
    return alt.X("klasse:N", sort=list(dict.fromkeys(classes)), axis=axis, scale=scale)


def share_axis(figure: Figure, data: list[Record]) -> alt.Y:
    """Shares from zero."""
    scale = alt.Scale(domain=list(marks.extent(one["value"] for one in data)), nice=False)
    axis = marks.level_axis(figure.y["title"], 24, tickCount=5)
    return alt.Y("value:Q", axis=axis, scale=scale, stack=None)


def bar_layer(
    released: Released, series: list[Record], data: list[Record], x: alt.X, y: alt.Y, look: Look
) -> Any:
    """Bars side by side; where a share is hidden, a dot stands in the bar's place."""
    names = marks.labels(released, series)
    colours = [look.colour(one["colour"]) for one in series]
    scale = alt.Scale(domain=names, range=colours)
    base = alt.Chart(marks.inline(data)).encode(x=x, y=y)
    if len(series) > 1:
        base = base.encode(
            xOffset=alt.XOffset("Serie:N", sort=names, scale=alt.Scale(domain=names))
        )
    bars = base.mark_bar().encode(
        fill=alt.Fill("Serie:N", scale=scale, sort=names, legend=alt.Legend(symbolType="square")),
        tooltip=marks.tooltip(data),
    )
    hidden = base.transform_filter("datum.value === null").mark_text(
        baseline="bottom", fontSize=20, fontWeight="bold"
    )
    return bars + hidden.encode(y=alt.datum(0), text=alt.value("·"))


def line_layer(
    released: Released, series: list[Record], data: list[Record], x: alt.X, y: alt.Y, look: Look
) -> Any:
    """One line with points per comparison group, told apart by colour and shape."""
    names = marks.labels(released, series)
    colours = [look.colour(one["colour"]) for one in series]
    legend = alt.Legend(symbolType="stroke", symbolStrokeWidth=2.5)
    base = alt.Chart(marks.inline(data)).encode(
        x=x,
        y=y,
        stroke=alt.Stroke(
            "Serie:N", scale=alt.Scale(domain=names, range=colours), sort=names, legend=legend
        ),
        strokeDash=alt.StrokeDash(
            "Serie:N",
            scale=alt.Scale(domain=names, range=[[1, 0], [5, 3]]),
            sort=names,
            legend=legend,
        ),
    )
    points = base.mark_point(size=34, fill=look.colour("paper"), opacity=1, strokeDash=[1, 0])
    points = points.encode(tooltip=marks.tooltip(data), strokeDash=alt.value([1, 0]))
    return base.mark_line(strokeWidth=2) + points
