"""How figures look: one palette with the page, one font, Danish numbers, room for 15 cm of text.

Sizes are CSS pixels: 567 px are the text block's 15 cm, so 12 px are 9 pt in print.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evalrapport.danish import MINUS, MONTHS

# The Vega-Lite that Altair writes for and that vl-convert carries; a test holds them together.
VEGA_LITE = "6.4"
TEXT_BLOCK_WIDTH = 567
FONT_SIZE = 12
NUMBER_LOCALE = {
    "decimal": ",",
    "thousands": ".",
    "grouping": [3],
    "currency": ["", "\u00a0kr."],
    "minus": MINUS,
}
TIME_LOCALE = {
    "dateTime": "%-d. %B %Y %H:%M",
    "date": "%d-%m-%Y",
    "time": "%H:%M",
    "periods": ["", ""],
    "days": ["søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag"],
    "shortDays": ["søn", "man", "tir", "ons", "tor", "fre", "lør"],
    "months": list(MONTHS),
    "shortMonths": [month[:3] for month in MONTHS],
}


@dataclass(frozen=True)
class Look:
    """Colours by name and the font families, from the palette that the page uses too."""

    colours: dict[str, Any]
    font: str

    def colour(self, name: str) -> str:
        """A colour by its palette name, or `list.position` (`series.2`)."""
        group, _, position = name.partition(".")
        found = self.colours[group]
        return str(found[int(position)] if position else found)


def read_look(palette: Path) -> Look:
    """Read the palette file of the report's design."""
    raw = json.loads(palette.read_text(encoding="utf-8"))
    return Look(colours=raw, font=f"{raw['font']['sans']}, sans-serif")


def config(look: Look) -> dict[str, Any]:
    """The Vega-Lite configuration shared by all figures."""
    quiet = {"labelColor": look.colour("muted"), "titleColor": look.colour("muted")}
    sizes = {"labelFontSize": FONT_SIZE, "titleFontSize": FONT_SIZE, "titleFontWeight": "normal"}
    return {
        "font": look.font,
        "background": look.colour("paper"),
        "locale": {"number": NUMBER_LOCALE, "time": TIME_LOCALE},
        # Vega's own descriptions of marks and axes are English; the alt text stands for them.
        "aria": False,
        "view": {"stroke": None},
        "axis": {
            **quiet,
            **sizes,
            "domainColor": look.colour("axis"),
            "tickColor": look.colour("axis"),
            "gridColor": look.colour("grid"),
            "labelLimit": 320,
        },
        "legend": {
            **quiet,
            **sizes,
            "labelColor": look.colour("ink"),
            "orient": "top",
            "offset": 34,
            "title": None,
            "labelLimit": 320,
            "symbolSize": 110,
            "columnPadding": 16,
            "layout": {"bottom": {"direction": "vertical", "anchor": "start", "margin": 6}},
        },
        "header": {**quiet, **sizes, "labelColor": look.colour("ink"), "title": None},
        "text": {"fontSize": FONT_SIZE, "font": look.font, "color": look.colour("ink")},
        "title": {
            "fontSize": FONT_SIZE,
            "fontWeight": "normal",
            "color": look.colour("muted"),
            "anchor": "start",
        },
    }
