"""Practices over interviewed places: a dot for each place, filled where the practice was found.

The dots of a row are filled from the left, whichever places they are. So the picture shows how many
places do something, and nobody can follow one place from row to row.
"""

from __future__ import annotations

from typing import Any

import altair as alt

from evalrapport.danish import number
from evalrapport.exhibits.figure_contract import Figure
from evalrapport.exhibits.figures import marks
from evalrapport.exhibits.figures.marks import Record
from evalrapport.exhibits.released import Released
from evalrapport.exhibits.theme import Look

ROW = 22  # pixels from row to row
LABELS = 270  # pixels
HIDDEN = "Forhold uden prikker er ikke vist af hensyn til diskretion."
GAP = 1.2  # places between the last dot and the count in words


def chart(figure: Figure, released: Released, look: Look, width: int) -> Any:
    """Rows of dots under the headings of the table's row groups."""
    data = practices(figure, released)
    groups = {group.id: group.label for group in released.contract.row_groups}
    places = max((int(one["of"]) for one in data), default=1)
    parts = []
    for group, label in groups.items():
        own = [one for one in data if one["group"] == group]
        if own:
            parts.append(rows_of_dots(own, label, places, look).properties(width=width))
    return marks.with_note(alt.vconcat(*parts, spacing=14), data, look, HIDDEN)


def practices(figure: Figure, released: Released) -> list[Record]:
    """One record per row: how many places of how many, or that it is hidden; unknown ones not."""
    column = figure.series[0]["column"]
    found = []
    for row in released.contract.rows:
        cell = released.cell(row.id, column)
        unknown = cell is None or cell.status in ("not_applicable", "not_published")
        if cell is None or unknown or row.group in figure.x.get("not", ()):
            continue
        one = marks.record(released, cell, figure.series[0].get("label", ""), group=row.group)
        words = f"{number(cell.value)} af {number(cell.n)}" if cell.ok and cell.n else "ikke vist"
        found.append(one | {"of": float(cell.n or 0), "ord": words})
    return found


def rows_of_dots(data: list[Record], label: str, places: int, look: Look) -> Any:
    """The rows of one group."""
    dots = [
        {**one, "place": place + 1, "gjort": place < one["value"]}
        for one in data
        if one["value"] is not None
        for place in range(int(one["of"]))
    ]
    order = [one["Række"] for one in data]
    # The same room for labels in every part, so that the headings stand below one another.
    axis = alt.Axis(
        title=None, domain=False, ticks=False, labelPadding=8, minExtent=LABELS, maxExtent=LABELS
    )
    y = alt.Y("Række:N", sort=order, axis=axis, scale=alt.Scale(domain=order))
    scale = alt.Scale(domain=[0.5, places + GAP + 3], nice=False)
    x = alt.X("place:Q", axis=None, scale=scale)
    title = alt.TitleParams(label, color=look.colour("ink"), offset=4)
    points = alt.Chart(marks.inline(dots), title=title).mark_point(
        shape="circle", filled=True, size=95, opacity=1, strokeWidth=0
    )
    colour = alt.condition(
        "datum.gjort", alt.value(look.colour("sequence.1")), alt.value(look.colour("grid"))
    )
    words = alt.Chart(marks.inline([{**one, "place": places + GAP} for one in data])).mark_text(
        align="left", color=look.colour("muted")
    )
    picture = points.encode(x=x, y=y, color=colour, tooltip=marks.tooltip(data))
    return (picture + words.encode(x=x, y=y, text="ord:N")).properties(height=ROW * len(data))


def named(figure: Figure, released: Released) -> dict[str, str]:
    """`{forhold}`: every practice that is shown, with its count, for the alt text."""
    told = [
        f"{one['Række']}: {one['ord']}"
        for one in practices(figure, released)
        if one["value"] is not None
    ]
    return {"forhold": "; ".join(told)}
