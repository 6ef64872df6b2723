"""Checks of the prose: nothing typed that should be bound, nothing that one renderer can't print.

Each check gives problems as (file, line, what is wrong and what to do). They err on the side of
silence: dates, years, paragraphs of law, weeks and the names of chapters may be typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from evalrapport.danish import MONTHS
from evalrapport.report.prose import CODE, SHORTCODE, blank, line_of

Problem = tuple[str, int, str]

KNOWN_SHORTCODES = ("tal", "fakta", "tabel", "figur", "pagebreak")
KNOWN_CLASSES = frozenset(
    "paastand kraever anm kilde kun-syntetisk kun-offentliggjort bogstavelig unnumbered unlisted "
    "appendix refs".split()
)

FRONT_MATTER = re.compile(r"\A---\n.*?^---$", re.DOTALL | re.MULTILINE)
LITERAL_SPAN = re.compile(r"\[[^\]\[]*\]\{\.bogstavelig[^}]*\}")
ATTRIBUTES = re.compile(r'\{(?:"(?:[^"\\]|\\.)*"|[^{}"])*\}')
CITATION = re.compile(r"@[\w:.#$%&+?<>~/-]+|\]\([^)]*\)|<https?:[^>]*>")
YEAR = r"(?:19|20)\d\d"
BAND = r"år|dage|timer|måneder|uger"
ALLOWED = re.compile(
    rf"""
    \b\d{{1,2}}\.\s+(?:{"|".join(MONTHS)})(?:\s+{YEAR})?     # 1. januar 2014
    | (?<![\d.,]){YEAR}(?:\s*[-–/]\s*(?:{YEAR}|\d\d))?(?![\d%]|[.,]\d)   # 2012, 2012-2014
    | §+\s*\d+(?:\s*[a-z])?(?:\s*[-–]\s*\d+(?:\s*[a-z])?)?
    | \b(?:stk|nr|kap|lov)\.?\s*\d+
    | \b(?:[Kk]apitel|[Bb]ilag|[Uu]ge|[Ff]ase|[Mm]atchgruppe(?:rne)?|[Tt]rin)
      \s+B?\d+(?:\s*(?:[-–]|og|til|,)\s*\d+)*
    | \b\d\.\s+(?:kvartal|halvår)
    # Names of bands: 20-24 år, under 30 år, over 360 dage.
    | \b\d+\s*[-–]\s*\d+(?:\s*[-–]?\s*(?:{BAND}))
    | \b(?:[Uu]nder|[Oo]ver|[Mm]indst|[Hh]øjst|[Oo]p\ til|[Mm]ere\ end|[Mm]ellem|[Ff]ra
      |[Ii]nden\ for)\s+\d+
      (?:\s*(?:[-–]|og|til)\s*\d+)?\s*(?:{BAND})
    | \b9[059][-\s]*(?:pct\.?|procents?)[-s\s]*(?:konfidens|sikkerheds)?(?:interval|niveau|bånd)\w*
    | \bSFI\s+\d\d:\d\d
    | ^\s*\d+[.)]\s                                           # numbered list
    """,
    re.VERBOSE | re.MULTILINE,
)
NUMBER = re.compile(r"(?<![\w])[-−]?\d[\d.,]*(?:\s*(?:%|pct\.?|procent(?:point)?))?")
QUANTITY_WORD = re.compile(
    r"\b(?:halvdelen|(?:en|to|tre|fire)\s+(?:tredjedele?|fjerdedele?|femtedele?)"
    r"|hver\s+(?:anden|tredje|fjerde|femte|tiende)\s+(?:borger|mentor|person|modtager|forløb))\b",
    re.IGNORECASE,
)

SUBSET = (
    (r"^`{3,}\s*\{\s*(?:python|r|julia|ojs|mermaid|dot)\b", "an executable cell"),
    (r"`\{?r\s", "inline code that computes"),
    (r"^:{3,}.*\.callout", "a callout"),
    (r"^:{3,}.*\.panel-tabset", "a tabset"),
    (r"\.content-(?:visible|hidden)", "conditional content"),
    (r"\{\{<\s*include\b", "an include"),
    (r"\$\$|(?<!\\)\$[^$\s][^$\n]*\$", "a formula"),
    (r"#(?:thm|lem|cor|prp|cnj|def|exm|exr)-", "a theorem environment"),
    (r"`{1,}[^`\n]*`{1,}\{=\w+\}|^`{3,}\s*\{=\w+\}", "raw output of one format"),
    (r"^[ \t]*</?(?:div|span|table|p|br|img|sup|sub|em|strong|a)\b[^>]*>", "raw HTML"),
)


# A div that follows upon a line of text is text itself, and printed with its colons.
GLUED = re.compile(r"^(?!\s*:::)[^\n]*\S[^\n]*\n[ \t]*:{3,}[ \t]*\{", re.MULTILINE)


def subset(text: str, file: str) -> Iterator[Problem]:
    """Constructs outside the part of Quarto that both renderers print alike."""
    for match in GLUED.finditer(text):
        yield file, line_of(text, match.end()), "a div needs an empty line before it."
    for pattern, name in SUBSET:
        for match in re.finditer(pattern, text, re.MULTILINE):
            yield file, line_of(text, match.start()), f"{name}: not all formats can print it."


def unknown_names(text: str, file: str) -> Iterator[Problem]:
    """Shortcodes and classes that nobody handles, as a misspelling gives."""
    cleaned = blank(text, CODE)
    for match in SHORTCODE.finditer(cleaned):
        name = (match.group(1).split() or [""])[0]
        if name not in KNOWN_SHORTCODES:
            known = ", ".join(KNOWN_SHORTCODES)
            message = f"there is no shortcode “{name}”; there are {known}."
            yield file, line_of(text, match.start()), message
    without = blank(cleaned, SHORTCODE)
    for block in ATTRIBUTES.finditer(without):
        plain = re.sub(r'"(?:[^"\\]|\\.)*"', "", block.group())
        for name in re.findall(r"(?:^\{|\s)\.([A-Za-z][\w-]*)", plain):
            if name not in KNOWN_CLASSES:
                message = (
                    f"there is no class “.{name}”; there are {', '.join(sorted(KNOWN_CLASSES))}."
                )
                yield file, line_of(text, block.start()), message


def literals(text: str, file: str) -> Iterator[Problem]:
    """Typed numbers that look like results: they must be bound with tal or fakta."""
    cleaned = text
    for pattern in (FRONT_MATTER, CODE, LITERAL_SPAN, SHORTCODE, ATTRIBUTES, CITATION, ALLOWED):
        cleaned = blank(cleaned, pattern)
    for match in NUMBER.finditer(cleaned):
        found = match.group().strip().rstrip(".,")
        yield (
            file,
            line_of(text, match.start()),
            f"“{found}” is typed. Bind it with {{{{< tal … >}}}} or {{{{< fakta … >}}}}, or say "
            'why it is no result: [..]{.bogstavelig grund="…"}.',
        )


def quantity_words(text: str, file: str, claimed: Iterable[tuple[int, int]]) -> Iterator[Problem]:
    """Words such as “halvdelen” outside a claim: a quantity that nothing holds to the results.

    `claimed` are the (first, last) character positions of the file's claims.
    """
    spans = list(claimed)
    cleaned = text
    for pattern in (FRONT_MATTER, CODE, LITERAL_SPAN, SHORTCODE, ATTRIBUTES):
        cleaned = blank(cleaned, pattern)
    for match in QUANTITY_WORD.finditer(cleaned):
        if not any(first <= match.start() <= last for first, last in spans):
            message = f"“{match.group()}” is a quantity: put the sentence in a claim (.paastand)."
            yield file, line_of(text, match.start()), message
