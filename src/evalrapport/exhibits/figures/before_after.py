"""Two points per row, before and after, around zero, with the limits of what counts as alike."""

from __future__ import annotations

from typing import Any

import altair as alt

from evalrapport.danish import number, quantity
from evalrapport.exhibits.figure_contract import Figure
from evalrapport.exhibits.figures import marks
from evalrapport.exhibits.figures.forest import title_lines
from evalrapport.exhibits.figures.marks import Record
from evalrapport.exhibits.printed import MEANINGS
from evalrapport.exhibits.released import Released
from evalrapport.exhibits.theme import Look

ROW_HEIGHT = 17
MOST = 40  # so many rows fit on a page; of more, those that differed most before are shown


def largest_first(figure: Figure, released: Released) -> list[Record]:
    """Records of the rows shown, the largest difference before first."""
    data = marks.records(released, marks.shares(released), figure.series)
    before = [one for one in data if one["Serie"] == figure.series[0]["label"]]
    before.sort(key=lambda one: -abs(one["value"] or 0.0))
    order = {one["row"]: place for place, one in enumerate(before[:MOST])}
    kept = [
        # The same label may stand under several headings: an invisible tail tells them apart.
        one | {"place": order[one["row"]], "linje": one["Række"] + "\u200b" * order[one["row"]]}
        for one in data
        if one["row"] in order
    ]
    return sorted(kept, key=lambda one: one["place"])


def chart(figure: Figure, released: Released, look: Look, width: int) -> Any:
    """The points, joined by a thin line, and dashed limits."""
    data = largest_first(figure, released)
    names, colours = zip(
        *((one["label"], look.colour(one["colour"])) for one in figure.series), strict=True
    )
    rows = list(dict.fromkeys(one["linje"] for one in data))
    y_axis = alt.Axis(title=None, domain=False, ticks=False, grid=True, labelLimit=330)
    y = alt.Y("linje:N", sort=rows, axis=y_axis)
    x_axis = alt.Axis(title=title_lines(figure), titlePadding=8, tickCount=6, grid=False)
    limit = float(figure.x["limit"])
    present = [one["value"] for one in data if one["value"] is not None]
    low, high = min([*present, -1.2 * limit]), max([*present, 1.2 * limit])
    scale = alt.Scale(domain=[low - 0.04 * (high - low), high + 0.04 * (high - low)], nice=False)
    x = alt.X("value:Q", axis=x_axis, scale=scale)
    base = alt.Chart(marks.inline(data)).encode(y=y)
    joined = base.mark_line(color=look.colour("rule"), strokeWidth=1.5).encode(
        x=x, detail="linje:N"
    )
    points = base.mark_point(filled=True, size=52, opacity=1).encode(
        x=x,
        color=alt.Color("Serie:N", sort=names, scale=alt.Scale(domain=names, range=colours)),
        tooltip=marks.tooltip(data),
    )
    ends = [{"value": -limit}, {"value": limit}]
    limits = alt.Chart(alt.InlineData(values=ends)).mark_rule(
        color=look.colour("axis"), strokeDash=[4, 3]
    )
    zero = alt.Chart(alt.InlineData(values=[{"value": 0}])).mark_rule(color=look.colour("muted"))
    picture = zero.encode(x=x) + limits.encode(x=x) + joined + points
    sized = picture.properties(width=width, height=ROW_HEIGHT * max(len(rows), 1))
    return marks.with_note(sized, data, look)


def named(figure: Figure, released: Released) -> dict[str, str]:
    """How many rows are shown, how many lie beyond the limit, and the largest of each series."""
    data = largest_first(figure, released)
    found = {"viste": number(len({one["row"] for one in data}))}
    limit = figure.x["limit"]
    for one, word in zip(figure.series, ("før", "efter"), strict=True):
        own = [row for row in data if row["Serie"] == one["label"] and row["value"] is not None]
        beyond = [row for row in own if abs(row["value"]) > limit]
        found[f"uden for {word}"] = number(len(beyond)) if beyond else "ingen"
        top = max(own, key=lambda row: abs(row["value"]), default=None)
        found[f"største {one['column']}"] = (
            f"{top['Række']} ({quantity(str(round(top['value'], 1)), 'pct', 1)})"
            if top
            else f"({MEANINGS['suppressed']})"
        )
    return found
