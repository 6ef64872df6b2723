"""Two groups followed month by month, and below them their difference with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from evalrapport.danish import number, quantity, runs
from evalrapport.exhibits.figure_contract import Figure, shown
from evalrapport.exhibits.figures import marks
from evalrapport.exhibits.figures.marks import Record
from evalrapport.exhibits.printed import MEANINGS
from evalrapport.exhibits.released import Cell, Released
from evalrapport.exhibits.theme import Look

LEVEL_HEIGHT, DIFFERENCE_HEIGHT = 230, 130
HIDDEN = f"({MEANINGS['suppressed']})"
LABEL_GAP = 16  # pixels between direct labels


def chart(figure: Figure, released: Released, look: Look, width: int) -> Any:
    """Levels above, difference below, on one time axis."""
    lines = monthly(figure, released, figure.series)
    difference = monthly(figure, released, [figure.y["difference"]])
    around = figure.y["difference"].get("whole_curve")
    curve = monthly(figure, released, [{"column": around}]) if around in released.columns else []
    upper = levels(figure, lines, look).properties(width=width, height=LEVEL_HEIGHT)
    lower = band(figure.y["difference"]["title"], figure.x["title"], difference, look, curve)
    lower = lower.properties(width=width, height=DIFFERENCE_HEIGHT)
    stacked = alt.vconcat(upper, lower, spacing=34).resolve_scale(color="independent")
    return marks.with_note(stacked, lines + difference, look, marks.HIDDEN_POINTS)


def monthly(figure: Figure, released: Released, series: list[Record]) -> list[Record]:
    """Records of the rows `<prefix><month>` with their month as a number."""
    prefix = figure.x["row_prefix"]
    rows = [row for row in released.rows if row.startswith(prefix)]
    found = marks.records(released, rows, series)
    return [one | {"month": int(one["row"].removeprefix(prefix))} for one in found]


def time_axis(data: list[Record], title: str | None) -> alt.X:
    """Months since the start, a tick every third."""
    last = max(one["month"] for one in data)
    axis = alt.Axis(
        title=title,
        values=list(range(0, last + 1, 3)),
        grid=False,
        labels=bool(title),
        ticks=bool(title),
        labelFlush=False,
        titlePadding=8,
    )
    return alt.X("month:Q", axis=axis, scale=alt.Scale(domain=[0, last], nice=False))


def levels(figure: Figure, data: list[Record], look: Look) -> Any:
    """One line per group, labelled at its end instead of in a legend."""
    names = [one["label"] for one in figure.series]
    colours = [look.colour(one["colour"]) for one in figure.series]
    low, high = marks.extent(one["value"] for one in data)
    base = alt.Chart(marks.inline(data)).encode(
        x=time_axis(data, None),
        y=alt.Y(
            "value:Q",
            axis=marks.level_axis(figure.y["title"], 30, tickCount=5),
            scale=alt.Scale(domain=[low, high], nice=False),
        ),
        color=alt.Color(
            "Serie:N", scale=alt.Scale(domain=names, range=colours), sort=names, legend=None
        ),
    )
    ends = end_labels(data, names, (high - low) * LABEL_GAP / LEVEL_HEIGHT)
    text = (
        alt.Chart(alt.InlineData(values=ends))
        .mark_text(align="left", dx=9, fontWeight=600)
        .encode(x="month:Q", y="place:Q", text="Serie:N", color="Serie:N")
    )
    hover = base.mark_point(opacity=0, size=160, filled=True).encode(tooltip=marks.tooltip(data))
    return (
        base.mark_line(strokeWidth=2.2)
        + base.mark_point(size=22, filled=True, opacity=1)
        + text
        + hover
    )


def end_labels(data: list[Record], names: list[str], gap: float) -> list[Record]:
    """Where each line's label stands: at its last shown month, moved apart if they would touch."""
    last = [
        max(
            (one for one in data if one["Serie"] == name and one["value"] is not None),
            key=lambda one: one["month"],
            default=None,
        )
        for name in names
    ]
    shown = [one for one in last if one]
    end = max((one["month"] for one in shown), default=0)
    places = marks.spread([one["value"] for one in shown], gap)
    return [
        {"Serie": one["Serie"], "month": end, "place": place}
        for one, place in zip(shown, places, strict=True)
    ]


def band(
    title: str, x_title: str, data: list[Record], look: Look, curve: Sequence[Record] = ()
) -> Any:
    """An effect month by month: a line in its interval, and zero.

    `curve` holds the intervals that cover the whole curve at once: a wider, lighter band.
    """
    ends = [one[key] for one in [*data, *curve] for key in ("value", "lower", "upper")]
    low, high = marks.extent(ends)
    scale = alt.Scale(domain=[low, max(high, (high - low) * 0.06)], nice=False)
    base = alt.Chart(marks.inline(data)).encode(x=time_axis(data, x_title))
    y_axis = marks.level_axis(title, 30, tickCount=5)
    limits: dict[str, Any] = {"y": alt.Y("lower:Q", axis=y_axis, scale=scale), "y2": "upper:Q"}
    area = base.mark_area(color=look.colour("interval"), opacity=0.55).encode(**limits)
    if curve:
        wide = alt.Chart(marks.inline(list(curve))).encode(x=time_axis(data, x_title), **limits)
        area = wide.mark_area(color=look.colour("interval"), opacity=0.3) + area
    zero = (
        alt.Chart(alt.InlineData(values=[{"zero": 0}]))
        .mark_rule(color=look.colour("muted"), strokeWidth=1)
        .encode(y="zero:Q")
    )
    line = base.mark_line(color=look.colour("ink"), strokeWidth=2).encode(y="value:Q")
    point = base.mark_point(color=look.colour("ink"), filled=True, size=20, opacity=1)
    hover = base.mark_point(opacity=0, size=160, filled=True).encode(tooltip=marks.tooltip(data))
    return area + zero + line + point.encode(y="value:Q") + hover.encode(y="value:Q")


def named(figure: Figure, released: Released) -> dict[str, str]:
    """First and last value of each series, and what `named_months` says of the difference."""
    found = named_months(figure, released, figure.y["difference"]["column"])
    for one in figure.series:
        cells = by_month(figure, released, one["column"])
        seen = [cells[month] for month in sorted(cells) if cells[month].ok]
        for word, place in (("første", 0), ("sidste", -1)):
            value = shown(seen[place], released) if seen else HIDDEN
            found[f"{word} {one['column']}"] = value
    return found


def by_month(figure: Figure, released: Released, column: str) -> dict[int, Cell]:
    """A column's cells by month."""
    prefix = figure.x["row_prefix"]
    rows = [row for row in released.rows if row.startswith(prefix)]
    cells = {int(row.removeprefix(prefix)): released.cell(row, column) for row in rows}
    return {month: cell for month, cell in cells.items() if cell is not None}


def named_months(figure: Figure, released: Released, column: str) -> dict[str, str]:
    """The months whose interval lies below or above zero, and the last value shown."""
    cells = by_month(figure, released, column)
    sure = {month: cell for month, cell in cells.items() if cell.lower and cell.upper}
    below = [month for month, cell in sure.items() if float(cell.upper) < 0]
    above = [month for month, cell in sure.items() if float(cell.lower) > 0]
    last = max((month for month, cell in cells.items() if cell.ok), default=None)
    return {
        "sikkert under nul": months_text(below),
        "sikkert over nul": months_text(above),
        "sidste måned": "" if last is None else str(last),
        "sidste værdi": HIDDEN if last is None else shown(cells[last], released),
        "sidste interval": HIDDEN if last is None else interval_text(cells[last], released),
    }


def months_text(months: list[int]) -> str:
    """`i måned 6–12`."""
    return f"i måned {runs(months)}" if months else "i ingen måneder"


def interval_text(cell: Cell, released: Released) -> str:
    """`fra −0,3 til 0,1 måneder`."""
    if not cell.lower or not cell.upper:
        return HIDDEN
    decimals = released.decimals(cell.row, cell.column)
    upper = quantity(cell.upper, cell.unit, decimals)
    return f"fra {number(cell.lower, decimals)} til {upper}"
