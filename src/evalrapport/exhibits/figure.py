"""A figure of the report: SVG, PNG, an interactive spec, the numbers behind it, and its alt text.

Titles and notes stand in the prose. Everything is written without the net, from data that travel
in the spec, and the same input gives the same bytes.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

from evalrapport.exhibits.figure_contract import Figure, alt_text, read_figure
from evalrapport.exhibits.figure_numbers import numbers_csv, used_cells
from evalrapport.exhibits.released import Released, read_released
from evalrapport.exhibits.theme import TEXT_BLOCK_WIDTH, VEGA_LITE, Look, config, read_look
from evalrapport.step import Job

PNG_SCALE = 2
CSS_PIXELS_PER_INCH = 96


def step(job: Job) -> None:
    """Write the five files of one figure."""
    figure = on_tiles(read_figure(job.input["contract"]), job.input.get("tiles"))
    released = read_released(job.input["csv"], job.input["json"])
    use_fonts(job.input["fonts"])
    spec = fitted(figure, released, read_look(job.input["palette"]))
    svg = named_svg(static_svg(spec), figure.id, spec["description"])
    job.output["svg"].write_text(svg, encoding="utf-8")
    job.output["png"].write_bytes(png(svg))
    job.output["spec"].write_text(json_text(spec), encoding="utf-8")
    job.output["csv"].write_text(numbers_csv(figure, released), encoding="utf-8-sig", newline="")
    job.output["json"].write_text(json_text(about(figure, released, spec, svg)), encoding="utf-8")


def on_tiles(figure: Figure, places: Path | None) -> Figure:
    """The figure with the municipalities' places on the grid, if it is a map."""
    if figure.kind != "fliser" or places is None:
        return figure
    from evalrapport.exhibits.figures.tiles import read_tiles

    return replace(figure, x=figure.x | {"tiles": read_tiles(places)})


def use_fonts(folder: Path) -> None:
    """Let the static renderer find the report's own fonts."""
    import vl_convert

    vl_convert.register_font_directory(str(folder.resolve()))


def kind_module(kind: str) -> Any:
    """The module that draws this kind of figure."""
    from evalrapport.errors import PlainError
    from evalrapport.exhibits.figures import (
        accumulated,
        answers,
        areas,
        before_after,
        columns,
        directions,
        distribution,
        dots,
        effect,
        flow,
        forest,
        funnel,
        intervals,
        panels,
        placebo,
        practices,
        ranking,
        tiles,
        timeline,
    )

    kinds = {
        "effekt_over_tid": effect,
        "akkumuleret_effekt": accumulated,
        "fordeling": distribution,
        "felter": panels,
        "svar": answers,
        "stablet_over_tid": areas,
        "kolonner": columns,
        "rangordning": ranking,
        "tidslinje": timeline,
        "retninger": directions,
        "flow": flow,
        "praksis": practices,
        "fliser": tiles,
        "prikker": dots,
        "tragt": funnel,
        "intervaller": intervals,
        "foer_efter": before_after,
        "skov": forest,
        "placebo": placebo,
    }
    if kind not in kinds:
        raise PlainError(f"“{kind}” is no kind of figure; use one of: {', '.join(kinds)}.")
    return kinds[kind]


def fitted(figure: Figure, released: Released, look: Look) -> dict[str, Any]:
    """The Vega-Lite spec whose picture is as wide as the text block.

    How much room labels take is known only once they are drawn, so the plot is drawn, measured and
    its width corrected.
    """
    # Begin wide: below the width of its legend a picture gets no narrower with its plot.
    width = TEXT_BLOCK_WIDTH - 60
    for _ in range(4):
        spec = specification(figure, released, look, width)
        excess = svg_size(static_svg(spec))[0] - TEXT_BLOCK_WIDTH
        if abs(excess) <= 1:
            break
        width -= excess
    return spec


def specification(figure: Figure, released: Released, look: Look, width: int) -> dict[str, Any]:
    """The Vega-Lite spec with its data, theme, Danish locale and alt text inside."""
    kind = kind_module(figure.kind)
    chart = kind.chart(figure, released, look, width)
    spec: dict[str, Any] = chart.to_dict()
    spec["config"] = config(look)
    spec["description"] = alt_text(figure, released, kind.named(figure, released))
    spec["padding"] = 2
    # No menu: its words are English, and the page offers the numbers itself.
    spec["usermeta"] = {"embedOptions": {"actions": False, "renderer": "svg"}}
    return spec


def static_svg(spec: dict[str, Any]) -> str:
    """The spec as SVG text."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE))


def svg_size(svg: str) -> tuple[int, int]:
    """Width and height of an SVG in CSS pixels."""
    found = re.search(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"', svg)
    if found is None:
        raise ValueError("the SVG has no size")
    return round(float(found[1])), round(float(found[2]))


def named_svg(svg: str, figure: str, alt: str) -> str:
    """The SVG with the alt text, and with ids that stay unique when several stand in one page."""
    # Vega's own descriptions are English; the alt text stands for them.
    svg = re.sub(r' (role|aria-label|aria-roledescription)="[^"]*"', "", svg)
    ids = sorted(set(re.findall(r'\bid="([^"]+)"', svg)), key=len, reverse=True)
    for name in ids:
        svg = svg.replace(f'id="{name}"', f'id="{figure}-{name}"')
        svg = svg.replace(f"#{name})", f"#{figure}-{name})").replace(
            f'"#{name}"', f'"#{figure}-{name}"'
        )
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(alt)}" ', 1) + "\n"


def png(svg: str) -> bytes:
    """The picture in twice its size, with the resolution that keeps its width in print."""
    import vl_convert

    resolution = CSS_PIXELS_PER_INCH * PNG_SCALE
    # vl-convert multiplies scale by ppi / 72; the ppi is written into the file for Word.
    return bytes(vl_convert.svg_to_png(svg, scale=PNG_SCALE * 72 / resolution, ppi=resolution))


def about(figure: Figure, released: Released, spec: dict[str, Any], svg: str) -> dict[str, Any]:
    """What the report needs to know of a figure: alt text, title, where its numbers come from."""
    width, height = svg_size(svg)
    return {
        "id": figure.id,
        "title": figure.title,
        "alt": spec["description"],
        "width": width,
        "height": height,
        "tables": [released.table],
        "addresses": [f"{released.table} {cell.address}" for cell in used_cells(figure, released)],
        "published_as": figure.published_as or None,
        "disclosure_class": released.contract.disclosure_class,
        "study": released.study,
        "data_status": released.data_status,
    }


def json_text(value: Any) -> str:
    """JSON that is the same for the same content."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
