"""One measure across the columns of a table: a bar each, with its interval and its number."""

from __future__ import annotations

from typing import Any

import altair as alt

from evalrapport.exhibits.figure_contract import Figure
from evalrapport.exhibits.figures import marks
from evalrapport.exhibits.figures.marks import Record
from evalrapport.exhibits.released import Released
from evalrapport.exhibits.theme import Look

HEIGHT = 210
named = marks.largest


def bars(figure: Figure, released: Released) -> list[Record]:
    """One record per series: the figure's row in each column."""
    return marks.records(released, [figure.x["row"]], figure.series)


def chart(figure: Figure, released: Released, look: Look, width: int) -> Any:
    """Bars side by side, the number above each, the interval as a thin line."""
    data = bars(figure, released)
    names = marks.labels(released, figure.series)
    colours = [look.colour(one["colour"]) for one in figure.series]
    ends = [one[key] for one in data for key in ("value", "upper")]
    y_scale = alt.Scale(domain=list(marks.extent(ends, 0.16)), nice=False)
    x = alt.X(
        "Serie:N",
        sort=names,
        axis=alt.Axis(title=None, labelAngle=0, ticks=False, labelPadding=8),
        scale=alt.Scale(paddingInner=0.45, paddingOuter=0.3),
    )
    y = alt.Y("value:Q", axis=marks.level_axis(figure.y["title"], 24, tickCount=5), scale=y_scale)
    base = alt.Chart(marks.inline(data)).encode(x=x)
    scale = alt.Scale(domain=names, range=colours)
    bar = base.mark_bar().encode(
        y=y,
        color=alt.Color("Serie:N", scale=scale, legend=None),
        tooltip=marks.tooltip(data),
    )
    whisker = base.mark_rule(color=look.colour("ink"), strokeWidth=1.2)
    whisker = whisker.encode(y=alt.Y("lower:Q", scale=y_scale), y2="upper:Q")
    text = base.transform_calculate(
        top="datum.value === null ? 0 : (datum.upper === null ? datum.value : datum.upper)"
    )
    text = text.mark_text(dy=-9, fontWeight=600).encode(y="top:Q", text="text:N")
    picture = (bar + whisker + text).properties(width=width, height=HEIGHT)
    return marks.with_note(picture, data, look)
