"""The one-page summary, a document of its own: a PDF of one page, and one HTML file that holds all.

Its prose is `overblik.qmd` in the report's folder, bound like all other; no chapter of the book.
"""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from html import escape
from pathlib import Path
from string import Template

from evalrapport.report import pandoc, typst_pdf
from evalrapport.report.book import Book
from evalrapport.report.html_site import banner
from evalrapport.report.workspace import MADE_BIBLIOGRAPHIES, Workspace, workspace
from evalrapport.step import Job

FILE = "overblik.qmd"
TOO_LONG = "Overblikket fylder mere end én side. Gør teksten i overblik.qmd kortere."
HEADING = re.compile(r"^# (.+?)\s*(?:\{[^}]*\})?\s*$", re.MULTILINE)
FONT = re.compile(r'url\("(fonts/[^"]+)"\)')
# Of the fonts that the report's style names, those that a summary is set in.
FACES = ("IBMPlexSans-Regular", "IBMPlexSans-SemiBold", "IBMPlexSerif-Regular")
PREAMBLE = typst_pdf.PREAMBLE.replace("report.typ", "overblik.typ").replace(
    "report.with(", "overblik.with(\n  too-long: {too_long},"
)


def own_workspace(work: Workspace) -> Workspace:
    """The workspace as that of a book whose only chapter is the summary."""
    for name in MADE_BIBLIOGRAPHIES:
        (work.folder / name).unlink(missing_ok=True)
    text = (work.folder / FILE).read_text(encoding="utf-8")
    found = HEADING.search(text)
    title = found.group(1) if found else work.book.title
    return replace(work, book=Book(title, work.book.title, work.book.lang, (FILE,), (), ()))


def write_pdf(work: Workspace, path: Path) -> None:
    """Write the PDF; PlainError if it takes more than one page."""
    text = typst_pdf.preamble(work, PREAMBLE, too_long=typst_pdf.quoted(TOO_LONG))
    typst_pdf.compile_typst(work, text + pandoc.convert(work, "typst"), path)


def write_html(work: Workspace, path: Path) -> None:
    """Write the HTML file with style, fonts and figure inside."""
    template = Template((work.extension / "overblik.html").read_text(encoding="utf-8"))
    body = pandoc.convert(work, "html5", "--section-divs")
    page = template.substitute(
        lang=escape(work.book.lang),
        title=escape(work.book.title),
        subtitle=escape(work.book.subtitle),
        status=escape(work.status.line),
        style=style(work.extension),
        body_class=work.status.id,
        banner=banner(work.status),
        body=without_interaction(body).strip(),
        footer=escape(f"{work.status.explanation} {work.date_text}."),
    )
    path.write_text(page, encoding="utf-8")


def without_interaction(body: str) -> str:
    """The text without the specs of interactive figures, which a page of its own can't draw."""
    return re.sub(r"<script\b[^>]*>.*?</script>\n?", "", body, flags=re.DOTALL)


def style(extension: Path) -> str:
    """The report's style and the summary's, with the fonts inside."""
    css = "\n".join(
        (extension / name).read_text(encoding="utf-8")
        for name in ("evalrapport.css", "overblik.css")
    )
    lines = [line for line in css.splitlines() if wanted(line)]

    def inside(match: re.Match[str]) -> str:
        data = base64.b64encode((extension / match.group(1)).read_bytes()).decode()
        return f'url("data:font/woff2;base64,{data}")'

    return FONT.sub(inside, "\n".join(lines))


def wanted(line: str) -> bool:
    """Whether a line of the style is of use: not the face of a font that isn't."""
    found = FONT.search(line)
    return found is None or Path(found.group(1)).stem in FACES


def step(job: Job) -> None:
    """Write the summary as PDF and as HTML."""
    with workspace(job) as work:
        own = own_workspace(work)
        write_pdf(own, job.output["pdf"])
        write_html(own, job.output["html"])
