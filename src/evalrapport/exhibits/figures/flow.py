"""From hits to included works in boxes, as a PRISMA 2020 flow diagram has them."""

from __future__ import annotations

import textwrap
from itertools import pairwise
from typing import Any

import altair as alt

from evalrapport.danish import number
from evalrapport.exhibits.figure_contract import Figure
from evalrapport.exhibits.figures.marks import Record
from evalrapport.exhibits.released import Released
from evalrapport.exhibits.theme import Look

STEP, HEIGHT, GAP = 78, 50, 44  # from box to box, of a box, and between main and side boxes
MAIN_SHARE = 0.5  # of the width, for the boxes of works that go on


def chart(figure: Figure, released: Released, look: Look, width: int) -> Any:
    """Boxes of works that go on in the left column, those left out in the right, with arrows."""
    main_width = (width - GAP) * MAIN_SHARE
    boxes = placed(figure, released, main_width, width)
    base = alt.Chart(alt.InlineData(values=boxes))
    height = STEP * len(figure.x["boxes"]) - (STEP - HEIGHT)
    x, y = pixels("x", width), pixels("y", height)
    rects = base.mark_rect(cornerRadius=3, strokeWidth=1).encode(
        x=x,
        x2="x2:Q",
        y=y,
        y2="y2:Q",
        fill=shade("datum.main", look, "sequence.4", "paper"),
        stroke=shade("datum.main", look, "sequence.2", "rule"),
    )
    text = base.mark_text(align="left", baseline="top", lineBreak="\n", lineHeight=17)
    text = text.encode(x=pixels("text_x", width), y=pixels("words", height), text="text:N")
    arrows = lines(boxes, main_width)
    picture = alt.layer(*[arrow(width, height, part, look) for part in arrows], rects, text)
    return picture.properties(width=width, height=height)


def shade(test: str, look: Look, yes: str, no: str) -> Any:
    """One colour where the test holds, else another."""
    return alt.condition(test, alt.value(look.colour(yes)), alt.value(look.colour(no)))


def pixels(field: str, size: float) -> Any:
    """A field that is in pixels already."""
    scale = alt.Scale(domain=[0, size], range=[0, size], nice=False, zero=False)
    kind = alt.X if field.startswith(("x", "text")) else alt.Y
    return kind(f"{field}:Q", scale=scale, axis=None)


def placed(figure: Figure, released: Released, main_width: float, width: float) -> list[Record]:
    """The boxes with their words and places; a step has a main box and one beside it."""
    found = []
    for place, level in enumerate(figure.x["boxes"]):
        for kind in ("main", "side"):
            if kind not in level:
                continue
            left, right = (0.0, main_width) if kind == "main" else (main_width + GAP, width)
            top = place * STEP
            at = {"x": left, "x2": right, "y": top, "y2": top + HEIGHT, "middle": top + HEIGHT / 2}
            words = {
                "text": text(level[kind], released, right - left),
                "text_x": left + 12,
                "words": top + 9,
            }
            found.append({**at, **words, "main": kind == "main"})
    return found


def text(row: str, released: Released, room: float) -> str:
    """A box's words: the label, the number, and the reasons if they are known."""
    cell = released.cell(row, "antal")
    reasons = released.cell(row, "grunde") if "grunde" in released.columns else None
    shown = "antal ikke offentliggjort"
    if cell is not None and cell.status == "suppressed":
        shown = "ikke vist af hensyn til diskretion"
    elif cell is not None and cell.ok:
        shown = f"n = {number(cell.value)}"
    lines = [released.rows[row].label, shown]
    if reasons is not None and reasons.ok:
        lines += textwrap.wrap(reasons.text, int(room / 6.6))
    return "\n".join(lines)


def lines(boxes: list[Record], main_width: float) -> list[Record]:
    """Arrows down between main boxes and across to the boxes beside them."""
    found = []
    main = [box for box in boxes if box["main"]]
    for above, below in pairwise(main):
        middle = main_width / 2
        found.append({"x": middle, "x2": middle, "y": above["y2"], "y2": below["y"] - 7, "down": 1})
    for box in boxes:
        if not box["main"]:
            at = box["middle"]
            found.append({"x": main_width, "x2": box["x"] - 7, "y": at, "y2": at, "down": 0})
    return found


def arrow(width: float, height: float, part: Record, look: Look) -> Any:
    """One arrow: a line and its head."""
    base = alt.Chart(alt.InlineData(values=[part]))
    line = base.mark_rule(color=look.colour("muted")).encode(
        x=pixels("x", width), x2="x2:Q", y=pixels("y", height), y2="y2:Q"
    )
    angle = 180 if part["down"] else 90
    head = base.mark_point(
        shape="triangle-up",
        filled=True,
        size=55,
        opacity=1,
        color=look.colour("muted"),
        angle=angle,
    )
    return line + head.encode(x=pixels("x2", width), y=pixels("y2", height))


def named(figure: Figure, released: Released) -> dict[str, str]:
    """`{trin}`: every box with its number, for the alt text."""
    rows = [
        level[kind] for level in figure.x["boxes"] for kind in ("main", "side") if kind in level
    ]
    told = [text(row, released, 10_000).replace("\nn = ", ": ").replace("\n", ": ") for row in rows]
    return {"trin": "; ".join(told)}
