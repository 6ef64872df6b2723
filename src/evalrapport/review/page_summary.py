"""The first screen of the page: how much changed, why, and what matters most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from evalrapport import danish
from evalrapport.review import ranking
from evalrapport.review.cells import Change
from evalrapport.review.page_parts import NOUNS, STRUCTURE_WORDS, change_html

# One and many of each kind of change, in the order of the summary.
COUNTED = {
    "tal": ("tal", "tal"),
    "saetninger": ("redigeret sætning", "redigerede sætninger"),
    "figurer": ("figur", "figurer"),
    "struktur": ("ændring i opbygningen", "ændringer i opbygningen"),
    "paastande": ("påstand", "påstande"),
    "fakta": ("oplysning fra andre kilder", "oplysninger fra andre kilder"),
    "diskretion": ("risiko for diskretion", "risici for diskretion"),
}


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
        # One cause for all is said once, above the list.
        several = len(comparison["causes"]) > 1
        items = "".join(top_item(by_id[name], several) for name in comparison["top"])
        count = danish.number_word(len(comparison["top"]))
        what = "Den vigtigste ændring" if count == "en" else f"De {count} vigtigste"
        parts.append(f'<h3>{what}</h3><ol class="vigtigst">{items}</ol>')
        parts.append(f'<p class="lille">{escape(ranking.RULE)}</p>')
    return parts


def lead(found: Mapping[str, int]) -> str:
    """The summary as one sentence: what there is of each kind."""
    numbers = f"{danish.number(found['tal'])} af {counted(found['sammenholdt'], 'tal', 'tal')}"
    outside = f"{danish.number(found['uden_for'])} uden for den statistiske usikkerhed"
    words = [f"{numbers} ({outside})"] if found["tal"] else []
    words += [
        counted(found[name], *COUNTED[name])
        for name in ("saetninger", "figurer", "struktur", "paastande", "fakta")
        if found[name]
    ]
    if not words:
        return "Ingen tal, sætninger eller figurer er ændret."
    return f"Versionerne skiller sig ad ved {danish.listing(words)}."


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{danish.number(number)}{danish.NO_BREAK_SPACE}{one if number == 1 else many}"


def key_numbers(found: Mapping[str, int]) -> str:
    """The counts as a row of large figures."""
    items = ""
    for name, words in COUNTED.items():
        empty = "" if found[name] else ' class="nul"'
        word = words[0 if found[name] == 1 else 1]
        items += f"<li{empty}><b>{danish.number(found[name])}</b>{word}</li>"
    return f'<ul class="hovedtal">{items}</ul>'


def danger(changes: Sequence[Change]) -> list[str]:
    """What must be looked at first: people that can be told apart, checks that fail."""
    found = [c for c in changes if c["type"] in ("diskretion", "kontrol")]
    if not found:
        return []
    items = "".join(change_html(change, ("", "")) for change in found)
    return [f'<div class="kasse fare" data-group>{items}</div>']


def top_item(change: Change, with_cause: bool) -> str:
    """A line of the list of what matters most, with a link to its place below."""
    what, where, answer = headline(change)
    where += f" {danish.capitalised(change['why'])}." if with_cause and change.get("why") else ""
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
        where = change.get("title") if change["what"] in NOUNS else change["chapter"]
        return structure_headline(change), str(where), ""
    if kind == "fakta":
        sources = dict.fromkeys((change["old_source"], change["new_source"]))
        answer = f"{change['old']} → {change['new']}"
        return f"Oplysning fra {' → '.join(sources)}", change["chapter"], answer
    return str(change.get("text") or change.get("new")), change["chapter"], ""


def structure_headline(change: Change) -> str:
    """A part of the report and what became of it: `Ny tabel: …`, `Omdøbt række: før → nu`."""
    noun = str(NOUNS.get(change["what"], change["what"])).lower()
    if change["kind"] == "tilfoejet":
        return f"{'Nyt' if noun == 'afsnit' else 'Ny'} {noun}: {change['new']}"
    if change["kind"] == "fjernet":
        return f"Fjernet {noun}: {change['old']}"
    word = danish.capitalised(STRUCTURE_WORDS[change["kind"]])
    if change["kind"] == "flyttet":
        return f"{word} {noun}: {change['new']}"
    name = change["label"] if change.get("by") == "id" else f"{change['old']} → {change['new']}"
    return f"{word} {noun}: {name}"
