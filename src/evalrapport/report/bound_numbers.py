"""Prints bound numbers: `{{< tal address >}}` from results, `{{< fakta id >}}` from elsewhere."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from evalrapport import danish
from evalrapport.report.prose import Shortcode

Values = Mapping[str, Mapping[str, Any]]
Facts = Mapping[str, Mapping[str, str]]
NO_TEXT = {
    "suppressed": "[skjult af hensyn til diskretion]",
    "not_published": "[ikke offentliggjort]",
    "not_applicable": "[ikke opgjort]",
}


def nearest(word: str, known: Iterable[str]) -> str:
    """“Nearest that exist: …”, or nothing."""
    close = difflib.get_close_matches(word, list(known), n=4, cutoff=0.5)
    return f" Nearest that exist: {'; '.join(close)}." if close else ""


def addresses(found: Shortcode) -> list[str]:
    """The addresses of a `tal`: one, or several with + between them, whose sum is printed."""
    return [part.strip() for part in " ".join(found.arguments).split(" + ")]


def number_binding(found: Shortcode, cells: Values, unread: Collection[str] = ()) -> dict[str, Any]:
    """The printed text of `{{< tal table row@column statistic >}}` and where it comes from.

    A cell of a table in `unread` (its registers or surveys are not there) is said not to be made.
    """
    named = addresses(found)
    lost = [address.split()[0] for address in named if address.split()[0] in unread]
    if lost:
        told = dict.fromkeys(("row", "column", "n"), "")
        told |= {"address": " + ".join(named), "table": lost[0], "status": "not_applicable"}
        return {"text": NO_TEXT["not_applicable"], **told}
    for address in named:
        if address not in cells:
            near = nearest(address, cells)
            raise ValueError(f"no cell has the address “{address}”.{near}")
    parts = [cells[address] for address in named]
    first = parts[0]
    return {
        "text": sum_text(parts, found.options) if parts[1:] else cell_text(first, found.options),
        "address": " + ".join(named),
        "table": first["labels"].get("table") or first["published_as"] or named[0].split()[0],
        "row": " + ".join(label(part["labels"], "group", "row") for part in parts),
        "column": label(first["labels"], "span", "column"),
        "n": danish.number(first["n"]) if first.get("n") is not None else "",
        "status": next((part["status"] for part in parts if part["status"] != "ok"), "ok"),
    }


def cell_text(cell: Mapping[str, Any], options: Mapping[str, str]) -> str:
    """One cell as printed: its number, an end of its interval (`graense=nedre`), or its words."""
    part = {"nedre": "lower", "oevre": "upper"}.get(options.get("graense", ""), "value")
    if "graense" in options and part == "value":
        raise ValueError(f"graense={options['graense']}: nedre or oevre is needed.")
    if cell["status"] != "ok":
        return NO_TEXT[cell["status"]]
    if cell.get(part) in (None, ""):
        if part != "value":
            raise ValueError("the cell has no interval.")
        return str(cell["text"])
    return printed(cell[part], cell["unit"], int(cell["decimals"]), options)


def sum_text(parts: Sequence[Mapping[str, Any]], options: Mapping[str, str]) -> str:
    """The sum of cells of one kind, added as they are printed: 52 + 29 is 81.

    It can't be shown where a part of it can't: the hidden part could be worked out from it.
    """
    hidden = [part for part in parts if part["status"] != "ok"]
    if hidden:
        return NO_TEXT[hidden[0]["status"]]
    if len({(part["unit"], part["decimals"]) for part in parts}) > 1:
        raise ValueError("cells of different units or decimals can't be added.")
    if "graense" in options:
        raise ValueError("graense: a sum has no interval.")
    values = [part.get("value") for part in parts]
    if any(value in (None, "") for value in values):
        raise ValueError("cells of words can't be added.")
    total = sum(Decimal(str(value)) for value in values)
    return printed(str(total), parts[0]["unit"], int(parts[0]["decimals"]), options)


def label(labels: Mapping[str, str], over: str, own: str) -> str:
    """A row's or column's label, with the heading that it stands under before it."""
    parts = [labels.get(over, ""), labels.get(own, "")]
    return ": ".join(part for part in dict.fromkeys(parts) if part)


def fact_binding(found: Shortcode, facts: Facts) -> dict[str, Any]:
    """The printed text of `{{< fakta id >}}` and its source."""
    name = " ".join(found.arguments)
    fact = facts.get(name)
    if fact is None:
        raise ValueError(f"there is no fact “{name}”.{nearest(name, facts)}")
    place = f"{fact['source']}, {fact['place']}" if fact["place"] else fact["source"]
    return {"text": fact_text(fact, found.options), "source": place, "id": name, "status": "ok"}


def fact_text(fact: Mapping[str, str], options: Mapping[str, str]) -> str:
    """A fact as printed: dates and months in words, years without a point, numbers in Danish."""
    value, unit = fact["value"], fact["unit"]
    if unit == "dato":
        return danish.day_text(date.fromisoformat(value))
    if unit == "maaned" and "-" in value:
        return danish.month_text(int(value[:4]), int(value[5:7]))
    if unit == "tekst":
        return value
    if unit in ("aarstal", "skatteaar") or not value.lstrip("-").replace(".", "", 1).isdigit():
        return value.replace("-", "–")
    decimals = len(value.partition(".")[2])
    return printed(value, unit, decimals, options)


def printed(value: Any, unit: str, decimals: int, options: Mapping[str, str]) -> str:
    """A number as the options ask; per cent carry their unit unless told not to, others do not.

    `mio=ja`: in millions, with the word, and without decimals unless they are asked for.
    """
    millions = yes(options, "mio")
    if millions:
        value, decimals = str(Decimal(str(value)) / 1_000_000), 0
    decimals = whole(options.get("decimaler", str(decimals)), "decimaler")
    sign = yes(options, "fortegn")
    if "omtrent" in options:
        text = danish.approximate(value, to=float(options["omtrent"]), decimals=decimals)
    elif yes(options, "ord"):
        text = danish.number_word(round(float(value)))
    else:
        text = danish.number(value, decimals, sign=sign)
    if millions:
        text = f"{text}{danish.NO_BREAK_SPACE}mio."
    word = danish.unit_text(unit, value) if yes(options, "enhed", default=unit == "pct") else ""
    return f"{text}{danish.NO_BREAK_SPACE}{word}" if word else text


def whole(text: str, option: str) -> int:
    """An option that must be a small whole number."""
    if text not in ("0", "1", "2", "3", "4"):
        raise ValueError(f"{option}={text}: a whole number from 0 to 4 is needed.")
    return int(text)


def yes(options: Mapping[str, str], name: str, *, default: bool = False) -> bool:
    """An option that is ja or nej."""
    value = options.get(name, "ja" if default else "nej")
    if value not in ("ja", "nej"):
        raise ValueError(f"{name}={value}: ja or nej is needed.")
    return value == "ja"
