"""One estimate per row with its interval, in groups with a heading: a forest plot.

`x.reference` names a row whose value is drawn as a dashed line through all others; `x.column_wide`
a column whose wider interval is drawn thinner (it holds for all rows at once).
"""

from __future__ import annotations

from typing import Any

import altair as alt

from evalrapport.danish import number
from evalrapport.exhibits.figure_contract import Figure, shown
from evalrapport.exhibits.figures import marks
from evalrapport.exhibits.figures.marks import Record
from evalrapport.exhibits.printed import MEANINGS
from evalrapport.exhibits.released import Released
from evalrapport.exhibits.theme import Look

ROW_HEIGHT = 21


def lines_of(released: Released, column: str) -> list[Record]:
    """Records of a column in printed order, each with the label of its line in the picture.

    A heading is a record of its own without a mark; labels are kept unique by an invisible tail.
    """
    out: list[Record] = []
    group = None
    for place, row in enumerate(marks.shares(released)):
        cell, of = released.cell(row, column), released.rows[row].group
        if of != group and of is not None:
            out.append({"linje": released.groups[of], "overskrift": True})
        group = of
        if cell is None or cell.status == "not_applicable":
            continue
        label = released.rows[row].label + "\u200b" * place
        one = marks.record(released, cell, released.columns[column].label, row=row)
        out.append(one | {"linje": label, "overskrift": False})
    headed = zip(out, [*out[1:], {"overskrift": True}], strict=True)
    return [one for one, after in headed if not (one["overskrift"] and after["overskrift"])]


def chart(figure: Figure, released: Released, look: Look, width: int) -> Any:
    """Points with intervals, values in words at the right, zero and the reference as rules."""
    series = figure.series[0]
    lines = lines_of(released, series["column"])
    data = [one for one in lines if not one["overskrift"]]
    wide_column = figure.x.get("column_wide")
    wide = (
        [one for one in lines_of(released, wide_column) if not one["overskrift"]]
        if wide_column
        else []
    )
    ends = [one[key] for one in [*data, *wide] for key in ("value", "lower", "upper")]
    low, high = marks.extent(ends)
    x_axis = alt.Axis(title=title_lines(figure), titlePadding=8, tickCount=6, grid=False)
    scale = alt.Scale(domain=[low, high], nice=False)
    y = y_axis(
        [one["linje"] for one in lines], [one["linje"] for one in lines if one["overskrift"]]
    )
    x = alt.X("value:Q", axis=x_axis, scale=scale)
    base = alt.Chart(marks.inline(data)).encode(y=y)
    shown_rows = [one for one in data if one["lower"] is not None]
    bars = alt.Chart(marks.inline(shown_rows)).encode(y=y)
    limits = {"x": alt.X("lower:Q", axis=x_axis, scale=scale), "x2": "upper:Q"}
    at = alt.X("at:Q", axis=x_axis, scale=scale)
    picture = rule(0.0, look.colour("muted"), at) + dashed(figure, released, series, look, at)
    if wide:
        kept = [one for one in wide if one["lower"] is not None]
        thin = alt.Chart(marks.inline(kept)).mark_rule(color=look.colour("interval"), strokeWidth=2)
        picture += thin.encode(y=y, **limits)
    picture += bars.mark_rule(color=look.colour("treated"), strokeWidth=3).encode(**limits)
    points = base.mark_point(filled=True, size=62, opacity=1, color=look.colour("treated"))
    picture += points.encode(x=x, tooltip=marks.tooltip(data))
    texts = base.mark_text(align="left", dx=8, color=look.colour("ink"))
    picture += texts.encode(x=alt.value(alt.expr("width")), text="text:N")
    sized = picture.properties(width=width, height=ROW_HEIGHT * max(len(lines), 1))
    return marks.with_note(sized, data, look)


def title_lines(figure: Figure) -> list[str]:
    """The axis title, a line per part: one long line would be wider than the plot."""
    title = figure.x["title"]
    return list(title) if isinstance(title, list) else [title]


def y_axis(lines: list[str], headings: list[str]) -> alt.Y:
    """The lines in order, headings in bold."""
    bold = f"indexof({headings!r}, datum.value) >= 0"
    axis = alt.Axis(
        title=None,
        domain=False,
        ticks=False,
        grid=False,
        labelLimit=300,
        labelFontWeight={"condition": {"test": bold, "value": 600}, "value": "normal"},
    )
    return alt.Y("linje:N", sort=lines, scale=alt.Scale(domain=lines), axis=axis)


def rule(value: float, colour: str, x: alt.X, dash: list[int] | None = None) -> Any:
    """A vertical line."""
    data = alt.InlineData(values=[{"at": value}])
    return alt.Chart(data).mark_rule(color=colour, strokeDash=dash or [1, 0]).encode(x=x)


def dashed(figure: Figure, released: Released, series: Record, look: Look, x: alt.X) -> Any:
    """The reference row's value through all rows, if it is shown."""
    cell = released.cell(figure.x["reference"], series["column"])
    if cell is None or not cell.ok:
        return rule(0.0, look.colour("muted"), x)
    return rule(float(cell.value), look.colour("axis"), x, [4, 3])


def named(figure: Figure, released: Released) -> dict[str, str]:
    """Rows shown, how many lie surely below or above zero, the reference, lowest and highest."""
    column = figure.series[0]["column"]
    cells = [released.cell(row, column) for row in marks.shares(released)]
    seen = [cell for cell in cells if cell is not None and cell.ok]
    sure = [cell for cell in seen if cell.lower and cell.upper]
    below = sum(float(cell.upper) < 0 for cell in sure)
    above = sum(float(cell.lower) > 0 for cell in sure)
    found = {
        "viste": number(len(seen)),
        "sikkert under nul": number(below) if below else "ingen",
        "sikkert over nul": number(above) if above else "ingen",
    }
    for word, pick in (("laveste", min), ("højeste", max)):
        cell = pick(seen, key=lambda one: float(one.value), default=None)
        found[word] = (
            f"{released.rows[cell.row].label} ({shown(cell, released)})"
            if cell
            else f"({MEANINGS['suppressed']})"
        )
    reference = released.cell(figure.x["reference"], column)
    found["reference"] = shown(reference, released) if reference else ""
    return found
