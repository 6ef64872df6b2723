"""The page that a reviewer reads: a comparison as one self-contained Danish HTML file."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from evalrapport import danish
from evalrapport.review.cells import Change
from evalrapport.review.page_exhibits import figure_html, table_html
from evalrapport.review.page_parts import change_html, text_html
from evalrapport.review.page_summary import summary

HERE = Path(__file__).parent
# Weight and file of the typefaces; without them the page falls back to the system's.
FACES = (
    ("Sans", 400, "IBMPlexSans-Regular"),
    ("Sans", 600, "IBMPlexSans-SemiBold"),
    ("Serif", 400, "IBMPlexSerif-Regular"),
)
TYPES = {
    "tal": "Tal",
    "tekst": "Tekst",
    "figur": "Figurer",
    "struktur": "Opbygning",
    "paastand": "Påstande",
    "fakta": "Oplysninger",
    "kontrol": "Kontroller",
    "diskretion": "Diskretion",
}
# What a chapter tells of before its text and its tables.
HEADINGS = (
    ("struktur", "Opbygning"),
    ("paastand", "Påstande"),
    ("fakta", "Oplysninger fra andre kilder"),
)


def html(
    comparison: Mapping[str, Any],
    approved: Iterable[str] = (),
    links: tuple[str, str] = ("", ""),
    fonts: Path | None = None,
) -> str:
    """The whole page. `links`: addresses of the two versions' pages, empty if there are none."""
    data = {"study": comparison["study"], "approved": sorted(approved)}
    names = comparison["old"]["label"], comparison["new"]["label"]
    title = f"Hvad er ændret fra {names[0]} til {names[1]}"
    script = (HERE / "page.js").read_text(encoding="utf-8")
    style = face_rules(fonts) + (HERE / "page.css").read_text(encoding="utf-8")
    body = [
        f"<h1>{escape(title)}</h1>",
        head(comparison, links),
        *summary(comparison),
        *(filters(comparison) if comparison["changes"] else []),
        *chapters(comparison, links),
        method(),
    ]
    return (
        '<!doctype html>\n<html lang="da">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(body)
        + '\n</main>\n<script type="application/json" id="sammenligning">'
        + json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
        + "</script>\n"
        + (f"<script>\n{script}</script>\n" if comparison["changes"] else "")
        + "</body>\n</html>\n"
    )


def face_rules(fonts: Path | None) -> str:
    """The house's typefaces, written into the page."""
    rules = ""
    for family, weight, name in FACES:
        path = fonts / f"{name}.woff2" if fonts else None
        if path and path.is_file():
            content = base64.b64encode(path.read_bytes()).decode()
            rules += (
                f'@font-face {{ font-family: "IBM Plex {family}"; font-weight: {weight}; '
                f'src: url(data:font/woff2;base64,{content}) format("woff2") }}\n'
            )
    return rules


def head(comparison: Mapping[str, Any], links: tuple[str, str]) -> str:
    """Which two versions these are."""
    rows = []
    for word, side, link in zip(("Før", "Nu"), ("old", "new"), links, strict=True):
        version = comparison[side]
        name = escape(danish.capitalised(version["label"]))
        name = f'<a href="{escape(link)}/index.html">{name}</a>' if link else name
        revision = f"kode {version['revision']}" if version["revision"] else ""
        revision = revision.replace("+", " med ændringer")
        day = version["date"]
        day = danish.day_text(date.fromisoformat(day)) if day else ""
        told = [version["data"], day, revision]
        rows.append(f"<dt>{word}</dt><dd>{name} · {escape(' · '.join(filter(None, told)))}</dd>")
    return f'<dl class="versioner">{"".join(rows)}</dl>'


def filters(comparison: Mapping[str, Any]) -> list[str]:
    """The bar that filters the changes and keeps the ticks."""
    there = {change["type"] for change in comparison["changes"]}
    boxes = "".join(
        f'<label><input type="checkbox" data-type="{name}" checked>{word}</label>'
        for name, word in TYPES.items()
        if name in there
    )
    return [
        f'<div class="filtre kun-skaerm" hidden>{boxes}'
        '<label><input type="checkbox" id="kun-store">Kun tal uden for usikkerheden</label>'
        '<label><input type="checkbox" id="skjul-godkendte">Skjul godkendte</label>'
        '<span class="skub"><span id="antal-godkendt"></span>'
        '<button type="button" id="gem">Gem godkendelser</button>'
        '<label class="knap">Hent<input type="file" id="hent" accept=".json" hidden></label>'
        "</span></div>"
    ]


def chapters(comparison: Mapping[str, Any], links: tuple[str, str]) -> list[str]:
    """All changes by chapter, in the report's order."""
    parts = []
    for chapter in comparison["chapters"]:
        mine = [c for c in comparison["changes"] if c["chapter"] == chapter]
        mine = [c for c in mine if c["type"] not in ("diskretion", "kontrol")]
        if mine:
            body = "\n".join(chapter_parts(mine, links))
            parts.append(f"<section data-group>\n<h2>{escape(chapter)}</h2>\n{body}\n</section>")
    return parts


def chapter_parts(changes: Sequence[Change], links: tuple[str, str]) -> list[str]:
    """A chapter's changes: structure, claims, text, then exhibit by exhibit."""
    parts = []
    for kind, heading in HEADINGS:
        mine = [c for c in changes if c["type"] == kind]
        if mine:
            inside = "".join(change_html(change, links) for change in mine)
            parts.append(f"<div data-group><h3>{heading}</h3>{inside}</div>")
    edited = [c for c in changes if c["type"] == "tekst"]
    if edited:
        inside = "".join(text_html(change, links) for change in edited)
        parts.append(f"<div data-group><h3>Tekst</h3>{inside}</div>")
    for name in dict.fromkeys(c["table"] for c in changes if c["type"] == "tal"):
        mine = [c for c in changes if c["type"] == "tal" and c["table"] == name]
        parts.append(table_html(mine))
    parts += [figure_html(change) for change in changes if change["type"] == "figur"]
    return parts


def method() -> str:
    """How to read the page."""
    return (
        "<h2>Sådan er der sammenlignet</h2>"
        "<p>Tal er holdt op mod hinanden celle for celle efter rækkens og kolonnens id. Andele er "
        "trukket fra hinanden i procentpoint; for andre tal er forskellen i procent af det gamle. "
        "En forskel er <b>uden for usikkerheden</b>, når den er bredere end de to "
        "95-procent-intervallers halve bredder lagt sammen som kvadratrod af kvadratsum, eller "
        "bredere end den ene, hvor kun den er kendt.</p>"
        "<p>I teksten er <del>udgåede ord</del> og <ins>nye ord</ins> redigeringer. Et tal, der "
        "er ændret, fordi cellen bag det er ændret, står som "
        '<span class="nyttal"><s>4,9</s>5,2</span> '
        "og tæller ikke som en redigering. Nummererede henvisninger, der kun har fået nyt nummer, "
        "tæller heller ikke.</p>"
        "<p>Årsagerne er læst af de oplysninger om data, kode og indstillinger, der følger hver "
        "tabel. Et trin, der har givet samme fil som før, er ikke regnet for en årsag.</p>"
    )
