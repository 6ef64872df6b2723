"""Danish print forms: numbers, units, number words, dates, lists.

4,9 · 43.485 · 12 pct. · −1,3 procentpoint · marts 2013 · syvogtyve. Everything that a reader sees
as a number goes through here, so that tables, figures and prose agree to the last sign.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from evalrapport.errors import PlainError

MINUS = "\u2212"
NO_BREAK_SPACE = "\u00a0"
RANGE_DASH = "\u2013"

MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)

# Unit id of a result table -> (after one, after any other number).
UNITS: dict[str, tuple[str, str]] = {
    "": ("", ""),
    "aar": ("år", "år"),
    "aarstal": ("", ""),  # a year is its own unit: 2013
    "aarsvaerk": ("årsværk", "årsværk"),
    "andel": ("", ""),
    "antal": ("", ""),
    "arbejdsdage": ("arbejdsdag", "arbejdsdage"),
    "artikler": ("artikel", "artikler"),
    "borgere": ("borger", "borgere"),
    "byer": ("by", "byer"),
    "dage": ("dag", "dage"),
    "dage_om_ugen": ("dag om ugen", "dage om ugen"),
    "dollar": ("dollar", "dollar"),
    "elementer": ("element", "elementer"),
    "emner": ("emne", "emner"),
    "euro": ("euro", "euro"),
    "forhold": ("", ""),
    "forloeb": ("forløb", "forløb"),
    "gange": ("gang", "gange"),
    "gange_om_aaret": ("gang om året", "gange om året"),
    "gange_om_maaneden": ("gang om måneden", "gange om måneden"),
    "gange_om_ugen": ("gang om ugen", "gange om ugen"),
    "grupper": ("gruppe", "grupper"),
    "halvaar": ("halvår", "halvår"),
    "indbyggere": ("indbygger", "indbyggere"),
    "jobcentre": ("jobcenter", "jobcentre"),
    "klynger": ("klynge", "klynger"),
    "kommuner": ("kommune", "kommuner"),
    "kr": ("kr.", "kr."),
    "leverandoerer": ("leverandør", "leverandører"),
    "maaneder": ("måned", "måneder"),
    "mentorer": ("mentor", "mentorer"),
    "minutter": ("minut", "minutter"),
    "moeder_om_ugen": ("møde om ugen", "møder om ugen"),
    "omraader": ("område", "områder"),
    "par": ("par", "par"),
    "pct": ("pct.", "pct."),
    "pctpoint": ("procentpoint", "procentpoint"),
    "personer": ("person", "personer"),
    "pund": ("pund", "pund"),
    "registreringer": ("registrering", "registreringer"),
    "samtaler": ("samtale", "samtaler"),
    "spoergsmaal": ("spørgsmål", "spørgsmål"),
    "studier": ("studie", "studier"),
    "temaer": ("tema", "temaer"),
    "timer": ("time", "timer"),
    "timer_pr_uge": ("time om ugen", "timer om ugen"),
    "typer": ("type", "typer"),
    "uger": ("uge", "uger"),
    "uger_om_aaret": ("uge om året", "uger om året"),
    "undersoegelser": ("undersøgelse", "undersøgelser"),
}

Number = int | float | str | Decimal

_SMALL = (
    *("nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve"),
    *("tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten"),
)
_TENS = "", "", "tyve", "tredive", "fyrre", "halvtreds", "tres", "halvfjerds", "firs", "halvfems"
_FRACTIONS = (
    (Decimal(25), "en fjerdedel"),
    (Decimal(100) / 3, "en tredjedel"),
    (Decimal(50), "halvdelen"),
    (Decimal(200) / 3, "to tredjedele"),
    (Decimal(75), "tre fjerdedele"),
)


def number(value: Number, decimals: int = 0, *, sign: bool = False, grouped: bool = True) -> str:
    """A number as Danish prints it: 43485 -> `43.485`, -1.25 with one decimal -> `−1,3`.

    Rounds half away from zero on the decimal digits as written, as a reader would; `sign` puts a
    plus before a positive number; `grouped=False` leaves the thousands point out. A number that
    rounds to zero has no sign. Raises ValueError for anything that is not a finite number.
    """
    rounded = _rounded(value, decimals)
    digits = f"{abs(rounded):,.{decimals}f}" if grouped else f"{abs(rounded):.{decimals}f}"
    text = digits.translate(str.maketrans(",.", ".,"))
    if rounded < 0:
        return MINUS + text
    return f"+{text}" if sign and rounded > 0 else text


def _rounded(value: Number, decimals: int) -> Decimal:
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        raise ValueError("not a number") from None
    if not exact.is_finite():
        raise ValueError("not a finite number")
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def unit_text(unit: str, value: Number | None = None) -> str:
    """The word after a number of this unit (id as in result tables); singular only after one."""
    if unit not in UNITS:
        raise PlainError(
            f"The unit “{unit}” has no Danish word. Add it to UNITS in evalrapport/danish.py, or "
            f"use one of: {', '.join(sorted(filter(None, UNITS)))}."
        )
    singular, plural = UNITS[unit]
    return singular if value is not None and abs(Decimal(str(value))) == 1 else plural


def quantity(value: Number, unit: str, decimals: int = 0, *, sign: bool = False) -> str:
    """A number with its unit, held together by a no-break space: `4,9 pct.`, `1 dag`."""
    word = unit_text(unit, _rounded(value, decimals))
    text = number(value, decimals, sign=sign)
    return f"{text}{NO_BREAK_SPACE}{word}" if word else text


def interval(lower: Number, upper: Number, decimals: int = 0) -> str:
    """A confidence interval: `−3,0; −0,4` (a semicolon, since the decimal sign is a comma)."""
    return f"{number(lower, decimals)}; {number(upper, decimals)}"


def number_word(value: int, *, neuter: bool = False) -> str:
    """A whole number in words, 0 to 999.999: 7 -> `syv`, 27 -> `syvogtyve`; `et` if neuter.

    Source: Dansk Sprognævn's spelling; the old tens in full (`halvtredsindstyve`) are not used.
    """
    if not 0 <= value <= 999_999:
        raise ValueError("number words reach from 0 to 999.999")
    if value == 1:
        return "et" if neuter else "en"
    parts = []
    thousands, rest = divmod(value, 1000)
    if thousands:
        parts.append(f"{number_word(thousands, neuter=True)} tusind")
    hundreds, rest = divmod(rest, 100)
    if hundreds:
        parts.append(f"{number_word(hundreds, neuter=True)} hundrede")
    if rest or not parts:
        parts.extend(["og"] if parts else [])
        parts.append(_below_hundred(rest))
    return " ".join(parts)


def _below_hundred(value: int) -> str:
    if value < 20:
        return _SMALL[value]
    tens, ones = divmod(value, 10)
    return f"{_SMALL[ones]}og{_TENS[tens]}" if ones else _TENS[tens]


def approximate(value: Number, to: Number = 1, decimals: int = 0) -> str:
    """The nearest multiple of `to`, with the side the value lies on: 34.6 -> `knap 35`.

    `godt 34` if the value lies above the multiple, no word if it is hit exactly.
    """
    exact, step = Decimal(str(value)), Decimal(str(to))
    nearest = (exact / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step
    return _side(exact, nearest) + number(nearest, decimals)


def share_words(percent: Number, within: Number = 2) -> str | None:
    """A share in words if it lies `within` per cent points of a plain fraction, else None.

    24.1 -> `knap en fjerdedel`, 50 -> `halvdelen`, 34 -> `godt en tredjedel`, 41 -> None.
    """
    exact = Decimal(str(percent))
    nearest, words = min(_FRACTIONS, key=lambda fraction: abs(fraction[0] - exact))
    if abs(nearest - exact) > Decimal(str(within)):
        return None
    # A third is never hit exactly by a rounded number: 33.3 is "en tredjedel", not "knap".
    return words if abs(nearest - exact) < Decimal("0.05") else _side(exact, nearest) + words


def _side(exact: Decimal, nearest: Decimal) -> str:
    if exact == nearest:
        return ""
    return f"knap{NO_BREAK_SPACE}" if abs(exact) < abs(nearest) else f"godt{NO_BREAK_SPACE}"


def day_text(day: date) -> str:
    """A date in prose: `1. marts 2013`."""
    return f"{day.day}.{NO_BREAK_SPACE}{MONTHS[day.month - 1]} {day.year}"


def month_text(year: int, month: int) -> str:
    """A month in prose: `marts 2013`."""
    return f"{MONTHS[month - 1]} {year}"


def period_text(first: date, last: date) -> str:
    """A period in prose: `1. januar 2012 til 27. april 2014`; the year once if it is the same."""
    start = f"{first.day}.{NO_BREAK_SPACE}{MONTHS[first.month - 1]}"
    if first.year != last.year:
        start = day_text(first)
    return f"{start} til {day_text(last)}"


def listing(items: Sequence[str], last: str = "og") -> str:
    """Items in running text: `a`, `a og b`, `a, b og c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def runs(values: Sequence[int]) -> str:
    """Whole numbers as ranges: [6, 7, 8, 11] -> `6–8 og 11`."""
    spans: list[list[int]] = []
    for value in sorted(set(values)):
        if spans and value == spans[-1][1] + 1:
            spans[-1][1] = value
        else:
            spans.append([value, value])
    return listing([str(a) if a == b else f"{a}{RANGE_DASH}{b}" for a, b in spans])


def with_range_dash(text: str) -> str:
    """Ranges with a dash and not a hyphen: `16-19 år` → `16–19 år`."""
    return re.sub(r"(?<=\d)-(?=\d)", RANGE_DASH, text)


def capitalised(text: str) -> str:
    """The first letter in upper case, the rest untouched (`SU` stays `SU`)."""
    return text[:1].upper() + text[1:]
