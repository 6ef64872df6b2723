"""Renders with Quarto: its own site, Word and Typst writers, round the same filter.

Quarto shows the filter one chapter at a time when it makes a site. So the book goes through Pandoc
first, for the index that says where each table, figure and section stands; both renderers print
the same numbers and references therefore. The PDF is set by our template and our Typst, as ever.
"""

from __future__ import annotations

import json
import re
import shutil
from html import escape
from pathlib import Path
from typing import Any

import yaml

from evalrapport.errors import PlainError
from evalrapport.report import docx_finish, html_site, pandoc, typst_pdf
from evalrapport.report.workspace import EXTENSION, Workspace

BODY = re.compile(r"<body\b[^>]*>")
TITLE_BLOCK = re.compile(r'<header id="title-block-header".*?</header>', re.DOTALL)
FRONT = "index.html"
OUTPUT = "_output"
NAME = "report"
# Words that Quarto itself leaves in English.
DANISH = {
    'aria-label="breadcrumb"': 'aria-label="Brødkrumme"',
    '<nav id="TOC"': '<nav id="TOC" aria-label="På denne side"',
    '<nav id="quarto-sidebar"': '<nav id="quarto-sidebar" aria-label="Indhold"',
    'aria-label="Main"': 'aria-label="Hovedmenu"',
    'aria-label="Toggle navigation"': 'aria-label="Vis eller skjul menuen"',
}


def write_site(work: Workspace, folder: Path) -> None:
    """Write the site's folder."""
    output = render(work, "html", html_format(work))
    pages = {path.name: path.read_text(encoding="utf-8") for path in sorted(output.glob("*.html"))}
    for name, text in linked(pages).items():
        for english, danish in DANISH.items():
            text = text.replace(english, danish)
        text = BODY.sub(lambda match: match.group() + top_of_page(work), text, count=1)
        if name == FRONT:
            text = TITLE_BLOCK.sub(lambda match: match.group() + front(work), text, count=1)
        (output / name).write_text(text, encoding="utf-8")
    (output / "search.json").unlink(missing_ok=True)
    html_site.copy_assets(work, output / "assets")
    shutil.copytree(output, folder)


def write_docx(work: Workspace, path: Path) -> None:
    """Write the Word document."""
    output = render(work, "docx", {"reference-doc": f"{EXTENSION}/reference.docx", "toc": False})
    path.write_bytes(docx_finish.finished(output / f"{NAME}.docx", work))


def write_pdf(work: Workspace, path: Path) -> None:
    """Write the PDF: Quarto's Typst text in our template, compiled by our Typst."""
    (work.folder / "body.template").write_text("$body$\n", encoding="utf-8")
    output = render(work, "typst", {"output-ext": "typ", "template": "body.template"})
    text = (output / f"{NAME}.typ").read_text(encoding="utf-8")
    typst_pdf.compile_typst(work, typst_pdf.preamble(work) + text, path)


def render(work: Workspace, to: str, options: dict[str, Any]) -> Path:
    """Run Quarto in the workspace; the folder that it wrote."""
    pandoc.convert(work, "html5")
    chapters = json.loads((work.folder / "index.json").read_text(encoding="utf-8"))["chapters"]
    project = project_file(work, chapters) | {"format": {to: options}}
    text = yaml.safe_dump(project, allow_unicode=True, sort_keys=False)
    (work.folder / "_quarto.yml").write_text(text, encoding="utf-8")
    program = shutil.which("quarto")
    if program is None:
        raise PlainError("There is no quarto on PATH.")
    pandoc.run([program, "render", "--to", to], work)
    return work.folder / OUTPUT


def project_file(work: Workspace, chapters: list[dict[str, Any]]) -> dict[str, Any]:
    """Quarto's project file: the report's own, with our filter and without Quarto's numbering."""
    metadata = work.metadata()
    del metadata["evalrapport-index-out"]
    labels = {
        entry["file"]: f"{entry.get('number') or ''} {entry['text']}".strip()
        for entry in reversed(chapters)
        if entry["level"] == 1
    }
    return {
        "project": {"type": "book", "output-dir": OUTPUT},
        "book": {
            "title": work.book.title,
            "subtitle": work.book.subtitle,
            "output-file": NAME,
            "search": False,
            "chapters": [
                {"href": file, "text": labels.get(file, file)} for file in work.book.files
            ],
        },
        **metadata,
        "evalrapport-index-in": "index.json",
        "citeproc": False,
        "number-sections": False,
        "html-table-processing": "none",
        "filters": ["evalrapport"],
    }


def html_format(work: Workspace) -> dict[str, Any]:
    """Options of the site: our style and script, the band, nothing from the net."""
    links = "".join(
        f'<link rel="stylesheet" href="assets/{name}.css">\n' for name in ("evalrapport", "quarto")
    )
    scripts = '<script src="assets/evalrapport.js" defer></script>\n'
    if (work.folder / "vega.js").is_file():
        scripts += '<script src="assets/vega.js" defer></script>\n'
    footer = f'<footer class="sidefod">{escape(work.status.line)}</footer>'
    return {
        "theme": "default",
        "toc": True,
        "toc-depth": 2,
        "toc-expand": True,
        "anchor-sections": False,
        "citations-hover": False,
        "footnotes-hover": False,
        "crossrefs-hover": False,
        "include-in-header": {"text": links + scripts},
        "include-after-body": {"text": footer},
    }


def top_of_page(work: Workspace) -> str:
    """The band, and the switch that marks where numbers come from."""
    return (
        f"{html_site.banner(work.status)}\n"
        '<button type="button" class="vis-kilder" aria-pressed="false" aria-keyshortcuts="k" '
        'hidden>Vis kilder <kbd aria-hidden="true">k</kbd></button>'
    )


def front(work: Workspace) -> str:
    """What stands below the title on the site's first page."""
    return "\n".join(['\n<div class="forside">', *html_site.front_matter(work), "</div>"])


def linked(pages: dict[str, str]) -> dict[str, str]:
    """Links to an id on another page made to point there."""
    ids = {name: set(html_site.ID.findall(text)) for name, text in pages.items()}
    where = {id_: name for name, found in ids.items() for id_ in found if "-" in id_}

    def fixed(name: str, text: str) -> str:
        def target(match: re.Match[str]) -> str:
            id_ = match.group(1)
            known = id_ not in ids[name] and id_ in where
            return f'href="{where[id_]}#{id_}"' if known else match.group()

        return html_site.LOCAL_LINK.sub(target, text)

    return {name: fixed(name, text) for name, text in pages.items()}
