"""Days in all the forms in which deliveries carry them."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

SAS_EPOCH = 3653  # days from 1960-01-01, SAS's first day, to 1970-01-01
SAS_LAST_DAY = 100_000  # a larger number counts seconds (a SAS datetime), not days
_EPOCH = date(1970, 1, 1).toordinal()
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("jan", "feb", "mar", "apr", ("may", "maj"), "jun", "jul", "aug", "sep"),
            *(("oct", "okt"), "nov", "dec"),
        ),
        start=1,
    )
    for name in ([names] if isinstance(names, str) else names)
}
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})([T :]\d{2}:.*)?")
_DANISH = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4})( \d{1,2}[:.].*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SAS_TEXT = re.compile(r"(\d{1,2})([a-z]{3})(\d{4})(:\d{2}:.*)?")
_NUMBER = re.compile(r"-?\d{1,11}([.,]0*)?")


def day_of(text: str) -> tuple[int | None, str]:
    """(days since 1970, form) of a text without blanks around it; (None, "") if unreadable.

    Forms: iso, danish (dd-mm-yyyy with - . or /), compact (yyyymmdd), sas_text (01MAR2012), sas
    (days or seconds since 1960 as a number).
    """
    lower = text.lower()
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3])), "iso"
    if found := _DANISH.fullmatch(text):
        return _day(int(found[4]), int(found[3]), int(found[1])), "danish"
    if (found := _SAS_TEXT.fullmatch(lower)) and found[2] in _MONTHS:
        return _day(int(found[3]), _MONTHS[found[2]], int(found[1])), "sas_text"
    # Eight digits are a calendar day: as seconds since 1960 they would lie before 1963.
    if (found := _COMPACT.fullmatch(text)) and 1800 <= int(found[1]) <= 2200:
        return _day(int(found[1]), int(found[2]), int(found[3])), "compact"
    if _NUMBER.fullmatch(text):
        return sas_day(float(text.replace(",", "."))), "sas"
    return None, ""


def _day(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).toordinal() - _EPOCH
    except ValueError:
        return None


def sas_day(number: float) -> int:
    """Days since 1970 of SAS's days, or seconds where it is too large for days, since 1960."""
    days = number // 86_400 if abs(number) > SAS_LAST_DAY else number
    return int(days) - SAS_EPOCH


def from_numbers(numbers: pa.Array) -> tuple[pa.Array, str]:
    """(days, form) of SAS numbers: all seconds if one is too large for days."""
    values = np.asarray(pc.fill_null(numbers.cast(pa.float64()), np.nan))
    known = ~np.isnan(values)
    seconds = bool((np.abs(values[known]) > SAS_LAST_DAY).any())
    days = np.floor(values / 86_400.0) if seconds else np.floor(values)
    filled = np.where(known, days - SAS_EPOCH, 0).astype(np.int32)
    form = "date_sas_datetime" if seconds else "date_sas"
    return pa.array(filled, mask=~known).cast(pa.date32()), form
