"""The page of the check report, in Danish: a table per register."""

from __future__ import annotations

from html import escape
from typing import Any

from evalrapport.contracts.sources.checks import BY_ID, check_of
from evalrapport.danish import number

LEVELS = {
    "error": ("Fejl", "standser kørslen"),
    "warning": ("Advarsel", "kørslen fortsætter"),
    "count": ("Vane", "rettet efter fast regel"),
}
COUNTED = {
    "rows": ("række", "rækker"),
    "persons": ("person", "personer"),
    "dwellings": ("bolig", "boliger"),
    "cells": ("celle", "celler"),
    "columns": ("kolonne", "kolonner"),
    "files": ("fil", "filer"),
}
HEADS = ("Fil", "Kolonne", "Kontrol", "Virkning", "Antal", "Andel")
WIDTHS = (21, 17, 25, 15, 13, 9)  # per cent
STYLE = """
body{font:16px/1.5 "IBM Plex Sans",system-ui,sans-serif;max-width:68rem;margin:3rem auto;
padding:0 1.5rem;color:#1c2126}
table{border-collapse:collapse;table-layout:fixed;width:100%;margin:.5rem 0 2rem;
font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.35rem .8rem .35rem 0;border-bottom:1px solid #d8dde2;
vertical-align:top;overflow-wrap:anywhere}
th{font-weight:600}td.tal,th.tal{text-align:right;white-space:nowrap}tr.error td{background:#fbeae6}
caption{text-align:left;font-weight:600;padding-bottom:.4rem}.note{color:#59636c}
"""


def html(records: list[dict[str, Any]]) -> str:
    """The report as one page."""
    bodies = "\n".join(_section(record) for record in records)
    stopped = [record["label"] for record in records if record["stopped"]]
    verdict = (
        f"Kørslen er standset på grund af fejl i: {', '.join(stopped)}."
        if stopped
        else "Der er ingen fejl. Advarsler og rettede vaner står herunder."
    )
    return (
        '<!doctype html>\n<html lang="da">\n<head>\n<meta charset="utf-8">\n'
        f"<title>Kontrol af registerfiler</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"<h1>Kontrol af registerfiler</h1>\n<p>{escape(verdict)}</p>\n"
        '<p class="note">Rapporten viser filer, kolonner og antal, aldrig personer eller '
        "værdier. Den hører til på den sikre maskine, fordi antallene ikke har været gennem "
        "fortrolighedskontrollen.</p>\n"
        f"{bodies}\n</body>\n</html>\n"
    )


def _section(record: dict[str, Any]) -> str:
    files = "".join(
        f"<li>{escape(name)}: {number(rows, 0)} rækker</li>"
        for name, rows in record["files"].items()
    )
    read = f"<ul>{files}</ul>" if files else ""
    rows = "\n".join(_row(line) for line in record["findings"])
    heads = "".join(
        f'<th scope="col" style="width:{width}%"{_numeric(place)}>{head}</th>'
        for place, (head, width) in enumerate(zip(HEADS, WIDTHS, strict=True))
    )
    table = (
        f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
        if rows
        else "<p>Intet at bemærke.</p>"
    )
    return f"<h2>{escape(record['label'])}</h2>\n{read}\n{table}"


def _numeric(place: int) -> str:
    return ' class="tal"' if place >= 4 else ""


def _row(line: dict[str, Any]) -> str:
    check = BY_ID.get(line["check"]) or check_of(line["rule"])
    label, effect = LEVELS[line["level"]]
    share = "" if line["share"] is None else f"{number(100 * line['share'], 1)} pct."
    cells = (
        line["file"],
        "" if line["column"] == "*" else line["column"],
        check.danish if check else line["rule"],
        f"{label}: {effect}",
        f"{number(line['count'], 0)} {COUNTED[line['of']][line['count'] != 1]}",
        share,
    )
    made = "".join(
        f"<td{_numeric(place)}>{escape(str(cell))}</td>" for place, cell in enumerate(cells)
    )
    return f'<tr class="{line["level"]}">{made}</tr>'
