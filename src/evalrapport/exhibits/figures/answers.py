"""Answers on a scale from no to yes, stacked to both sides of a line, for two kinds of people."""

from __future__ import annotations

from typing import Any

import altair as alt

from evalrapport.danish import number
from evalrapport.exhibits.figure_contract import Figure
from evalrapport.exhibits.figures import marks
from evalrapport.exhibits.figures.marks import Record
from evalrapport.exhibits.released import Released
from evalrapport.exhibits.theme import Look

SIDES = ("no", "yes", "outside")
BAR_HEIGHT = 34
LABEL_FROM = 4.0  # a number stands in its segment if the segment has room for it (per cent)
OUTSIDE_GAP = 6.0  # per cent points between the scale's longest bar and the answers outside it


def chart(figure: Figure, released: Released, look: Look, width: int) -> Any:
    """A pair of bars per question; answers outside the scale stand apart, in grey, to the right."""
    data = segments(figure, released)
    low, high = marks.extent((one["end"] for one in data), 0.01)
    low = min([low, *(one["start"] for one in data)])
    scale = alt.Scale(domain=[low, high], nice=False)
    questions = [
        question_bars(
            figure,
            [one for one in data if one["question"] == question["label"]],
            question["label"],
            scale,
            look,
        ).properties(width=width)
        for question in figure.questions
    ]
    stacked = alt.vconcat(*questions, spacing=22)
    return marks.with_note(stacked, data, look, marks.HIDDEN_ANSWERS)


def segments(figure: Figure, released: Released) -> list[Record]:
    """One record per answer and respondent, with where its segment begins and ends.

    The weakest answers lie next to the line. An answer that is hidden takes no room.
    """
    found: list[Record] = []
    for question in figure.questions:
        for one in figure.series:
            found += one_bar(figure, released, question, one)
    inside = max((one["end"] for one in found if one["side"] != "outside"), default=0.0)
    for one in found:
        if one["side"] == "outside":
            one["start"] += inside + OUTSIDE_GAP
            one["end"] += inside + OUTSIDE_GAP
    return found


def one_bar(figure: Figure, released: Released, question: Record, series: Record) -> list[Record]:
    """The segments of one respondent group's answers to one question."""
    reached = dict.fromkeys(SIDES, 0.0)
    found = []
    for level in figure.levels:
        row = level["rows"].get(question["id"])
        cell = released.cell(row, series["column"]) if row else None
        if cell is None or cell.status == "not_applicable":
            continue
        one = marks.record(released, cell, series["label"], side=level["side"])
        size = (one["value"] or 0.0) * (-1 if level["side"] == "no" else 1)
        start = reached[level["side"]]
        reached[level["side"]] = start + size
        one |= {"start": start, "end": start + size, "svar": level["label"]}
        one |= {"question": question["label"], "label": segment_label(one)}
        found.append(one | {"skrift": level.get("text", "ink")})
    return found


def segment_label(one: Record) -> str:
    """The number in a segment, where there is room for it."""
    value = one["value"]
    return number(value) if value is not None and value >= LABEL_FROM else ""


def reading_order(figure: Figure) -> list[Record]:
    """The levels from the worst to the best, then those outside the scale."""
    by_side = {side: [one for one in figure.levels if one["side"] == side] for side in SIDES}
    return [*reversed(by_side["no"]), *by_side["yes"], *by_side["outside"]]


def question_bars(
    figure: Figure, data: list[Record], label: str, scale: alt.Scale, look: Look
) -> Any:
    """The bars of one question under its wording."""
    levels = reading_order(figure)
    colours = [look.colour(level["colour"]) for level in levels]
    names = [level["label"] for level in levels]
    who = [one["label"] for one in figure.series]
    for one in data:
        one["skriftfarve"] = look.colour(one["skrift"])
    base = alt.Chart(
        marks.inline(data), title=alt.TitleParams(label, color=look.colour("ink"), offset=4)
    )
    axis = alt.Axis(
        title=None, domain=False, ticks=False, labelPadding=8, labelColor=look.colour("ink")
    )
    y = alt.Y("Serie:N", sort=who, axis=axis, scale=alt.Scale(padding=0.16))
    legend = alt.Legend(columns=5, symbolType="square", offset=14, columnPadding=10)
    bars = base.mark_bar(stroke=look.colour("paper"), strokeWidth=1).encode(
        y=y,
        x=alt.X("start:Q", axis=None, scale=scale),
        x2="end:Q",
        color=alt.Color(
            "svar:N", scale=alt.Scale(domain=names, range=colours), sort=names, legend=legend
        ),
        tooltip=[
            alt.Tooltip("Serie:N"),
            alt.Tooltip("svar:N", title="Svar"),
            alt.Tooltip("Værdi:N"),
            alt.Tooltip("Interval:N", title=marks.TOOLTIP["Interval"]),
        ],
    )
    numbers = base.transform_calculate(middle="(datum.start + datum.end) / 2").mark_text()
    numbers = numbers.encode(
        y=y, x="middle:Q", text="label:N", color=alt.Color("skriftfarve:N", scale=None)
    )
    line = alt.Chart(alt.InlineData(values=[{"zero": 0}])).mark_rule(color=look.colour("ink"))
    return (bars + line.encode(x="zero:Q") + numbers).properties(height=BAR_HEIGHT * len(who))


def named(_figure: Figure, _released: Released) -> dict[str, str]:
    """Nothing beyond the cells themselves: sums of rounded shares are not the figure's to make."""
    return {}
