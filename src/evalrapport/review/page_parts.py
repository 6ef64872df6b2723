"""The parts of the page: one change each, as HTML."""

from __future__ import annotations

from html import escape

from evalrapport import danish
from evalrapport.review.cells import Change

TEXT_WORDS = {
    "tilfoejet": "Tilføjet",
    "fjernet": "Fjernet",
    "redigeret": "Redigeret",
    "flyttet": "Flyttet",
    "tal": "Nye tal",
    "henvisning": "Omnummereret henvisning",
}
BLOCK_WORDS = {
    "afsnit": "",
    "udeladt": "",
    "fodnote": "fodnote",
    "anmærkning": "anmærkning",
    "kilde": "kilde",
    "billedtekst": "titel",
    "punkt": "punkt",
    "litteratur": "litteraturliste",
    "overskrift": "overskrift",
}
STRUCTURE_WORDS = {
    "tilfoejet": "tilføjet",
    "fjernet": "fjernet",
    "omdoebt": "omdøbt",
    "flyttet": "flyttet",
    "omnummereret": "omnummereret",
}
NOUNS = {"raekke": "Række", "kolonne": "Kolonne"}
CLAIM_WORDS = {
    "udfald": "Nyt udfald",
    "ordlyd": "Ny ordlyd",
    "krav": "Nyt krav",
    "tilfoejet": "Ny påstand",
    "fjernet": "Fjernet påstand",
}
Links = tuple[str, str]


def frame(change: Change, body: str) -> str:
    """A change with its tick."""
    return (
        f'<div class="aendring" id="c-{change["id"]}" data-change="{change["id"]}" '
        f'data-type="{change["type"]}"><div class="krop">{body}</div>{tick(change)}</div>'
    )


def tick(change: Change) -> str:
    """The box that approves a change."""
    return (
        '<label class="godkend kun-skaerm" hidden>'
        f'<input type="checkbox" data-id="{change["id"]}">godkend</label>'
    )


def mark(text: str) -> str:
    """The small word before a change."""
    return f'<span class="maerke">{escape(text)}</span>'


def from_to(old: str, new: str) -> str:
    """Old and new, each as a reader takes them for."""
    parts = [f"<del>{escape(old)}</del>"] if old else []
    parts += [f"<ins>{escape(new)}</ins>"] if new else []
    return " ".join(parts)


def change_html(change: Change, links: Links) -> str:
    """A change of structure, a claim, a check or a risk."""
    kind = change["type"]
    if kind == "struktur":
        body = structure_body(change)
    elif kind == "paastand":
        body = claim_body(change)
    elif kind == "fakta":
        body = fact_body(change)
    elif kind == "kontrol":
        body = f"{mark('Kontrol fejler')}{escape(change['what'])}: {escape(change['new'])}"
    else:
        body = f"{mark('Diskretion')}{escape(change['text'])}"
    return frame(change, f"<div>{body}{jumps(change, links)}</div>")


def structure_body(change: Change) -> str:
    """What happened to a section, table, figure, row or column."""
    noun = NOUNS.get(change["what"], danish.capitalised(change["what"]))
    words = f"{noun} {STRUCTURE_WORDS[change['kind']]}"
    if change["kind"] == "flyttet":
        before = "" if change["old"] == change["new"] else f"{change['old']} → "
        return f"{mark(words)}{escape(before + change['new'])}"
    if change.get("by") == "id":
        return f"{mark(words)}{renamed(change)}"
    where = f" i {escape(change['title'])}" if change["what"] in NOUNS else ""
    return f"{mark(words)}{from_to(change['old'], change['new'])}{where}"


def renamed(change: Change) -> str:
    """A row or a column that got another id; its label says more to a reader where it is kept."""
    ids = f"{change['old']} → {change['new']}"
    label = f"{change['label']} (id {ids})" if change.get("label") else ids
    return f"{escape(label)} i {escape(change['title'])}"


def claim_body(change: Change) -> str:
    """What happened to an interpreting sentence, with the numbers it rests on."""
    words = mark(CLAIM_WORDS[change["kind"]])
    if change["kind"] == "ordlyd":
        return f"{words}{from_to(change['old'], change['new'])}"
    if change["kind"] == "krav":
        said = f'<span class="brudtekst">“{escape(change["sentence"])}”</span>'
        return f'{words}{said}<div class="lille">{from_to(change["old"], change["new"])}</div>'
    outcome = from_to(change["old"], change["new"])
    values = "; ".join(
        f"{name}: {danish_value(old)} → {danish_value(new)}" for name, old, new in change["values"]
    )
    return (
        f'{words}<span class="brudtekst">“{escape(change["sentence"])}”</span> {outcome}'
        f'<div class="lille">{escape(values)}</div>'
    )


def fact_body(change: Change) -> str:
    """A fact with its old and new value, or its old and new source."""
    words = mark("Ny værdi" if change["kind"] == "vaerdi" else "Ny kilde")
    sources = dict.fromkeys((change["old_source"], change["new_source"]))
    if change["kind"] == "kilde":
        return f"{words}{escape(change['new'])}: {from_to(*sources)}"
    told = escape(" → ".join(sources))
    return f'{words}{from_to(change["old"], change["new"])}<div class="lille">{told}</div>'


def danish_value(text: str) -> str:
    """A number of a result file in Danish; a dash if there is none."""
    return text.replace("-", danish.MINUS).replace(".", ",") if text else "–"


def text_html(change: Change, links: Links) -> str:
    """A paragraph with its edits and its new numbers."""
    words = TEXT_WORDS[change["kind"]]
    if change["moved"] and change["kind"] != "flyttet":
        words += " og flyttet"
    block = BLOCK_WORDS[change["block"]]
    words += f" · {block}" if block else ""
    words += " · følger af en påstand med nyt udfald" if change.get("follows_claim") else ""
    body = "".join(span_html(span) for span in shortened(change))
    return frame(change, f'{mark(words)}{jumps(change, links)}<p class="brudtekst">{body}</p>')


def shortened(change: Change) -> list[list[str]]:
    """The spans of a block, with long unchanged stretches cut down to their ends."""
    spans = change["spans"]
    result = []
    for number, span in enumerate(spans):
        if span[0] == "=" and len(span[1]) > 260:
            head = "" if number == 0 else span[1][:110].rsplit(" ", 1)[0]
            tail = "" if number == len(spans) - 1 else span[1][-110:].split(" ", 1)[-1]
            if change["kind"] == "flyttet":
                head = span[1][:200].rsplit(" ", 1)[0]
            span = ["=", f"{head} […] {tail}"]
        result.append(span)
    return result


def span_html(span: list[str]) -> str:
    """A stretch of text as it became."""
    what, text = span[0], escape(span[1])
    if what == "=":
        return text
    if what in "+-":
        tag = "ins" if what == "+" else "del"
        lead = " " if text.startswith(" ") else ""
        return f"{lead}<{tag}>{text.strip()}</{tag}>"
    title = f' title="{escape(span[3])}"' if what == "tal" else ""
    return f'<span class="nyttal"{title}><s>{text}</s>{escape(span[2])}</span>'


def jumps(change: Change, links: Links) -> str:
    """Links to the place in both versions."""
    places = (change.get("old_link"), change.get("new_link"))
    found = [
        f'<a href="{escape(base)}/{escape(place)}">{word}</a>'
        for word, base, place in zip(("før", "nu"), links, places, strict=True)
        if base and place
    ]
    return f'<span class="lille kun-skaerm"> {" · ".join(found)}</span>' if found else ""
