"""Events along a line of time, to scale, with words beside them moved apart where they crowd."""

from __future__ import annotations

import re
import textwrap
from typing import Any

import altair as alt

from evalrapport.exhibits.figure_contract import Figure
from evalrapport.exhibits.figures import marks
from evalrapport.exhibits.figures.marks import Record
from evalrapport.exhibits.released import Released
from evalrapport.exhibits.theme import Look

ROOM, AIR, LINE_HEIGHT = 46, 90, 16  # pixels down per event, to spare, and per line of words
YEAR_X, LINE_X, WORDS_X = 42, 54, 92
CHARACTERS = 78  # of a line of words, in the figure's font beside the axis


def chart(figure: Figure, released: Released, look: Look, width: int) -> Any:
    """Years on the left, a point per event, and its title and words on the right."""
    data = events(figure, released)
    height = ROOM * len(data) + AIR
    years = [one["year"] for one in data]
    span = max(years) - min(years) or 1
    scaled = [8 + (year - min(years)) / span * (height - ROOM) for year in years]
    placed = apart(scaled, ROOM, height - ROOM + 8)
    for one, point, words in zip(data, scaled, placed, strict=True):
        one |= {"point": point, "words": words, "under": words + LINE_HEIGHT}
        one |= {"year_x": YEAR_X, "line_x": LINE_X, "bend_x": WORDS_X - 6, "words_x": WORDS_X}
    picture = drawn(data, pixels(height), look)
    return picture.properties(width=width, height=height).resolve_scale(x="shared", y="shared")


def apart(places: list[float], gap: float, last: float) -> list[float]:
    """Rising places moved as little as it takes to keep `gap` between them, none beyond `last`."""
    moved = list(places)
    for index in range(1, len(moved)):
        moved[index] = max(moved[index], moved[index - 1] + gap)
    moved[-1] = min(moved[-1], last)
    for index in range(len(moved) - 2, -1, -1):
        moved[index] = min(moved[index], moved[index + 1] - gap)
    return moved


def pixels(height: int) -> alt.Scale:
    """A scale that takes pixels from the top."""
    return alt.Scale(domain=[0, height], range=[0, height], nice=False, zero=False)


def drawn(data: list[Record], scale: alt.Scale, look: Look) -> Any:
    """The line of time, its points, the threads to the words, and the words."""
    base = alt.Chart(marks.inline(data))
    across = alt.Scale(domain=[0, 567], range=[0, 567], nice=False, zero=False)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=across, axis=None)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=scale, axis=None)

    ends = alt.InlineData(values=[{"a": data[0]["point"], "b": data[-1]["point"], "x": LINE_X}])
    line = alt.Chart(ends).mark_rule(strokeWidth=2, color=look.colour("axis"))
    line = line.encode(x=x("x"), y=y("a"), y2="b:Q")
    threads = base.mark_rule(color=look.colour("rule")).encode(
        x=x("line_x"), x2="bend_x:Q", y=y("point"), y2="words:Q"
    )
    colour = alt.condition(
        "datum.kind === 'udgift'",
        alt.value(look.colour("comparison")),
        alt.value(look.colour("treated")),
    )
    points = base.mark_point(filled=True, size=90, opacity=1).encode(
        x=x("line_x"), y=y("point"), color=colour, tooltip=marks.tooltip(data)
    )
    first = base.transform_filter("datum.first")
    year = first.mark_text(align="right", fontWeight=600).encode(
        x=x("year_x"), y=y("point"), text="year:N"
    )
    title = base.mark_text(align="left", fontWeight=600).encode(
        x=x("words_x"), y=y("words"), text="title:N"
    )
    words = base.mark_text(align="left", baseline="top", lineBreak="\n", dy=-5, lineHeight=15)
    words = words.encode(x=x("words_x"), y=y("under"), text="lines:N")
    return line + threads + points + year + title + words


def events(figure: Figure, released: Released) -> list[Record]:
    """One record per row: when, its title, its words in lines."""
    found: list[Record] = []
    for row in released.contract.rows:
        texts = {
            role: cell.text
            for role, column in figure.x.items()
            if (cell := released.cell(row.id, column)) is not None
        }
        year = int(re.findall(r"\d{4}", texts["time"])[-1])
        found.append(
            {
                "year": year,
                "first": not found or found[-1]["year"] != year,
                "title": row.label + (f" ({texts['time']})" if len(texts["time"]) > 4 else ""),
                "lines": "\n".join(textwrap.wrap(texts["words"], CHARACTERS)),
                "kind": texts["kind"],
                "Række": row.label,
                "Serie": texts["time"],
                "Værdi": texts["words"],
            }
        )
    return found


def named(figure: Figure, released: Released) -> dict[str, str]:
    """`{begivenheder}`: every event with its time, for the alt text."""
    told = [f"{one['Serie']}: {one['Række'].lower()}" for one in events(figure, released)]
    return {"begivenheder": "; ".join(told), "antal": str(len(told))}
