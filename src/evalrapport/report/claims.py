"""Holds a claim's condition against the results: sand, falsk or kan ikke afgøres.

A condition is written with addresses of cells, numbers, + - * / ( ), comparisons, `og`, `eller`,
`ikke`, and the functions nedre(…), oevre(…), signifikant(…), sikkert_stoerre(…, …) and abs(…). It
is evaluated by simpleeval, which knows no attribute, no import and no assignment.

sikkert_stoerre(a, b): a is larger than b by more than chance explains, for two groups of people,
or for two answers to one question. The difference's lower end is had from the two cells' own
intervals (MOVER: G. Y. Zou and A. Donner, Statistics in Medicine 27, 2008, 1693-1702; for shares
with Wilson's intervals that is Newcombe's), with a multinomial's correlation for two answers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from simpleeval import InvalidExpression, SimpleEval

Cell = Mapping[str, Any]
Outcome = Literal["sand", "falsk", "kan_ikke_afgoeres"]

ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9_]*/)?[a-z][a-z0-9_]* [a-z0-9_]+(?:\.[a-z0-9_]+)*@[a-z0-9_]+ [a-z_]+"
)
WORDS = {"og": "and", "eller": "or", "ikke": "not"}
FUNCTIONS = {"nedre": "lower", "oevre": "upper"}


class Unreadable(ValueError):
    """A condition that can't be parsed; the message says why."""


@dataclass(frozen=True)
class Condition:
    """A condition made ready: an expression over names, and what each name stands for."""

    expression: str
    names: dict[str, tuple[str, str]]  # name -> (address, "value" | "lower" | "upper")

    @property
    def addresses(self) -> list[str]:
        """The addresses that the condition looks at, each once."""
        return list(dict.fromkeys(address for address, _ in self.names.values()))


def together(one: str, other: str, high: str, low: str, down: str, up: str) -> str:
    """What is added to the room for chance when the same people gave both answers.

    Two answers to one question exclude each other, so the more give one, the fewer give the other.
    """
    (table, row, column), (its_table, its_row, its_column) = map(parts, (one, other))
    if (table, column) != (its_table, its_column):
        return ""
    if row.split(".")[0] != its_row.split(".")[0]:
        raise Unreadable("sikkert_stoerre: the same people answered both; use nedre(…) > oevre(…)")
    correlation = f"abs({high} * {low} / ((100 - {high}) * (100 - {low}))) ** 0.5"
    return f" + 2 * {correlation} * {down} * {up}"


def parts(address: str) -> tuple[str, str, str]:
    """Table, row and column of an address."""
    table, _, rest = address.partition(" ")
    row, _, column = rest.partition("@")
    return table, row, column.split()[0]


def read(condition: str) -> Condition:
    """Turn a condition's text into an expression; Unreadable if it is not of the grammar."""
    names: dict[str, tuple[str, str]] = {}

    def name(address: str, part: str) -> str:
        for known, meaning in names.items():
            if meaning == (address, part):
                return known
        names[f"c{len(names)}"] = (address, part)
        return f"c{len(names) - 1}"

    def interval(match: re.Match[str]) -> str:
        function, address = match.group(1), match.group(2)
        lower, upper = (name(address, part) for part in ("lower", "upper"))
        return {
            "nedre": lower,
            "oevre": upper,
            "signifikant": f"(({lower}) * ({upper}) > 0)",
        }[function]

    def surely(match: re.Match[str]) -> str:
        one, other = match.group(1), match.group(2)
        high, low = name(one, "value"), name(other, "value")
        down, up = f"({high} - {name(one, 'lower')})", f"({name(other, 'upper')} - {low})"
        room = f"{down} ** 2 + {up} ** 2{together(one, other, high, low, down, up)}"
        return f"({high} - {low} > ({room}) ** 0.5)"

    pair = rf"\bsikkert_stoerre\(\s*({ADDRESS.pattern})\s*,\s*({ADDRESS.pattern})\s*\)"
    text = re.sub(pair, surely, condition)
    text = re.sub(rf"\b(nedre|oevre|signifikant)\(\s*({ADDRESS.pattern})\s*\)", interval, text)
    text = ADDRESS.sub(lambda match: name(match.group(), "value"), text)
    text = re.sub(r"\b(og|eller|ikke)\b", lambda match: WORDS[match.group()], text)
    rest = re.sub(r"\b(c\d+|and|or|not|abs)\b|\d+(\.\d+)?|[-+*/()<>=!.,\s]", "", text)
    if rest:
        raise Unreadable(f"“{rest}” is not understood")
    if not names:
        raise Unreadable("it names no cell")
    if not re.search(r"[<>]|==|!=|signifikant|sikkert_stoerre", condition):
        raise Unreadable("it compares nothing")
    return Condition(text, names)


def evaluate(condition: Condition, cells: Mapping[str, Cell]) -> Outcome:
    """Whether the condition holds; undecided if a cell is absent, suppressed or has no interval."""
    values: dict[str, float] = {}
    for name, (address, part) in condition.names.items():
        cell = cells.get(address, {})
        raw = cell.get(part)
        if cell.get("status") != "ok" or raw is None or raw == "":
            return "kan_ikke_afgoeres"
        values[name] = float(raw)
    try:
        result = SimpleEval(names=values, functions={"abs": abs}).eval(condition.expression)
    except ZeroDivisionError:
        return "kan_ikke_afgoeres"
    except (InvalidExpression, SyntaxError, TypeError) as error:
        raise Unreadable(str(error)) from None
    if not isinstance(result, bool):
        raise Unreadable("it is a number, not true or false")
    return "sand" if result else "falsk"
