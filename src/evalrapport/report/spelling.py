"""Spell check of the prose with hunspell and its Danish dictionary, where they are installed.

Words that the dictionary lacks and that are right stand in report/ordliste.txt, one a line.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from evalrapport.report.prose import CODE, SHORTCODE, blank, line_of
from evalrapport.report.prose_checks import CITATION, FRONT_MATTER, LITERAL_SPAN, Problem

WORDS = Path("report/ordliste.txt")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
ATTRIBUTES = re.compile(r'\{(?:"(?:[^"\\]|\\.)*"|[^{}"])*\}')
NOT_PROSE = (FRONT_MATTER, CODE, LITERAL_SPAN, SHORTCODE, ATTRIBUTES, CITATION)
# Emphasis marks foreign titles and terms; quotes mark search terms.
FOREIGN = (re.compile(r"(?<!\*)\*[^*\n]+\*(?!\*)"), re.compile(r"»[^«\n]*«"))


def unavailable() -> str:
    """Why words can't be checked here; empty if they can."""
    program = shutil.which("hunspell")
    if program is None:
        return "hunspell is not installed"
    listed = subprocess.run(
        [program, "-D"], capture_output=True, text=True, input="", check=False
    ).stderr
    return "" if "da_DK" in listed else "hunspell has no Danish dictionary (da_DK)"


def misspelled(files: dict[str, str], known: Iterable[str]) -> Iterator[Problem]:
    """Each unknown word of the prose, once per file, with the line where it first stands."""
    own = {word.casefold() for word in known}
    for file, text in files.items():
        cleaned = text
        for pattern in (*NOT_PROSE, *FOREIGN):
            cleaned = blank(cleaned, pattern)
        first: dict[str, int] = {}
        for match in WORD.finditer(cleaned):
            first.setdefault(match.group(), match.start())
        for word in sorted(unknown(first) & first.keys(), key=first.__getitem__):
            if word.casefold() not in own:
                message = f"“{word}” is in no dictionary; mend it, or add it to {WORDS}."
                yield file, line_of(text, first[word]), message


def unknown(words: Iterable[str]) -> set[str]:
    """The words that hunspell does not know."""
    done = subprocess.run(
        ["hunspell", "-d", "da_DK", "-i", "utf-8", "-l"],
        input="\n".join(words),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return set(done.stdout.split())


def own_words(path: Path = WORDS) -> list[str]:
    """The project's word list; lines that begin with # are comments."""
    if not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
