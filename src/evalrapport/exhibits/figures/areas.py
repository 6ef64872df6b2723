"""Shares through the weeks before the start, stacked to the whole, with labels on the bands.

Rows are `<prefix><week>.<band>`; bands are stacked from the bottom in the contract's order.
"""

from __future__ import annotations

from typing import Any

import altair as alt

from evalrapport.danish import quantity
from evalrapport.exhibits.figure_contract import Figure
from evalrapport.exhibits.figures import marks
from evalrapport.exhibits.figures.marks import Record
from evalrapport.exhibits.printed import MEANINGS
from evalrapport.exhibits.released import Released
from evalrapport.exhibits.theme import Look

HEIGHT = 300
LABEL_MIN = 3.5  # a band thinner than this at the end has no room for its label inside the figure
WEEKS_PER_YEAR = 52


def weeks(figure: Figure, released: Released) -> list[int]:
    """The weeks before the start that the table has, first to last."""
    prefix = figure.x["row_prefix"]
    found = {int(row.removeprefix(prefix).partition(".")[0]) for row in released.rows}
    return sorted(found, reverse=True)


def layers(figure: Figure, released: Released) -> list[Record]:
    """One record per week and band, with the edges of its place in the stack."""
    found = []
    column, prefix = figure.series[0]["column"], figure.x["row_prefix"]
    for week in weeks(figure, released):
        low = 0.0
        for place, band in enumerate(figure.y["bands"]):
            cell = released.cell(f"{prefix}{week}.{band['row']}", column)
            if cell is None:
                continue
            one = marks.record(released, cell, band["label"], week=week, place=place)
            one |= {"low": low, "high": low + (one["value"] or 0.0)}
            one["Række"] = released.groups[released.rows[cell.row].group or ""]
            low = one["high"]
            found.append(one)
    return found


def chart(figure: Figure, released: Released, look: Look, width: int) -> Any:
    """Stacked areas from five years before to the last week, each named at its right end."""
    data = layers(figure, released)
    names = [band["label"] for band in figure.y["bands"]]
    colours = [look.colour(band["colour"]) for band in figure.y["bands"]]
    scale = alt.Scale(domain=names, range=colours)
    base = alt.Chart(marks.inline(data)).encode(x=time_axis(figure, data))
    y = alt.Y("low:Q", axis=share_axis(figure), scale=alt.Scale(domain=[0, 100], nice=False))
    areas = base.mark_area(stroke=look.colour("paper"), strokeWidth=0.8).encode(
        y=y,
        y2="high:Q",
        color=alt.Color("Serie:N", scale=scale, sort=names, legend=None),
        tooltip=marks.tooltip(data),
    )
    hover = base.mark_bar(opacity=0, width=width / max(1, len({one["week"] for one in data})))
    hover = hover.encode(y="low:Q", y2="high:Q", tooltip=marks.tooltip(data))
    text = alt.Chart(alt.InlineData(values=end_labels(data)))
    text = text.mark_text(align="left", dx=8).encode(x="week:Q", y="middle:Q", text="Serie:N")
    picture = (areas + hover + text).properties(width=width, height=HEIGHT)
    return marks.with_note(picture, data, look, marks.HIDDEN_ANSWERS)


def time_axis(figure: Figure, data: list[Record]) -> alt.X:
    """Weeks before the start, time running to the right, a tick every year."""
    first, last = max(one["week"] for one in data), min(one["week"] for one in data)
    years = [week for week in range(first, -1, -WEEKS_PER_YEAR) if week]
    axis = alt.Axis(
        title=figure.x["title"],
        values=[*years, last],
        labelExpr=f"datum.value < {WEEKS_PER_YEAR} ? 'ugen før'"
        f" : datum.value / {WEEKS_PER_YEAR} + ' år før'",
        grid=False,
        labelFlush=False,
        titlePadding=8,
    )
    return alt.X("week:Q", axis=axis, scale=alt.Scale(domain=[first, last], nice=False))


def share_axis(figure: Figure) -> alt.Axis:
    """Shares of everyone, from nought to the whole."""
    return marks.level_axis(figure.y["title"], 30, values=[0, 25, 50, 75, 100], grid=False)


def end_labels(data: list[Record]) -> list[Record]:
    """The middle of each band in the last week, labels moved apart where they would touch."""
    last = min(one["week"] for one in data)
    ends = [one for one in data if one["week"] == last and one["value"] is not None]
    middles = [(one["low"] + one["high"]) / 2 for one in ends]
    places = marks.spread(middles, 100 * 15 / HEIGHT)
    return [
        {"week": last, "Serie": one["Serie"], "middle": place}
        for one, place in zip(ends, places, strict=True)
    ]


def named(figure: Figure, released: Released) -> dict[str, str]:
    """`{først <band>}` and `{sidst <band>}`: a band's share in the first and the last week."""
    column, prefix = figure.series[0]["column"], figure.x["row_prefix"]
    first, *_, last = weeks(figure, released)
    found = {}
    for band in figure.y["bands"]:
        for word, week in (("først", first), ("sidst", last)):
            cell = released.cell(f"{prefix}{week}.{band['row']}", column)
            shown = cell is not None and cell.ok
            found[f"{word} {band['row']}"] = (
                quantity(cell.value, cell.unit, released.decimals(cell.row, cell.column))
                if cell is not None and shown
                else f"({MEANINGS['suppressed']})"
            )
    return found
