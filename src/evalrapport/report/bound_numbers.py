"""Prints bound numbers: `{{< tal address >}}` from results, `{{< fakta id >}}` from elsewhere."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from datetime import date
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


def number_binding(found: Shortcode, cells: Values) -> dict[str, Any]:
    """The printed text of `{{< tal table row@column statistic >}}` and where it comes from."""
    address = " ".join(found.arguments)
    cell = cells.get(address)
    if cell is None:
        raise ValueError(f"no cell has the address “{address}”.{nearest(address, cells)}")
    if cell["status"] != "ok":
        text = NO_TEXT[cell["status"]]
    elif cell.get("value") in (None, ""):
        text = str(cell["text"])
    else:
        text = printed(cell["value"], cell["unit"], int(cell["decimals"]), found.options)
    return {
        "text": text,
        "address": address,
        "table": cell["labels"].get("table") or cell["published_as"] or address.split()[0],
        "row": label(cell["labels"], "group", "row"),
        "column": label(cell["labels"], "span", "column"),
        "n": danish.number(cell["n"]) if cell.get("n") is not None else "",
        "status": cell["status"],
    }


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
    if unit in ("aarstal", "skatteaar") or not value.lstrip("-").replace(".", "", 1).isdigit():
        return value.replace("-", "–")
    decimals = len(value.partition(".")[2])
    return printed(value, unit, decimals, options)


def printed(value: Any, unit: str, decimals: int, options: Mapping[str, str]) -> str:
    """A number as the options ask; per cent carry their unit unless told not to, others do not."""
    decimals = whole(options.get("decimaler", str(decimals)), "decimaler")
    sign = yes(options, "fortegn")
    if "omtrent" in options:
        text = danish.approximate(value, to=float(options["omtrent"]), decimals=decimals)
    elif yes(options, "ord"):
        text = danish.number_word(round(float(value)))
    else:
        text = danish.number(value, decimals, sign=sign)
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
