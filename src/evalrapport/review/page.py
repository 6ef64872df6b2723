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
from evalrapport.review import ranking
from evalrapport.review.page_exhibits import figure_html, table_html
from evalrapport.review.page_parts import change_html, text_html
from evalrapport.review.tables import Change

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
    "kontrol": "Kontroller",
    "diskretion": "Diskretion",
}


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


def summary(comparison: Mapping[str, Any]) -> list[str]:
    """The first screen: how much, why, what is dangerous, and the ten that matter most."""
    if not comparison["changes"]:
        return ['<p class="kasse">De to versioner er ens. Der er ingen ændringer.</p>']
    parts = [f"<p>{escape(lead(comparison['summary']))}</p>", key_numbers(comparison["summary"])]
    notes = "".join(f"<p>{escape(note)}</p>" for note in comparison["notes"])
    parts += [f'<div class="kasse">{notes}</div>'] if notes else []
    parts += danger(comparison["changes"])
    if comparison["causes"]:
        listed = "".join(f"<li>{escape(group['text'])}</li>" for group in comparison["causes"])
        parts.append(f'<h3>Hvorfor</h3><ul class="aarsager">{listed}</ul>')
    if comparison["top"]:
        by_id = {change["id"]: change for change in comparison["changes"]}
        items = "".join(top_item(by_id[name]) for name in comparison["top"])
        count = danish.number_word(len(comparison["top"]))
        what = "Den vigtigste ændring" if count == "en" else f"De {count} vigtigste"
        parts.append(f'<h3>{what}</h3><ol class="vigtigst">{items}</ol>')
        parts.append(f'<p class="lille">{escape(ranking.RULE)}</p>')
    return parts


def lead(found: Mapping[str, int]) -> str:
    """The summary as one sentence."""
    words = [
        counted(found["tal"], "tal", "tal"),
        counted(found["saetninger"], "sætning", "sætninger"),
        counted(found["figurer"], "figur", "figurer"),
    ]
    return f"Ændret er {danish.listing(words)}."


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{danish.number(number)}{danish.NO_BREAK_SPACE}{one if number == 1 else many}"


def key_numbers(found: Mapping[str, int]) -> str:
    """The counts as a row of large figures."""
    told = (
        ("tal", "tal"),
        ("saetninger", "redigerede sætninger"),
        ("figurer", "figurer"),
        ("struktur", "ændringer i opbygningen"),
        ("paastande", "påstande"),
        ("diskretion", "risici for diskretion"),
    )
    items = ""
    for key, word in told:
        empty = "" if found[key] else ' class="nul"'
        items += f"<li{empty}><b>{danish.number(found[key])}</b>{word}</li>"
    return f'<ul class="hovedtal">{items}</ul>'


def danger(changes: Sequence[Change]) -> list[str]:
    """What must be looked at first: people that can be told apart, checks that fail."""
    found = [c for c in changes if c["type"] in ("diskretion", "kontrol")]
    if not found:
        return []
    items = "".join(change_html(change, ("", "")) for change in found)
    return [f'<div class="kasse fare" data-group>{items}</div>']


def top_item(change: Change) -> str:
    """A line of the list of what matters most, with a link to its place below."""
    what, where, answer = headline(change)
    return (
        f'<li><span><a href="#c-{change["id"]}">{escape(what)}</a>'
        f'<span class="sted">{escape(where)}</span></span>'
        f'<span class="svar">{escape(answer)}</span></li>'
    )


def headline(change: Change) -> tuple[str, str, str]:
    """(what, where, from → to) of a change, in a few words."""
    kind = change["type"]
    if kind == "tal":
        answer = f"{change['old_text']} → {change['new_text']}"
        return f"{change['row']}, {change['column']}", change["title"], answer
    if kind == "paastand":
        answer = f"{change['old']} → {change['new']}" if change["kind"] == "udfald" else ""
        return change["sentence"], change["chapter"], answer
    if kind == "tekst":
        words = {"tilfoejet": "Nyt afsnit", "fjernet": "Fjernet afsnit"}
        texts = [span[1].strip() for span in change["spans"] if span[0] in "+-" and span[1].strip()]
        shown = " … ".join(texts)
        shown = shown if len(shown) < 120 else shown[:117].rsplit(" ", 1)[0] + " …"
        return f"{words.get(change['kind'], 'Redigeret')}: {shown}", change["chapter"], ""
    if kind == "struktur":
        words = {"tilfoejet": "Ny", "fjernet": "Fjernet", "flyttet": "Flyttet"}
        word = words.get(change["kind"], "Ændret")
        name = change["new"] or change["old"]
        return f"{word} {noun(change, word)}: {name}", change["chapter"], ""
    return str(change.get("text") or change.get("new")), change["chapter"], ""


def noun(change: Change, word: str) -> str:
    """The part of the report, in Danish."""
    name = str({"raekke": "række"}.get(change["what"], change["what"]))
    return f"{name} (nyt)" if word == "Ny" and name == "afsnit" else name


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
    for kind, heading in (("struktur", "Opbygning"), ("paastand", "Påstande")):
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
