"""Makes reference.docx, which holds the Word document's styles, header and footer.

    python -m evalrapport.report.docx_reference

It is Pandoc's own reference document with the parts of report/_extensions/evalrapport/docx written
into it. The file is committed, so that an editor may open it in Word; a test holds it to this
script.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from string import Template

from evalrapport.report.docx_package import packed, parts_of
from evalrapport.report.pandoc import executable

EXTENSION = Path("report/_extensions/evalrapport")
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NEW_PARTS = ((1, "header"), (2, "footer"))
STYLE = re.compile(r'<w:style\b[^>]*w:styleId="([^"]+)".*?</w:style>', re.DOTALL)
FONT = '<w:rFonts w:ascii="IBM Plex Serif" w:hAnsi="IBM Plex Serif" w:cs="IBM Plex Serif"/>'
LANGUAGE = '<w:lang w:val="da-DK" w:eastAsia="da-DK" w:bidi="ar-SA"/>'


def reference(extension: Path) -> bytes:
    """The bytes of reference.docx from the extension's `docx` folder and palette."""
    own = extension / "docx"
    palette = json.loads((extension / "palette.json").read_text(encoding="utf-8"))
    colours = {name: value[1:].upper() for name, value in palette.items() if isinstance(value, str)}
    styles = Template((own / "styles.xml").read_text(encoding="utf-8")).substitute(colours)
    parts = {name: bytes(text) for name, text in parts_of(default_reference()).items()}

    def change(name: str, new: str) -> None:
        parts[name] = new.encode("utf-8")

    def text(name: str) -> str:
        return parts[name].decode("utf-8")

    for name in ("header1.xml", "footer1.xml", "fontTable.xml"):
        change(f"word/{name}", (own / name).read_text(encoding="utf-8"))
    section = (own / "section.xml").read_text(encoding="utf-8").strip()
    change("word/styles.xml", with_styles(text("word/styles.xml"), styles))
    change("word/document.xml", with_section(text("word/document.xml"), section))
    change("word/settings.xml", in_danish(text("word/settings.xml")))
    change("word/_rels/document.xml.rels", with_relations(text("word/_rels/document.xml.rels")))
    change("[Content_Types].xml", with_types(text("[Content_Types].xml")))
    return packed(parts)


def default_reference() -> bytes:
    """Pandoc's own reference.docx."""
    command = [executable(), "--print-default-data-file", "reference.docx"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def with_styles(xml: str, styles: str) -> str:
    """styles.xml with our styles in place of those of the same id; font and language ours."""
    own = {match.group(1): match.group() for match in STYLE.finditer(styles)}

    def kept_or_ours(match: re.Match[str]) -> str:
        return own.pop(match.group(1), match.group())

    xml = STYLE.sub(kept_or_ours, xml)
    xml = xml.replace("</w:styles>", "".join(own.values()) + "</w:styles>")
    xml = re.sub(r"<w:rFonts\b[^>]*[tT]heme=[^>]*/>", FONT, xml)
    return re.sub(r"<w:lang\b[^>]*/>", LANGUAGE, xml)


def with_section(xml: str, section: str) -> str:
    """document.xml with our page, header and footer."""
    return re.sub(r"<w:sectPr\b.*</w:sectPr>|<w:sectPr */>", section, xml, flags=re.DOTALL)


def in_danish(xml: str) -> str:
    """settings.xml with Danish language and number signs."""
    xml = re.sub(r"<w:themeFontLang\b[^>]*/>", '<w:themeFontLang w:val="da-DK"/>', xml)
    xml = re.sub(r'<w:decimalSymbol w:val="." */>', '<w:decimalSymbol w:val=","/>', xml)
    return re.sub(r'<w:listSeparator w:val="," */>', '<w:listSeparator w:val=";"/>', xml)


def with_relations(xml: str) -> str:
    """The document's relationships, header and footer among them."""
    new = "".join(
        f'<Relationship Id="rIdEr{number}" Type="{RELATIONSHIP}/{kind}" Target="{kind}1.xml"/>'
        for number, kind in NEW_PARTS
    )
    return xml.replace("</Relationships>", new + "</Relationships>")


def with_types(xml: str) -> str:
    """The package's content types, header and footer among them."""
    new = "".join(
        f'<Override PartName="/word/{kind}1.xml" ContentType="{CONTENT_TYPE}.{kind}+xml"/>'
        for _, kind in NEW_PARTS
    )
    return xml.replace("</Types>", new + "</Types>")


if __name__ == "__main__":
    (EXTENSION / "reference.docx").write_bytes(reference(EXTENSION))
