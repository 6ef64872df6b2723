"""An effect added up month by month, with its interval."""

from __future__ import annotations

from typing import Any

import altair as alt

from evalrapport.exhibits.figure_contract import Figure
from evalrapport.exhibits.figures import effect, marks
from evalrapport.exhibits.released import Released
from evalrapport.exhibits.theme import Look

HEIGHT = 260


def chart(figure: Figure, released: Released, look: Look, width: int) -> Any:
    """The accumulated effect with its band, the zero line, and the last value in words."""
    data = effect.monthly(figure, released, figure.series)
    picture = effect.band(figure.y["title"], figure.x["title"], data, look)
    shown = [one for one in data if one["value"] is not None]
    if shown:
        last = max(shown, key=lambda one: one["month"])
        end = alt.Chart(alt.InlineData(values=[last]))
        end = end.mark_text(align="left", dx=8, fontWeight=600)
        picture += end.encode(x="month:Q", y="value:Q", text="Værdi:N")
    sized = picture.properties(width=width, height=HEIGHT)
    return marks.with_note(sized, data, look, marks.HIDDEN_POINTS)


def named(figure: Figure, released: Released) -> dict[str, str]:
    """The months surely below or above zero, and the last value with its interval."""
    return effect.named_months(figure, released, figure.series[0]["column"])
