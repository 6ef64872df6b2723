"""Many places in rank order as dots with their intervals, in two columns that share one scale."""

from __future__ import annotations

from typing import Any

import altair as alt

from evalrapport.exhibits.figure_contract import Figure
from evalrapport.exhibits.figures import marks, tiles
from evalrapport.exhibits.figures.marks import Record
from evalrapport.exhibits.released import Released
from evalrapport.exhibits.theme import Look

ROW_HEIGHT, SPACING, LABEL_ROOM = 15, 18, 118
COUNTRY = "hele_landet"
named = tiles.named


def ranked(figure: Figure, released: Released) -> list[Record]:
    """From the highest to the lowest value; hidden places come last, by name."""
    data = marks.records(released, marks.shares(released), figure.series)
    data.sort(key=lambda one: (one["value"] is None, -(one["value"] or 0.0), one["Række"]))
    return data


def chart(figure: Figure, released: Released, look: Look, width: int) -> Any:
    """The upper half of the ranking on the left, the lower on the right."""
    data = ranked(figure, released)
    half = -(-len(data) // 2)
    top = marks.extent((one["upper"] or one["value"] for one in data), 0.03)
    plot = (width - SPACING) / 2 - LABEL_ROOM
    columns = [
        column(part, list(top), figure, released, look, plot)
        for part in (data[:half], data[half:])
        if part
    ]
    return marks.with_note(alt.hconcat(*columns, spacing=SPACING), data, look)


def column(
    data: list[Record],
    domain: list[float],
    figure: Figure,
    released: Released,
    look: Look,
    width: float,
) -> Any:
    """One column of the ranking."""
    names = [one["Række"] for one in data]
    label = alt.Axis(
        title=None,
        domain=False,
        ticks=False,
        labelPadding=6,
        labelColor=look.colour("ink"),
        minExtent=LABEL_ROOM - 6,
        maxExtent=LABEL_ROOM - 6,
    )
    y = alt.Y("Række:N", sort=names, axis=label)
    x = alt.X(
        "value:Q",
        axis=alt.Axis(title=figure.y["title"], tickCount=5, titlePadding=8),
        scale=alt.Scale(domain=domain, nice=False, clamp=True),
    )
    base = alt.Chart(marks.inline(data)).encode(y=y)
    lines = base.mark_rule(color=look.colour("interval"), strokeWidth=2)
    lines = lines.encode(x=alt.X("lower:Q"), x2="upper:Q")
    dots = base.mark_point(filled=True, size=26, opacity=1, color=look.colour("treated"))
    dots = dots.encode(x=x, tooltip=marks.tooltip(data))
    hidden = base.transform_filter("datum.value === null").mark_text(
        align="left", fontWeight="bold", color=look.colour("muted")
    )
    picture = lines + dots + hidden.encode(x=alt.datum(0), text=alt.value("·"))
    country = released.cell(COUNTRY, figure.series[0]["column"]) if has_country(released) else None
    if country is not None and country.ok:
        at = alt.Chart(alt.InlineData(values=[{"landet": float(country.value)}]))
        picture = (
            at.mark_rule(color=look.colour("comparison"), strokeDash=[3, 3]).encode(x="landet:Q")
            + picture
        )
    return picture.properties(width=width, height=ROW_HEIGHT * len(data))


def has_country(released: Released) -> bool:
    """Whether the table has a row for the whole country."""
    return COUNTRY in released.rows
