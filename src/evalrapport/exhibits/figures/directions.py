"""Which way each study points on each outcome: an effect-direction plot.

After M. Boon and H. Thomson (2021), The effect direction plot revisited, Research Synthesis Methods
12, 29-33: the shape is the direction, the size the number of people treated, the colour the design.
Nothing is said of how large an effect is, which can't be compared across such different measures.
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

ROW_HEIGHT, COUNT_ROOM = 38, 78
SIZES = (70, 620)  # square pixels of the smallest and the largest study
UNKNOWN_SIZE = 150
ARROW_UP, ARROW_DOWN = "M0,-.7L.7,.6L-.7,.6Z", "M0,.7L.7,-.6L-.7,-.6Z"
UP_WEAK = "M0,-.7L.7,.6L.42,.6L0,-.2L-.42,.6L-.7,.6Z"
SHAPES = {
    "Positiv": ARROW_UP,
    "Svagt positiv": UP_WEAK,
    "Blandet": "diamond",
    "Ingen virkning": "M-.7,-.18L.7,-.18L.7,.18L-.7,.18Z",
    "Negativ": ARROW_DOWN,
}


def chart(figure: Figure, released: Released, look: Look, width: int) -> Any:
    """A row per study, a column per outcome; the number treated stands to the right."""
    data = findings(figure, released)
    studies = [row.label for row in released.contract.rows]
    columns = [one["label"] for one in figure.series]
    y = alt.Y("Række:N", sort=studies, scale=alt.Scale(domain=studies), axis=study_axis(look))
    plot = width - COUNT_ROOM
    x = alt.X("Serie:N", sort=columns, scale=alt.Scale(domain=columns), axis=outcome_axis(look))
    base = alt.Chart(marks.inline(data)).encode(
        x=x,
        y=y,
        shape=shape(data),
        color=design(figure, look),
        size=alt.Size("area:Q", scale=None),
        tooltip=marks.tooltip(data),
    )
    known = base.transform_filter("datum.known").mark_point(filled=True, opacity=1)
    unknown = base.transform_filter("!datum.known").mark_point(opacity=1, strokeWidth=1.8)
    people = alt.Chart(alt.InlineData(values=numbers(figure, released)))
    people = people.mark_text(align="right", color=look.colour("muted"))
    people = people.encode(x=alt.value(width), y=y, text="text:N")
    head = alt.Chart(alt.InlineData(values=[{}])).mark_text(
        align="right", baseline="bottom", lineBreak="\n", color=look.colour("muted"), lineHeight=14
    )
    head = head.encode(x=alt.value(width), y=alt.value(-8), text=alt.value("Antal\nbehandlede"))
    rows = [
        part.properties(width=plot, height=ROW_HEIGHT * len(studies)) for part in (known, unknown)
    ]
    return alt.layer(*rows, people, head).resolve_scale(x="shared")


def study_axis(look: Look) -> alt.Axis:
    """The studies' names, with a thin line through each row to be followed."""
    return alt.Axis(
        title=None,
        domain=False,
        ticks=False,
        grid=True,
        labelPadding=10,
        labelColor=look.colour("ink"),
    )


def outcome_axis(look: Look) -> alt.Axis:
    """The outcomes above the plot, a word per line."""
    return alt.Axis(
        title=None,
        orient="top",
        domain=False,
        ticks=False,
        labelAngle=0,
        labelPadding=8,
        labelFontSize=11,
        labelColor=look.colour("ink"),
        labelExpr="split(datum.label, ' ')",
    )


def shape(data: list[Record]) -> alt.Shape:
    """The direction as a shape, with only those in the legend that occur."""
    seen = [name for name in SHAPES if any(one["Værdi"] == name for one in data)]
    scale = alt.Scale(domain=seen, range=[SHAPES[name] for name in seen])
    legend = alt.Legend(
        orient="bottom", offset=14, direction="horizontal", symbolSize=150, columnPadding=7
    )
    return alt.Shape("Værdi:N", scale=scale, sort=seen, legend=legend)


def design(figure: Figure, look: Look) -> alt.Color:
    """The design as a colour."""
    legend = alt.Legend(orient="bottom", offset=6, direction="horizontal", symbolType="circle")
    return alt.Color("design:N", scale=design_scale(figure, look), legend=legend)


def design_scale(figure: Figure, look: Look) -> alt.Scale:
    """The designs' colours by their words."""
    colours = {one["label"]: look.colour(one["colour"]) for one in figure.x["designs"]}
    return alt.Scale(domain=list(colours), range=list(colours.values()))


def findings(figure: Figure, released: Released) -> list[Record]:
    """One record per study and outcome that the study speaks of."""
    people = {row.id: released.cell(row.id, figure.x["people"]) for row in released.contract.rows}
    known = [float(cell.value) for cell in people.values() if cell is not None and cell.ok]
    largest = max(known, default=1.0)
    found = []
    for row in released.contract.rows:
        count, design_cell = people[row.id], released.cell(row.id, figure.x["design"])
        size = float(count.value) if count is not None and count.ok else None
        for one in figure.series:
            cell = released.cell(row.id, one["column"])
            if cell is None or not cell.ok:
                continue
            found.append(
                {
                    "Række": row.label,
                    "Serie": one["label"],
                    "Værdi": cell.text,
                    "Grundlag": number(size) if size is not None else "ikke oplyst",
                    "design": design_cell.text if design_cell is not None else "",
                    "known": size is not None,
                    "area": UNKNOWN_SIZE if size is None else area(size / largest),
                }
            )
    return found


def area(share: float) -> float:
    """The area of a symbol: by the root of the number treated, else small studies vanish."""
    return SIZES[0] + (SIZES[1] - SIZES[0]) * share**0.5


def numbers(figure: Figure, released: Released) -> list[Record]:
    """The number treated of each study, in words for the reader."""
    cells = {row.label: released.cell(row.id, figure.x["people"]) for row in released.contract.rows}
    return [
        {
            "Række": name,
            "text": number(cell.value) if cell is not None and cell.ok else "ikke oplyst",
        }
        for name, cell in cells.items()
    ]


def named(figure: Figure, released: Released) -> dict[str, str]:
    """`{fund}`: every study with its findings, for the alt text."""
    told: dict[str, list[str]] = {row.label: [] for row in released.contract.rows}
    for one in findings(figure, released):
        told[one["Række"]].append(f"{one['Serie'].lower()}: {one['Værdi'].lower()}")
    return {"fund": "; ".join(f"{name}: {', '.join(found)}" for name, found in told.items())}
