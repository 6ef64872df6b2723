"""Shares in lying bars, one panel per group, so that every row can be read across."""

from __future__ import annotations

from typing import Any

import altair as alt

from evalrapport.exhibits.figure_contract import Figure
from evalrapport.exhibits.figures import marks
from evalrapport.exhibits.released import Released
from evalrapport.exhibits.theme import Look

ROW_HEIGHT, SPACING = 24, 14
LABEL_ROOM = 1.55  # the scale reaches this much beyond the longest bar: room for its number
named = marks.largest


def chart(figure: Figure, released: Released, look: Look, width: int) -> Any:
    """One panel per series; the number stands at the end of its bar."""
    data = marks.records(released, marks.shares(released), figure.series)
    names = marks.labels(released, figure.series)
    colours = {
        name: look.colour(one["colour"]) for name, one in zip(names, figure.series, strict=True)
    }
    data = [one | {"farve": colours[one["Serie"]]} for one in data]
    top = max((one["value"] for one in data if one["value"] is not None), default=1.0)
    rows = list(dict.fromkeys(one["Række"] for one in data))
    base = alt.Chart(marks.inline(data)).encode(
        y=alt.Y("Række:N", sort=rows, axis=row_axis(look), scale=alt.Scale(padding=0.18)),
    )
    x = alt.X("value:Q", axis=None, scale=alt.Scale(domain=[0, top * LABEL_ROOM], nice=False))
    bars = base.mark_bar().encode(
        x=x, color=alt.Color("farve:N", scale=None), tooltip=marks.tooltip(data)
    )
    text = base.transform_calculate(end="datum.value === null ? 0 : datum.value")
    text = text.mark_text(align="left", dx=4).encode(x="end:Q", text="text:N")
    panel = (width - SPACING * (len(names) - 1)) / len(names)
    both = (bars + text).properties(width=panel, height=ROW_HEIGHT * len(rows))
    header = alt.Header(
        labelAnchor="start",
        labelFontWeight=600,
        labelExpr="split(datum.label, ' ')",
        labelPadding=4,
    )
    faceted = both.facet(column=alt.Column("Serie:N", sort=names, header=header), spacing=SPACING)
    return marks.with_note(faceted, data, look)


def row_axis(look: Look) -> alt.Axis:
    """Row labels without ticks, dark enough to read as text."""
    return alt.Axis(
        title=None, domain=False, ticks=False, labelPadding=8, labelColor=look.colour("ink")
    )
