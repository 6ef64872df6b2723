"""The script that makes the figures of a page respond to the reader; it needs no net.

In the page, the static picture stands in an element, with its spec either in that element as
`<script type="application/json" class="figurspecifikation">`, or, if the element is
`<div class="vega" data-spec="ID">`, anywhere as `<script type="application/json" id="spec-ID">`.
Where scripts run, the picture on screen is replaced by the drawn one; print and readers without
scripts keep the static picture.
"""

from __future__ import annotations

import json

from evalrapport.exhibits.theme import NUMBER_LOCALE, TIME_LOCALE, VEGA_LITE
from evalrapport.step import Job

SNIPPET = """
const options = {
  actions: false, renderer: "svg", defaultStyle: false,
  formatLocale: FORMAT_LOCALE, timeFormatLocale: TIME_FORMAT_LOCALE,
};
const style = `
  @media screen { .er-tegnet > :not(.vega-tegning) { display: none } }
  @media print { .vega-tegning { display: none } }
  .vega-tegning svg { max-width: 100%; height: auto }
  #vg-tooltip-element { font: inherit; font-size: 13px; position: fixed; visibility: hidden;
    background: #fff; border: 1px solid #c3cad0; padding: 6px 10px; z-index: 1000;
    pointer-events: none; box-shadow: 0 1px 4px rgba(0, 0, 0, .15) }
  #vg-tooltip-element.visible { visibility: visible }
  #vg-tooltip-element td { padding: 1px 4px; border: 0 }
  #vg-tooltip-element td.key { color: #56616b; text-align: right }`;

function placeOf(source) {
  if (source.classList.contains("figurspecifikation")) return source.parentElement;
  return document.querySelector(`div.vega[data-spec="${source.id.slice("spec-".length)}"]`);
}

async function draw(source) {
  const place = placeOf(source);
  if (!place) return;
  const spec = JSON.parse(source.textContent);
  const drawing = document.createElement("div");
  drawing.className = "vega-tegning";
  place.append(drawing);
  try {
    await vegaEmbed(drawing, spec, {...options, tooltip: {disableDefaultStyle: true}});
  } catch (error) {
    drawing.remove();
    return;
  }
  // Vega's own descriptions are English; the alt text, set on the drawing, stands for them.
  for (const part of drawing.querySelectorAll("[aria-label], [role], [aria-roledescription]")) {
    for (const name of ["aria-label", "role", "aria-roledescription"]) part.removeAttribute(name);
  }
  drawing.removeAttribute("aria-roledescription");
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", spec.description);
  place.classList.add("er-tegnet");
}

function drawAll() {
  const sources = document.querySelectorAll("script.figurspecifikation, script[id^='spec-']");
  if (!sources.length) return;
  document.head.append(Object.assign(document.createElement("style"), {textContent: style}));
  sources.forEach(draw);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", drawAll);
else drawAll();
"""


def step(job: Job) -> None:
    """Write the bundled runtime."""
    job.output["js"].write_text(runtime(), encoding="utf-8")


def snippet() -> str:
    """The drawing code with Danish number and date formats in it."""
    return SNIPPET.replace(
        "TIME_FORMAT_LOCALE", json.dumps(TIME_LOCALE, ensure_ascii=False)
    ).replace("FORMAT_LOCALE", json.dumps(NUMBER_LOCALE, ensure_ascii=False))


def runtime() -> str:
    """Vega, Vega-Lite and vega-embed as vl-convert carries them, with the drawing code."""
    import vl_convert

    return str(vl_convert.javascript_bundle(snippet(), vl_version=VEGA_LITE))
