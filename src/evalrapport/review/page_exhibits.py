"""The parts of the page on tables and figures."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from evalrapport import danish
from evalrapport.review.cells import Change
from evalrapport.review.page_parts import frame, mark, tick

FIRST = 8  # so many of a table's changes are seen at once; the rest one click away
KIND_WORDS = {
    "skjult_nu": "nu skjult",
    "vist_nu": "nu vist",
    "status": "anden status",
    "ord": "anden tekst",
    "grundlag": "andet grundlag (n)",
    "interval": "andet interval",
    "bemaerkning": "anden bemærkning",
}
SIGNIFICANCE = {"uden_for": "uden for", "inden_for": "inden for", "ukendt": ""}


def table_html(changes: Sequence[Change]) -> str:
    """A table's changed cells: the largest differences first, the rest one click away."""
    seen = sorted((c for c in changes if c["seen"]), key=rank)
    unseen = [c for c in changes if not c["seen"]]
    title = changes[0]["title"]
    told = f"{danish.number(len(seen))} tal ændret" if seen else "Ingen trykte tal ændret"
    large = sum(c["significance"] == "uden_for" for c in seen)
    told += f", {danish.number(large)} uden for usikkerheden" if large else ""
    causes = danish.capitalised(changes[0]["why"])
    ways = dict.fromkeys(" → ".join(c["way"]) for c in changes[0]["causes"] if len(c["way"]) > 1)
    way = f" Vejen gennem beregningen: {danish.listing(list(ways))}." if ways else ""
    parts = [
        f'<h3>{escape(title)}</h3><p class="lille">{told}. {escape(causes)}.{escape(way)} '
        '<label class="godkend kun-skaerm" hidden><input type="checkbox" data-all>'
        "godkend hele tabellen</label></p>"
    ]
    parts += [cells_html(seen[:FIRST])] if seen else []
    if rest := seen[FIRST:]:
        more = f"De øvrige {danish.number(len(rest))}"
        parts.append(f"<details><summary>{more}</summary>{cells_html(rest)}</details>")
    if unseen:
        more = f"{danish.number(len(unseen))} celler med andet grundlag eller interval, samme tal"
        parts.append(f"<details><summary>{more}</summary>{cells_html(unseen)}</details>")
    return f"<div data-group>{''.join(parts)}</div>"


def rank(change: Change) -> tuple[bool, int, float]:
    """Order within a table: outside the uncertainty first, then by how far it moved.

    Counts that only follow the size of the population come last.
    """
    order = {"uden_for": 0, "ukendt": 1, "inden_for": 2}[change["significance"]]
    return change["resized"], order, -(change["weight"] or abs(change["difference"] or 0))


def cells_html(changes: Sequence[Change]) -> str:
    """Changed cells as a table."""
    rows = "".join(map(row_html, changes))
    return (
        '<div class="ramme"><table><thead><tr><th scope="col">Række</th><th scope="col">Kolonne'
        '</th><th scope="col" class="t">Før</th><th scope="col" class="t">Nu</th>'
        '<th scope="col" class="t">Forskel</th><th scope="col">Usikkerhed</th>'
        '<th scope="col" class="kun-skaerm" hidden></th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def row_html(change: Change) -> str:
    """One changed cell."""
    large = change["significance"] == "uden_for"
    kind = KIND_WORDS.get(change["kind"], "")
    note = SIGNIFICANCE[change["significance"]] or kind
    old, new = change["old_text"], change["new_text"]
    if change["kind"] in ("grundlag", "interval"):
        old, new = (base(change[side]) for side in ("old", "new"))
    wide = " ord" if max(len(old), len(new)) > 24 else ""
    return (
        f'<tr id="c-{change["id"]}" data-change="{change["id"]}" data-type="tal" '
        f'data-stor="{int(large)}"{" class=stor" if large else ""}>'
        f'<th scope="row">{escape(change["row"])}</th><td>{escape(change["column"])}</td>'
        f'<td class="t{wide}">{escape(old)}</td><td class="t{wide}">{escape(new)}</td>'
        f'<td class="t d">{escape(change["difference_text"])}</td><td>{note}</td>'
        f'<td class="kun-skaerm" hidden>{tick(change)}</td></tr>'
    )


def base(side: dict[str, str]) -> str:
    """What lies behind a printed number: its base and its interval."""
    parts = [f"n = {danish.number(side['n'])}"] if side["n"] else []
    if side["lower"]:
        decimals = len(side["lower"].partition(".")[2])
        parts.append(danish.interval(side["lower"], side["upper"], decimals))
    return ", ".join(parts) or "–"


def figure_html(change: Change) -> str:
    """A figure: which points changed, and the two pictures three ways."""
    words = {
        "tal": "Figur med andre tal",
        "grundlag": "Figur med samme tal, andet grundlag eller interval",
        "udseende": "Figur med andet udseende",
        "tilfoejet": "Ny figur",
        "fjernet": "Fjernet figur",
    }[change["kind"]]
    body = f'{mark(words)}<b class="titel">{escape(change["title"])}</b>'
    if change["series"]:
        counts = [f"{line['name']} ({len(line['points'])})" for line in change["series"]]
        body += f'<div class="lille">Ændrede punkter: {escape(danish.listing(counts))}</div>'
        body += points_html(change)
    return f"<div data-group>{frame(change, body + pictures_html(change))}</div>"


def points_html(change: Change) -> str:
    """A figure's changed points, one click away."""
    rows = "".join(
        f'<tr><td>{escape(line["name"])}</td><th scope="row">{escape(point)}</th>'
        f'<td class="t">{escape(old)}</td><td class="t">{escape(new)}</td></tr>'
        for line in change["series"]
        for point, old, new in line["points"]
    )
    return (
        '<details><summary>Tallene bag</summary><div class="ramme"><table><thead><tr>'
        '<th scope="col">Serie</th><th scope="col">Punkt</th><th scope="col" class="t">Før</th>'
        f'<th scope="col" class="t">Nu</th></tr></thead><tbody>{rows}</tbody></table></div>'
        "</details>"
    )


def pictures_html(change: Change) -> str:
    """The two pictures side by side, blended, and as their difference."""
    old, new = change["old_picture"], change["new_picture"]
    shown = [
        f'<figure><figcaption>{word}</figcaption><img src="{src}" alt="{word}: '
        f'{escape(change["title"])}"></figure>'
        for word, src in (("Før", old), ("Nu", new))
        if src
    ]
    parts = [f'<div class="billeder">{"".join(shown)}</div>']
    if old and new:
        stack = f'<div class="stabel"><img src="{old}" alt=""><img src="{new}" alt=""></div>'
        parts.append(
            "<details><summary>Lagt oven på hinanden, og forskellen fremhævet</summary>"
            '<div class="billeder"><div class="lag"><figcaption>Blandet: træk for at gå fra før '
            'til nu</figcaption><input type="range" min="0" max="100" value="50" aria-label="Fra '
            f'før til nu">{stack}</div><div class="lag forskel"><figcaption>Forskel: det, der er '
            f"ens, er hvidt</figcaption>{stack}</div></div></details>"
        )
    return "".join(parts)
