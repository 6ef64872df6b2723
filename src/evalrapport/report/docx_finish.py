"""What both renderers' Word documents get: front matter, status on every page, fixed bytes."""

from __future__ import annotations

import hashlib
import json
import re
from html import escape
from pathlib import Path
from typing import Any

from evalrapport.report.docx_package import packed, parts_of
from evalrapport.report.workspace import Workspace

TITLE_END = re.compile(r'<w:pStyle w:val="(?:Title|Subtitle)" ?/>.*?</w:p>', re.DOTALL)
LANGUAGE = re.compile(r'(<w:lang [^>]*?w:val=)"da"')
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
INSTRUCTION = '<w:r><w:instrText xml:space="preserve"> {} </w:instrText></w:r>'
CONTENTS = INSTRUCTION.format('TOC \\o "1-2" \\h')
# Pages are the word processor's to make: the number is marked as one to find out on opening.
PAGE = '<w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
NO_NUMBER = '<w:tabs><w:tab w:val="clear" w:pos="900"/></w:tabs>'
LONGEST_BOOKMARK = 40


def finished(raw: Path, work: Workspace) -> bytes:
    """The document with front matter, contents, header and footer; the same bytes every time."""
    parts = parts_of(raw)
    index = json.loads((work.folder / "index.json").read_text(encoding="utf-8"))
    text = {name: parts[name].decode("utf-8") for name in parts if name.endswith(".xml")}
    status = escape(work.status.line)
    text["word/header1.xml"] = text["word/header1.xml"].replace("DATASTATUS", status)
    if work.status.alarming:
        text["word/header1.xml"] = text["word/header1.xml"].replace(
            'w:val="Header"', 'w:val="Datastatus"'
        )
    title = escape(work.book.title)
    text["word/footer1.xml"] = text["word/footer1.xml"].replace("RAPPORTNAVN", title)
    text["word/document.xml"] = with_opening(
        text["word/document.xml"], opening(work, index["chapters"])
    )
    text["word/styles.xml"] = LANGUAGE.sub(r'\1"da-DK"', text["word/styles.xml"])
    return packed(parts | {name: xml.encode("utf-8") for name, xml in text.items()})


def with_opening(xml: str, inserted: str) -> str:
    """The document with paragraphs put in after its title; pictures are named in Danish."""
    xml = xml.replace('name="Picture"', 'name="Billede"')
    ends = [match.end() for match in TITLE_END.finditer(xml)]
    if not ends:
        raise ValueError("the Word document has no title to put the contents after")
    return xml[: ends[-1]] + inserted + xml[ends[-1] :]


def opening(work: Workspace, chapters: list[dict[str, Any]]) -> str:
    """Date, what the numbers are, and the contents, as paragraphs."""
    return "".join(
        [
            paragraph("Date", run(work.date_text)),
            paragraph("Statusforklaring", run(work.status.explanation)),
            paragraph("TOCHeading", run("Indhold")),
            contents(chapters),
        ]
    )


def contents(chapters: list[dict[str, Any]]) -> str:
    """The contents: a field that Word can update, filled in already."""
    lines = [entry(chapter) for chapter in chapters]
    lines[0] = FIELD.format("begin") + CONTENTS + FIELD.format("separate") + lines[0]
    lines[-1] += FIELD.format("end")
    pairs = zip(chapters, lines, strict=True)
    return "".join(
        paragraph(f"TOC{chapter['level']}", line, "" if chapter.get("number") else NO_NUMBER)
        for chapter, line in pairs
    )


def entry(chapter: dict[str, Any]) -> str:
    """One line of the contents, linked to its heading, with its page."""
    number = run(chapter["number"]) + "<w:r><w:tab/></w:r>" if chapter.get("number") else ""
    anchor = escape(bookmark(chapter["id"]))
    return (
        f'<w:hyperlink w:anchor="{anchor}" w:history="1">{number}{run(chapter["text"])}'
        f"{PAGE}{INSTRUCTION.format(f'PAGEREF {anchor}')}{FIELD.format('end')}</w:hyperlink>"
    )


def bookmark(id_: str) -> str:
    """The bookmark that Pandoc makes of an id."""
    if len(id_) <= LONGEST_BOOKMARK and id_[:1].isalpha():
        return id_
    return "X" + hashlib.sha1(id_.encode("utf-8")).hexdigest()[1:]


def paragraph(style: str, runs: str, own: str = "") -> str:
    """A paragraph of a style, with properties of its own."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{own}</w:pPr>{runs}</w:p>'


def run(text: str) -> str:
    """A run of text."""
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
