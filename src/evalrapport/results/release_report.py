"""The release report: what a controller reads before results leave the secure machine."""

from __future__ import annotations

from html import escape
from typing import Any

CLASSES = {
    "register": "Register",
    "survey": "Spørgeskema",
    "interview": "Interview",
    "public": "Offentliggjort",
}
STATUSES = {
    "stand_in": "Syntetiske data: ingen rigtige personer indgår.",
    "real": "Tallene bygger på rigtige personer.",
    "published": "Tallene er offentliggjort tidligere og gengivet uændret.",
}
RULES = {
    "register": "Antal under grænsen skjules, både blandt dem, der har et kendetegn, og blandt "
    "dem, der ikke har det. Nul vises, fordi det ikke handler om nogen.",
    "survey": "Hele kolonnen skjules, når færre end grænsen har svaret.",
    "interview": "Antal jobcentre under grænsen skjules; det samme gælder nul og alle, fordi de "
    "siger noget om hvert enkelt jobcenter.",
    "public": "Intet skjules.",
}
HEADS = (
    "Tabel",
    "Klasse",
    "Grænse",
    "Mindste viste antal",
    "Mindste grundlag",
    "Celler",
    "Skjult",
    "Heraf på grund af små tal",
    "Heraf for at beskytte andre",
    "Hvem indgår",
)

Line = tuple[str, ...]


def lines(abouts: list[dict[str, Any]]) -> list[Line]:
    """One line per table, in the order of the heads."""
    return [_line(about) for about in sorted(abouts, key=lambda about: str(about["table"]))]


def _line(about: dict[str, Any]) -> Line:
    done = about["manifest"]["disclosure"]
    threshold = f"{done['threshold']} {done['unit']}" if done["threshold"] else "ingen"
    names = ("smallest_count", "smallest_base", "cells", "suppressed", "primary", "complementary")
    numbers = (done.get(name) for name in names)
    return (
        name(about["table"], about["contract"]),
        CLASSES[done["class"]],
        threshold,
        *("–" if number is None else _danish(number) for number in numbers),
        who(about["contract"]),
    )


def name(table: str, contract: dict[str, Any]) -> str:
    """What a table is called, what its rows are, and where it was printed before."""
    printed = contract["published_as"]
    rows = f": {contract['row_header']}" if contract.get("row_header") else ""
    return f"{table}{rows} ({printed})" if printed else f"{table}{rows}"


def who(contract: dict[str, Any]) -> str:
    """The people whom a table is about, and its columns under their headings."""
    people = contract.get("population", "")
    return f"{people}. Kolonner: {columns(contract)}" if people else columns(contract)


def columns(contract: dict[str, Any]) -> str:
    """The columns of a table, under their headings."""
    headings: dict[str, list[str]] = {}
    for column in contract["columns"]:
        headings.setdefault(column.get("span") or "", []).append(column["label"])
    parts = [f"{span}: " * bool(span) + ", ".join(labels) for span, labels in headings.items()]
    return "; ".join(parts)


def _danish(number: float) -> str:
    whole = isinstance(number, int)
    text = f"{number:,}" if whole else f"{number:,.1f}"
    return text.translate(str.maketrans(",.", ".,"))


def rules(abouts: list[dict[str, Any]]) -> list[str]:
    """What was done, in words: one paragraph per class that occurs, then the common rules."""
    found = sorted({about["manifest"]["disclosure"]["class"] for about in abouts})
    own = [f"{CLASSES[name]}: {RULES[name]}" for name in found]
    return [
        *own,
        "Et skjult tal kan ikke regnes ud: For hvert lille tal er det afprøvet, hvilke værdier der "
        "er mulige, når alt det viste er kendt (grundlag, afrundede andele, usikkerhedsintervaller "
        "og alle summer på tværs af rækker og kolonner). Spændet mellem mindste og største mulige "
        "værdi er mindst så stort som grænsen.",
        "Medianer vises kun, når grundlaget er mindst det dobbelte af grænsen.",
        "Kontrollen ser på én tabel ad gangen. Tabeller, der viser de samme personer fordelt på "
        "andre måder, skal stadig vurderes i sammenhæng.",
    ]


def totals(abouts: list[dict[str, Any]]) -> str:
    """One sentence on the whole bundle."""
    done = [about["manifest"]["disclosure"] for about in abouts]
    cells, gone = (sum(d.get(name) or 0 for d in done) for name in ("cells", "suppressed"))
    return f"{len(abouts)} tabeller med {_danish(cells)} celler, hvoraf {_danish(gone)} er skjult."


def markdown(study: str, abouts: list[dict[str, Any]]) -> str:
    """The report as Markdown text."""
    status = sorted({STATUSES[about["data_status"]] for about in abouts})
    rows = ["| " + " | ".join(cells) + " |" for cells in (HEADS, *lines(abouts))]
    rows.insert(1, "|" + "---|" * len(HEADS))
    parts = [f"# Frigivelsesrapport: {study}", *status, totals(abouts), "## Regler"]
    parts += [f"- {rule}" for rule in rules(abouts)]
    return "\n\n".join([*parts, "## Tabeller", "\n".join(rows)]) + "\n"


def html(study: str, abouts: list[dict[str, Any]]) -> str:
    """The report as one page that opens from disk."""
    status = sorted({STATUSES[about["data_status"]] for about in abouts})
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in HEADS)
    body = "\n".join(_html_row(line) for line in lines(abouts))
    listed = "\n".join(f"<li>{escape(rule)}</li>" for rule in rules(abouts))
    title = f"Frigivelsesrapport: {escape(study)}"
    return f"""<!doctype html>
<html lang="da">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ font-family: sans-serif; margin: 2rem auto; max-width: 75rem; line-height: 1.5; }}
table {{ border-collapse: collapse; font-size: 0.85rem; }}
th, td {{ padding: 0.35rem 0.6rem; border-bottom: 1px solid #ccc; vertical-align: top; }}
th {{ text-align: left; }}
td {{ text-align: right; font-variant-numeric: tabular-nums; }}
td:nth-child(2), td:last-child {{ text-align: left; }}
td:last-child {{ min-width: 22rem; }}
td:nth-child(3) {{ white-space: nowrap; }}
</style>
</head>
<body>
<h1>{title}</h1>
<p><strong>{escape(" ".join(status))}</strong></p>
<p>{escape(totals(abouts))}</p>
<h2>Regler</h2>
<ul>
{listed}
</ul>
<h2>Tabeller</h2>
<table>
<thead><tr>{head}</tr></thead>
<tbody>
{body}
</tbody>
</table>
</body>
</html>
"""


def _html_row(line: Line) -> str:
    cells = "".join(f"<td>{escape(text)}</td>" for text in line[1:])
    return f'<tr><th scope="row">{escape(line[0])}</th>{cells}</tr>'
