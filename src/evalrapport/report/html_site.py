"""Makes the report's site: one page per chapter, local files only, opens from disk."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from evalrapport.report import pandoc
from evalrapport.report.data_status import Status
from evalrapport.report.workspace import Workspace

SECTION = re.compile(r'^<section id="([^"]+)" class="level1', re.MULTILINE)
ID = re.compile(r'\bid="([^"]+)"')
LOCAL_LINK = re.compile(r'href="#([^"]+)"')
NOTES = re.compile(r'<aside\b[^>]*class="footnotes.*?</aside>\n?', re.DOTALL)
NOTE_LIST = re.compile(r"<ol[^>]*>(.*?)</ol>\s*</aside>", re.DOTALL)
BACK = 'class="footnote-back" role="doc-backlink"'


@dataclass(frozen=True)
class Page:
    """One page of the site: its file name, its heading, and its HTML."""

    name: str
    number: str
    title: str
    body: str


def write_site(work: Workspace, folder: Path) -> None:
    """Write all pages and what they need to `folder`."""
    html = pandoc.convert(work, "html5", "--section-divs", "--reference-location=section")
    index = json.loads((work.folder / "index.json").read_text(encoding="utf-8"))
    pages = linked(split_pages(html, work, index["chapters"]))
    folder.mkdir(parents=True, exist_ok=True)
    template = Template((work.extension / "page.html").read_text(encoding="utf-8"))
    for position, page in enumerate(pages):
        text = fill(template, work, pages, position, index["chapters"])
        (folder / page.name).write_text(text, encoding="utf-8")
    copy_assets(work, folder / "assets")


def page_name(file: str) -> str:
    """The page that a chapter's file becomes."""
    return Path(file).with_suffix(".html").name


def split_pages(html: str, work: Workspace, chapters: list[dict[str, Any]]) -> list[Page]:
    """The chapters' HTML by file, in reading order."""
    heads = {entry["id"]: entry for entry in chapters if entry["level"] == 1}
    starts = [match.start() for match in SECTION.finditer(html)]
    bodies: dict[str, str] = {}
    for start, stop in zip(starts, [*starts[1:], len(html)], strict=True):
        found = SECTION.match(html, start)
        file = heads[found.group(1)]["file"] if found else work.book.files[0]
        bodies[file] = bodies.get(file, "") + html[start:stop]
    first: dict[str, dict[str, Any]] = {}
    for entry in heads.values():
        first.setdefault(entry["file"], entry)
    return [
        Page(page_name(file), first[file].get("number") or "", first[file]["text"], bodies[file])
        for file in work.book.files
        if file in bodies
    ]


def linked(pages: list[Page]) -> list[Page]:
    """Links to an id on another page made to point there."""
    where = {id_: page.name for page in pages for id_ in ID.findall(page.body)}

    def on(page: Page) -> Page:
        own = set(ID.findall(page.body))

        def target(match: re.Match[str]) -> str:
            id_ = match.group(1)
            return match.group() if id_ in own else f'href="{where.get(id_, "")}#{id_}"'

        return Page(page.name, page.number, page.title, LOCAL_LINK.sub(target, page.body))

    return [on(page) for page in pages]


def fill(
    template: Template, work: Workspace, pages: list[Page], position: int, chapters: list[Any]
) -> str:
    """One whole page."""
    page = pages[position]
    body, notes = lift_notes(page.body)
    title = escape(work.book.title)
    heading = escape(f"{page.number} {page.title}".strip())
    status = work.status
    uses_vega = "figurspecifikation" in body and (work.folder / "vega.js").is_file()
    before = pages[position - 1] if position else None
    after = pages[position + 1] if position + 1 < len(pages) else None
    return template.substitute(
        lang=escape(work.book.lang),
        page_title=title if position == 0 else f"{heading} – {title}",
        title=title,
        status=escape(status.line),
        scripts='\n<script src="assets/vega.js" defer></script>' if uses_vega else "",
        body_class=status.id,
        page_id=Path(page.name).stem,
        banner=banner(status),
        contents=contents(pages, position, chapters),
        cover=cover(work) if position == 0 else "",
        body=body.strip(),
        notes=notes,
        previous=turn(before, "forrige", "Forrige"),
        next=turn(after, "naeste", "Næste"),
        footer=escape(f"{status.line} · {work.date_text}"),
    )


def banner(status: Status) -> str:
    """The band on top of every page when the numbers are not about people."""
    if not status.alarming:
        return ""
    line = escape(status.line)
    return f'<div class="statusbaand" role="complementary" aria-label="Om tallene">{line}</div>'


def lift_notes(body: str) -> tuple[str, str]:
    """The page's footnotes taken out of its sections and put in one list with a heading."""
    asides = NOTES.findall(body)
    if not asides:
        return body, ""
    items = "".join(found.group(1) for aside in asides if (found := NOTE_LIST.search(aside)))
    items = items.strip().replace(BACK, BACK + ' aria-label="Tilbage til teksten"')
    start = re.search(r'<li id="fn(\d+)"', items)
    first = start.group(1) if start else "1"
    notes = (
        '<section class="noter" role="doc-endnotes">\n<h2>Noter</h2>\n'
        f'<ol start="{first}">\n{items}\n</ol>\n</section>'
    )
    return NOTES.sub("", body), notes


def contents(pages: list[Page], position: int, chapters: list[dict[str, Any]]) -> str:
    """The list of chapters; the current one with its sections."""
    lines = ["<ol>"]
    for index, page in enumerate(pages):
        here = index == position
        current = ' aria-current="page"' if here else ""
        lines.append(f'<li><a href="{page.name}"{current}>{label(page.number, page.title)}</a>')
        lines += sections(page, chapters) if here else []
        lines.append("</li>")
    return "\n".join([*lines, "</ol>"])


def sections(page: Page, chapters: list[dict[str, Any]]) -> list[str]:
    """The sections of the current page as a list of links."""
    inner = [
        f'<li><a href="#{entry["id"]}">{label(entry.get("number") or "", entry["text"])}</a></li>'
        for entry in chapters
        if entry["level"] == 2 and page_name(entry["file"]) == page.name
    ]
    return ["<ol>", *inner, "</ol>"] if inner else []


def label(number: str, title: str) -> str:
    """A heading as it stands in the contents."""
    shown = f'<span class="nummer">{escape(number)}</span>' if number else ""
    return f"{shown}<span>{escape(title)}</span>"


def cover(work: Workspace) -> str:
    """The title of the report, above its first chapter."""
    lines = ['<div class="forside">', f'<p class="titel">{escape(work.book.title)}</p>']
    if work.book.subtitle:
        lines.append(f'<p class="undertitel">{escape(work.book.subtitle)}</p>')
    return "\n".join([*lines, *front_matter(work), "</div>"])


def front_matter(work: Workspace) -> list[str]:
    """What the numbers are, the date, and links to the report's other documents."""
    lines = [
        f'<p class="statusforklaring">{escape(work.status.explanation)}</p>',
        f'<p class="dato">{work.date_text}</p>',
    ]
    if work.study:
        lines.append(
            f'<p class="hent"><a href="{work.study}.pdf">Rapporten som PDF</a> '
            f'<a href="{work.study}.docx">Rapporten i Word</a>{summary(work)}</p>'
        )
    return lines


def summary(work: Workspace) -> str:
    """Links to the one-page summary, where the report has one."""
    if not (work.folder / "overblik.qmd").is_file():
        return ""
    return (
        ' <a href="overblik.html">Overblik på én side</a>'
        ' <a href="overblik.pdf">Overblik som PDF</a>'
    )


def turn(page: Page | None, kind: str, word: str) -> str:
    """The link to the chapter before or after."""
    if page is None:
        return ""
    name = escape(f"{page.number} {page.title}".strip())
    return f'<a class="{kind}" href="{page.name}"><span class="retning">{word}</span>{name}</a>'


def copy_assets(work: Workspace, folder: Path) -> None:
    """Style, script and fonts beside the pages."""
    (folder / "fonts").mkdir(parents=True, exist_ok=True)
    for name in ("evalrapport.css", "site.css", "quarto.css", "evalrapport.js"):
        shutil.copyfile(work.extension / name, folder / name)
    for font in sorted((work.extension / "fonts").iterdir()):
        if font.suffix == ".woff2" or font.name == "OFL.txt":
            shutil.copyfile(font, folder / "fonts" / font.name)
    if (work.folder / "vega.js").is_file():
        shutil.copyfile(work.folder / "vega.js", folder / "vega.js")
