"""Shares as points, each with its 95 per cent interval as a line, for groups side by side."""

from __future__ import annotations

import textwrap
from typing import Any

import altair as alt

from evalrapport.danish import quantity
from evalrapport.exhibits.figure_contract import Figure
from evalrapport.exhibits.figures import marks
from evalrapport.exhibits.figures.marks import Record
from evalrapport.exhibits.printed import MEANINGS
from evalrapport.exhibits.released import Released
from evalrapport.exhibits.theme import Look

STEP = 21  # pixels between the lines of two groups
LABEL_WIDTH = 34  # characters of a row's label on one line
SHAPES = ("circle", "square", "diamond", "triangle-up")


def points(figure: Figure, released: Released) -> list[Record]:
    """One record per row and group, the row's label broken into lines."""
    found = marks.records(released, marks.shares(released), figure.series)
    for one in found:
        one["label"] = "\n".join(textwrap.wrap(one["Række"], LABEL_WIDTH))
    return found


def chart(figure: Figure, released: Released, look: Look, width: int) -> Any:
    """A band per row; colour and shape tell the groups apart, the number stands behind the line."""
    data = points(figure, released)
    names = marks.labels(released, figure.series)
    colours = [look.colour(one["colour"]) for one in figure.series]
    colour = alt.Color(
        "Serie:N",
        scale=alt.Scale(domain=names, range=colours),
        sort=names,
        legend=alt.Legend(symbolType="stroke"),
    )
    base = alt.Chart(marks.inline(data)).encode(
        y=alt.Y("label:N", sort=None, axis=label_axis(look), scale=alt.Scale(paddingInner=0.3)),
        yOffset=alt.YOffset("Serie:N", sort=names, scale=alt.Scale(paddingInner=0.4)),
    )
    x = alt.X("value:Q", axis=share_axis(figure), scale=alt.Scale(domain=[0, 100], nice=False))
    line = base.mark_rule(strokeWidth=1.6).encode(
        x=alt.X("lower:Q", axis=share_axis(figure)), x2="upper:Q", color=colour
    )
    shape = alt.Shape(
        "Serie:N", scale=alt.Scale(domain=names, range=list(SHAPES[: len(names)])), legend=None
    )
    point = base.mark_point(filled=True, size=62, opacity=1).encode(
        x=x, color=colour, shape=shape, tooltip=marks.tooltip(data)
    )
    text = base.transform_calculate(
        end="datum.value === null ? 0 : (datum.upper === null ? datum.value : datum.upper)"
    )
    text = text.mark_text(align="left", dx=7).encode(x="end:Q", text="text:N")
    rows = len({one["row"] for one in data})
    height = rows * (STEP * len(names) + 12)
    picture = (line + point + text).properties(width=width, height=height)
    return marks.with_note(picture, data, look)


def label_axis(look: Look) -> alt.Axis:
    """The rows' labels, over several lines where they are long."""
    return alt.Axis(
        title=None,
        domain=False,
        ticks=False,
        labelExpr="split(datum.label, '\\n')",
        labelPadding=10,
        labelLimit=400,
        labelLineHeight=15,
        labelColor=look.colour("ink"),
    )


def share_axis(figure: Figure) -> alt.Axis:
    """Per cent from nought to the whole."""
    return alt.Axis(title=figure.x["title"], values=[0, 25, 50, 75, 100], grid=True, titlePadding=8)


def named(figure: Figure, released: Released) -> dict[str, str]:
    """`{nedre row@column}` and `{oevre row@column}`: the ends of an interval."""
    found = {}
    for row in marks.shares(released):
        for one in figure.series:
            cell = released.cell(row, one["column"])
            for word, end in (("nedre", "lower"), ("oevre", "upper")):
                value = getattr(cell, end, "")
                found[f"{word} {row}@{one['column']}"] = (
                    quantity(value, cell.unit, released.decimals(row, one["column"]))
                    if cell is not None and cell.ok and value
                    else f"({MEANINGS['suppressed']})"
                )
    return found
