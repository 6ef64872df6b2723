"""A difference month by month, before the start and after it, where none should be found."""

from __future__ import annotations

from typing import Any

import altair as alt

from evalrapport.exhibits.figure_contract import Figure
from evalrapport.exhibits.figures import marks
from evalrapport.exhibits.figures.effect import months_text
from evalrapport.exhibits.figures.marks import Record
from evalrapport.exhibits.released import Released
from evalrapport.exhibits.theme import Look

HEIGHT, TICK = 220, 6


def month_of(figure: Figure, row: str) -> int:
    """A row's month; those before the start are negative."""
    before = figure.x["before_prefix"]
    if row.startswith(before):
        return -int(row.removeprefix(before))
    return int(row.removeprefix(figure.x["row_prefix"]))


def monthly(figure: Figure, released: Released, column: str) -> list[Record]:
    """Records of a column by month, in order."""
    series = [{"column": column, "label": figure.series[0]["label"]}]
    found = marks.records(released, list(released.rows), series)
    return [one | {"month": month_of(figure, one["row"])} for one in found]


def chart(figure: Figure, released: Released, look: Look, width: int) -> Any:
    """The difference in its bands; a rule stands where the mentor comes."""
    data = monthly(figure, released, figure.series[0]["column"])
    curve = monthly(figure, released, figure.y["whole_curve"])
    months = [one["month"] for one in data]
    first, last = min(months, default=0), max(months, default=0)
    ticks = [month for month in range(-120, 121, TICK) if first <= month <= last]
    axis = alt.Axis(title=figure.x["title"], values=ticks, grid=False, titlePadding=8)
    x = alt.X("month:Q", axis=axis, scale=alt.Scale(domain=[first, last], nice=False))
    low, high = marks.extent(
        one[key] for one in [*data, *curve] for key in ("value", "lower", "upper")
    )
    scale = alt.Scale(domain=[low, max(high, (high - low) * 0.06)], nice=False)
    y_axis = marks.level_axis(figure.y["title"], 30, tickCount=5)
    limits: dict[str, Any] = {"y": alt.Y("lower:Q", axis=y_axis, scale=scale), "y2": "upper:Q"}
    colour = look.colour("interval")
    wide = alt.Chart(marks.inline(curve)).encode(x=x, **limits)
    wide = wide.mark_area(opacity=0.3, color=colour)
    base = alt.Chart(marks.inline(data)).encode(x=x)
    near = base.encode(**limits).mark_area(opacity=0.55, color=colour)
    rules = alt.Chart(alt.InlineData(values=[{"zero": 0}]))
    zero = rules.mark_rule(color=look.colour("muted")).encode(y="zero:Q")
    start = rules.mark_rule(color=look.colour("axis"), strokeDash=[4, 3]).encode(x="zero:Q")
    line = base.mark_line(color=look.colour("ink"), strokeWidth=2).encode(y="value:Q")
    point = base.mark_point(color=look.colour("ink"), filled=True, size=20, opacity=1)
    points = point.encode(y="value:Q", tooltip=marks.tooltip(data))
    picture = (wide + near + zero + start + line + points).properties(width=width, height=HEIGHT)
    return marks.with_note(picture, data, look, marks.HIDDEN_POINTS)


def named(figure: Figure, released: Released) -> dict[str, str]:
    """The months whose interval lies below or above zero, and the last month."""
    data = monthly(figure, released, figure.series[0]["column"])
    sure = [one for one in data if one["lower"] is not None and one["upper"] is not None]
    return {
        "sikkert under nul": told([one["month"] for one in sure if one["upper"] < 0]),
        "sikkert over nul": told([one["month"] for one in sure if one["lower"] > 0]),
        "sidste måned": str(max((one["month"] for one in data), default=0)),
    }


def told(months: list[int]) -> str:
    """Months before and after the start, in words."""
    before = sorted(-month for month in months if month < 0)
    after = [month for month in months if month >= 0]
    parts = [months_text(before) + " før start"] if before else []
    if after or not before:
        parts.append(months_text(after))
    return " og ".join(parts)
