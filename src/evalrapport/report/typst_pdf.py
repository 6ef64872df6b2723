"""Makes the PDF: Pandoc writes Typst, our template sets it, Typst compiles with a fixed time."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Literal

from evalrapport.errors import PlainError
from evalrapport.report import pandoc, pdf_row_headers
from evalrapport.report.workspace import EXTENSION, Workspace

STANDARD: Literal["ua-1"] = "ua-1"  # PDF/UA-1: tagged, titled, with text for every picture
RESTLESS = "did not converge"  # what Typst says of a layout that it gave up on

PREAMBLE = """#import "/{extension}/report.typ": *
#show: report.with(
  title: {title},
  subtitle: {subtitle},
  date: {date},
  stamp: datetime(year: {year}, month: {month}, day: {day}),
  status: {status},
  explanation: {explanation},
  alarming: {alarming},
)

"""


def write_pdf(work: Workspace, path: Path) -> None:
    """Write the report as PDF."""
    compile_typst(work, preamble(work) + pandoc.convert(work, "typst"), path)


def preamble(work: Workspace, code: str = PREAMBLE, **more: str) -> str:
    """The Typst code that puts a template round the text; `more` fills places of its own."""
    return code.format(
        **more,
        extension=EXTENSION,
        title=quoted(work.book.title),
        subtitle=quoted(work.book.subtitle) if work.book.subtitle else "none",
        date=quoted(work.date_text),
        year=work.date.year,
        month=work.date.month,
        day=work.date.day,
        status=quoted(work.status.line),
        explanation=quoted(work.status.explanation),
        alarming=str(work.status.alarming).lower(),
    )


def quoted(text: str) -> str:
    """A Typst string."""
    return json.dumps(text, ensure_ascii=False)


def compile_typst(work: Workspace, text: str, path: Path) -> None:
    """Compile Typst text with the report's own fonts; the same text gives the same bytes."""
    import typst

    for picture in (work.folder / "exhibits" / "figures").glob("*.svg"):
        picture.write_text(own_bold(picture.read_text(encoding="utf-8")), encoding="utf-8")
    source = work.folder / "report.typ"
    source.write_text(text, encoding="utf-8")
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(work.extension / "fonts")],
    )
    compiler = typst.Compiler(str(source), root=str(work.folder), font_paths=fonts)
    path.write_bytes(pdf_row_headers.tagged(settled(compiler, work.timestamp), text))


def settled(compiler: Any, timestamp: int) -> bytes:
    """The PDF from a layout that Typst found for good.

    Where a float goes may depend on the page it is called from, and that page on where the floats
    go. Typst tries five times and then prints page numbers that are wrong, with a mere warning. So
    we lay out once more, with floats that ask for no page, and stop if even that stays restless.
    """
    for inputs in ({}, {"floats": "plain"}):
        pdf, warnings = compiled(compiler, timestamp, inputs)
        if not any(RESTLESS in warning.message for warning in warnings):
            return pdf
    raise PlainError(
        "Typst found no layout for the PDF in which all page numbers are right; see the place of "
        "tables and figures in report.typ."
    )


def compiled(compiler: Any, timestamp: int, inputs: dict[str, str]) -> tuple[bytes, list[Any]]:
    """The PDF and what Typst warns of; `inputs` are what the template reads in sys.inputs."""
    import typst

    try:
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf", pdf_standards=STANDARD, timestamp=timestamp, sys_inputs=inputs
        )
    except typst.TypstError as error:
        hints = "".join(f"\n  {hint}" for hint in error.hints)
        raise PlainError(f"Typst stopped: {error.message}{hints}\n{error.diagnostic}") from None
    if not isinstance(pdf, bytes):
        raise PlainError("Typst wrote no PDF.")
    return pdf, warnings


def own_bold(svg: str) -> str:
    """A picture whose bold text names the semibold face, which Typst lists as its own family."""

    def name(match: re.Match[str]) -> str:
        tag = match.group()
        return re.sub(r"(IBM Plex S(?:ans|erif))(?! SmBld)", r"\1 SmBld", tag)

    return re.sub(r'<text\b[^>]*font-weight="(?:bold|[67]00)"[^>]*>', name, svg)
