"""Reads the constructs of the report's prose, with the line on which each stands.

Pure text work: shortcodes `{{< tal … >}}`, claims `[…]{.paastand krav="…" ellers="…"}`, and the
sections `::: {.kraever resultat="…"}` that are left out when their results are absent.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evalrapport.errors import PlainError

SHORTCODE = re.compile(r"\{\{<(.*?)>\}\}", re.DOTALL)
FENCE = re.compile(r"^\s*(:{3,})\s*(.*?)\s*$")
ATTRIBUTE = re.compile(r'([A-Za-z][\w-]*)\s*=\s*"((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True)
class Shortcode:
    """One `{{< name arguments option=value >}}` and where it stands."""

    file: str
    line: int
    key: str
    name: str
    arguments: tuple[str, ...]
    options: dict[str, str]


@dataclass(frozen=True)
class Claim:
    """A sentence with the condition under which it holds."""

    file: str
    line: int
    sentence: str
    condition: str
    otherwise: str


@dataclass(frozen=True)
class Section:
    """Lines `first` to `last` of a file, printed only if all of `needs` are there."""

    file: str
    first: int
    last: int
    needs: tuple[str, ...]


def collapse(text: str) -> str:
    """White space folded, as in the keys of bindings."""
    return " ".join(text.split())


def line_of(text: str, position: int) -> int:
    """The line (from 1) on which a character stands."""
    return text.count("\n", 0, position) + 1


def blank(text: str, pattern: re.Pattern[str]) -> str:
    """The text with every match turned into spaces; line breaks stay, so lines keep their place."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


CODE = re.compile(r"^(`{3,}|~{3,})[^\n]*\n.*?^\1[ \t]*$|<!--.*?-->", re.DOTALL | re.MULTILINE)


def shortcodes(text: str, file: str) -> Iterator[Shortcode]:
    """All shortcodes of a file; PlainError where one can't be read."""
    for match in SHORTCODE.finditer(blank(text, CODE)):
        line = line_of(text, match.start())
        try:
            words = shlex.split(match.group(1).replace("\\", ""))
        except ValueError:
            raise PlainError(
                f"{file}, line {line}: the shortcode {match.group()} has an unpaired quote."
            ) from None
        if not words:
            raise PlainError(f"{file}, line {line}: an empty shortcode.")
        options = dict(word.split("=", 1) for word in words[1:] if "=" in word)
        arguments = tuple(word for word in words[1:] if "=" not in word)
        yield Shortcode(file, line, collapse(match.group(1)), words[0], arguments, options)


def with_values(sentence: str, values: Mapping[str, Mapping[str, str]]) -> str:
    """A sentence with its shortcodes as they are printed; `values` by shortcode."""

    def shown(match: re.Match[str]) -> str:
        return values.get(collapse(match.group(1)), {}).get("text", match.group())

    return SHORTCODE.sub(shown, sentence)


def claims(text: str, file: str) -> Iterator[Claim]:
    """All claims of a file; PlainError where one lacks its condition or its neutral text."""
    cleaned = blank(text, CODE)
    for match in re.finditer(r"\]\{", cleaned):
        end = _end_of_attributes(cleaned, match.end())
        attributes = cleaned[match.end() : end]
        if not re.search(r"(^|\s)\.paastand\b", re.sub(r'"(?:[^"\\]|\\.)*"', "", attributes)):
            continue
        start = opening_bracket(cleaned, match.start())
        found = dict(ATTRIBUTE.findall(attributes))
        line = line_of(text, start)
        for name in ("krav", "ellers"):
            if not found.get(name, "").strip():
                raise PlainError(f'{file}, line {line}: the claim (.paastand) lacks {name}="…".')
        yield Claim(
            file,
            line,
            collapse(text[start + 1 : match.start()]),
            collapse(found["krav"]),
            collapse(found["ellers"]),
        )


def _end_of_attributes(text: str, position: int) -> int:
    """Where the attribute block that opens before `position` closes; quotes are stepped over."""
    quoted = False
    for index in range(position, len(text)):
        if text[index] == '"' and text[index - 1] != "\\":
            quoted = not quoted
        elif text[index] == "}" and not quoted:
            return index
    return len(text)


def opening_bracket(text: str, position: int) -> int:
    """The `[` that pairs with the `]` at `position`."""
    depth = 0
    for index in range(position, -1, -1):
        depth += (text[index] == "]") - (text[index] == "[")
        if depth == 0:
            return index
    return 0


def sections(text: str, file: str) -> list[Section]:
    """All sections that need results, nested ones too; PlainError if a div is never closed."""
    found: list[Section] = []
    stack: list[tuple[int, tuple[str, ...] | None]] = []
    for number, line in enumerate(blank(text, CODE).splitlines(), start=1):
        fence = FENCE.match(line)
        if not fence:
            continue
        if fence.group(2):
            stack.append((number, _needs(fence.group(2), file, number)))
        elif stack:
            first, needs = stack.pop()
            if needs is not None:
                found.append(Section(file, first, number, needs))
        else:
            raise PlainError(f"{file}, line {number}: “:::” closes a div that was never opened.")
    if stack:
        raise PlainError(f"{file}, line {stack[-1][0]}: the div “:::” is never closed.")
    return found


def _needs(attributes: str, file: str, line: int) -> tuple[str, ...] | None:
    """The results that a `.kraever` div names; None for any other div."""
    if ".kraever" not in attributes:
        return None
    results = dict(ATTRIBUTE.findall(attributes)).get("resultat", "").split()
    if not results:
        raise PlainError(f'{file}, line {line}: .kraever lacks resultat="…".')
    return tuple(results)
