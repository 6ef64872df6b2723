"""Places in rank order, and below it how they spread in each year: is the difference growing?

The first series is ranked; the others get a strip each, a dot per place and a bar from the lower
to the upper quartile. Places that are hidden stand last in the ranking, as a dot on the line.
"""

from __future__ import annotations

from typing import Any, Literal

import altair as alt

from evalrapport.danish import quantity
from evalrapport.exhibits.figure_contract import Figure
from evalrapport.exhibits.figures import marks
from evalrapport.exhibits.figures.marks import Record
from evalrapport.exhibits.printed import MEANINGS
from evalrapport.exhibits.released import Released
from evalrapport.exhibits.theme import Look

RANK_HEIGHT, STRIP_HEIGHT = 220, 34
NAMED = 2  # so many places are named at each end of the ranking
QUARTILES = {"lower": "nederste_kvartil", "upper": "oeverste_kvartil"}


def ranked(figure: Figure, released: Released) -> list[Record]:
    """The first series from the lowest to the highest value; hidden places come last."""
    data = marks.records(released, marks.shares(released), figure.series[:1])
    data.sort(key=lambda one: (one["value"] is None, one["value"] or 0.0, one["Række"]))
    return [one | {"rang": place} for place, one in enumerate(data, start=1)]


def chart(figure: Figure, released: Released, look: Look, width: int) -> Any:
    """The ranking above, one strip a year below."""
    data = ranked(figure, released)
    strips = marks.records(released, marks.shares(released), figure.series[1:])
    top = ranking_layer(figure, data, look, width)
    parts = [top]
    if strips:
        parts.append(strip_layer(figure, released, strips, look, width))
    picture = alt.vconcat(*parts, spacing=26)
    return marks.with_note(picture, data + strips, look)


def ranking_layer(figure: Figure, data: list[Record], look: Look, width: int) -> Any:
    """A thin bar per place; the ends of the ranking are named."""
    x = alt.X("rang:O", axis=None, scale=alt.Scale(paddingInner=0.25))
    domain = list(marks.extent((one["value"] for one in data), 0.1))
    axis = marks.level_axis(figure.y["title"], 24, tickCount=5)
    y = alt.Y("value:Q", axis=axis, scale=alt.Scale(domain=domain, nice=False))
    base = alt.Chart(marks.inline(data)).encode(x=x)
    bars = base.mark_bar(color=look.colour("treated")).encode(y=y, tooltip=marks.tooltip(data))
    hidden = base.transform_filter("datum.value === null").mark_text(
        baseline="bottom", fontSize=16, fontWeight="bold", color=look.colour("muted")
    )
    picture = bars + hidden.encode(y=alt.datum(0), text=alt.value("·"), tooltip=marks.tooltip(data))
    shown = [one for one in data if one["value"] is not None]
    if len(shown) > 2 * NAMED:
        picture += end_names(shown[:NAMED], domain[1], "left", shown, look)
        picture += end_names(shown[-NAMED:], domain[1], "right", shown, look)
    return picture.properties(width=width, height=RANK_HEIGHT)


def end_names(
    ends: list[Record], top: float, align: Literal["left", "right"], shown: list[Record], look: Look
) -> Any:
    """Names and values of the places at one end, in one line over their bars."""
    text = " · ".join(f"{one['Række']} {one['text']}" for one in ends)
    # The names at the low end stretch over the bars beside them, and must stand clear of those.
    beside = shown[len(shown) // 3] if align == "left" else shown[-1]
    height = beside["value"] + 0.04 * top
    at = {"rang": ends[0 if align == "left" else -1]["rang"], "place": height, "navn": text}
    label = alt.Chart(alt.InlineData(values=[at]))
    label = label.mark_text(
        align=align, dx=2 if align == "left" else -2, baseline="bottom", color=look.colour("ink")
    )
    return label.encode(x="rang:O", y="place:Q", text="navn:N")


def strip_layer(
    figure: Figure, released: Released, data: list[Record], look: Look, width: int
) -> Any:
    """A dot per place and year, with the middle half of the places marked by a bar."""
    names = marks.labels(released, figure.series[1:])
    y = alt.Y(
        "Serie:N",
        sort=names,
        axis=alt.Axis(title=None, domain=False, ticks=False, labelPadding=8, grid=False),
    )
    top = marks.extent((one["value"] for one in data), 0.04)
    axis = alt.Axis(title=figure.y["strip_title"], tickCount=6, titlePadding=8)
    x = alt.X("value:Q", axis=axis, scale=alt.Scale(domain=list(top), nice=False))
    shown = [one for one in data if one["value"] is not None]
    dots = alt.Chart(marks.inline(shown)).mark_point(
        filled=True, size=26, opacity=0.55, color=look.colour("treated")
    )
    dots = dots.encode(x=x, y=y, tooltip=marks.tooltip(shown))
    bars = alt.Chart(alt.InlineData(values=quartiles(figure, released)))
    bars = bars.mark_rule(strokeWidth=4, color=look.colour("comparison"), opacity=0.75)
    bars = bars.encode(x=alt.X("lower:Q", axis=axis), x2="upper:Q", y=y, yOffset=alt.value(27))
    return (dots + bars).properties(width=width, height=STRIP_HEIGHT * len(names))


def quartiles(figure: Figure, released: Released) -> list[Record]:
    """The lower and the upper quartile of each year, where both are shown."""
    found = []
    names = marks.labels(released, figure.series[1:])
    for one, name in zip(figure.series[1:], names, strict=True):
        cells = {end: released.cell(row, one["column"]) for end, row in QUARTILES.items()}
        values = {end: float(c.value) for end, c in cells.items() if c is not None and c.ok}
        if len(values) == len(QUARTILES):
            found.append({"Serie": name, **values})
    return found


def named(figure: Figure, released: Released) -> dict[str, str]:
    """`{lavest}`, `{højest}` of the ranking, `{skjulte}`: how many places are hidden."""
    data = ranked(figure, released)
    shown = [one for one in data if one["value"] is not None]
    unknown = f"({MEANINGS['suppressed']})"
    ends = {"lavest": shown[:1], "højest": shown[-1:]}
    found = {
        word: f"{one[0]['Række']} ({one[0]['Værdi']})" if one else unknown
        for word, one in ends.items()
    }
    hidden = len(data) - len(shown)
    return found | {"skjulte": quantity(str(hidden), "", 0) if hidden else "ingen"}
