"""Raw columns to typed columns, checked against the contract on the way.

All of it works on whole blocks; columns of codes, numbers and days that come as text are translated
once per distinct text. What breaks the contract is counted with its row numbers; what real files
are known to do (lost zeros, blanks, dots, decimal commas, SAS's days) is put right and counted.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evalrapport.contracts.sources import Column
from evalrapport.sources import days
from evalrapport.sources.findings import Findings

STORAGE: dict[str, pa.DataType] = {
    "int64": pa.int64(), "int32": pa.int32(), "int16": pa.int16(), "int8": pa.int8(),
    "uint16": pa.uint16(), "uint8": pa.uint8(), "double": pa.float64(), "string": pa.string(),
    "date32": pa.date32(),
}  # fmt: skip
PERSON_DIGITS = 12
NAMED_ROWS = 5  # an unknown code is named only if at least so many rows share it
NAMED_LENGTH = 4
MISSING = ("", ".")
CodeValues = dict[str, int | str]


def code_values(column: Column, lists: dict[str, Path]) -> CodeValues:
    """Typed value by raw text of a coded column.

    In a code list, survey questions are found by the column's typed name and translate label to
    code; all other lists translate their `code` to itself, as a number where it is stored as one.
    """
    if isinstance(column.codes, dict):
        return dict(column.codes)
    path = lists[str(column.codes)]
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if "question" in rows[0]:
        return {row["label"]: row["code"] for row in rows if row["question"] == column.typed}
    number = column.storage != "string"
    return {row["code"]: int(row["code"]) if number else row["code"] for row in rows}


class Translator:
    """Translates one column, batch after batch; remembers each raw value's translation."""

    def __init__(self, column: Column, file: str, values: CodeValues | None) -> None:
        self.column, self.file, self.values = column, file, values
        self.storage = STORAGE[column.storage]

    def __call__(self, raw: pa.Array, findings: Findings) -> pa.Array:
        """The typed column; what can't be translated is counted in `findings`."""
        if isinstance(raw, pa.ChunkedArray):
            raw = raw.combine_chunks()
        if pa.types.is_large_string(raw.type) and self.column.type not in ("code", "integer"):
            raw = raw.cast(pa.string())
        convert = getattr(self, f"_{self.column.type}")
        typed: pa.Array = convert(raw, findings)
        if not self.column.nullable and typed.null_count and self.column.type != "code":
            self._found(findings, "a value is missing or unreadable", pc.is_null(typed))
        return typed

    def _found(self, findings: Findings, rule: str, mask: Any) -> None:
        findings.where(self.file, self.column.name, rule, mask)

    def _note(self, findings: Findings, rule: str, count: int | None) -> None:
        findings.note(self.file, self.column.name, rule, count or 0)

    def _person(self, raw: pa.Array, findings: Findings) -> pa.Array:
        """A pseudonym of up to 12 digits, as a number; leading zeros may have been lost."""
        if pa.types.is_integer(raw.type) or pa.types.is_floating(raw.type):
            return self._person_number(raw, findings)
        raw = raw.cast(pa.string())
        text = pc.fill_null(pc.utf8_trim_whitespace(raw), "")
        blank = pc.is_in(text, pa.array(MISSING))
        fits = pc.match_substring_regex(text, r"^[0-9]{1,12}$")
        wrong = pc.and_not(pc.invert(fits), blank)
        self._found(findings, "not a number of up to 12 digits", wrong)
        whole = pc.fill_null(pc.equal(pc.utf8_length(raw), PERSON_DIGITS), True)
        self._note(findings, "pnr_padding", pc.sum(pc.and_not(fits, whole)).as_py())
        if self.column.nullable:
            self._note(findings, "missing_mark", _marks(raw, text))
        return pc.if_else(fits, text, None).cast(pa.int64())

    def _person_number(self, raw: pa.Array, findings: Findings) -> pa.Array:
        """The same where the file stores it as a number."""
        number = raw.cast(pa.float64())
        fits = pc.and_(pc.greater(number, 0), pc.less(number, 1e12))
        fits = pc.fill_null(pc.and_(fits, pc.equal(number, pc.floor(number))), False)
        wrong = pc.and_not(pc.invert(fits), pc.is_null(number, nan_is_null=True))
        self._found(findings, "not a number of up to 12 digits", wrong)
        self._note(findings, "pnr_number", pc.sum(fits).as_py())
        return pc.if_else(fits, number, None).cast(pa.int64())

    def _code(self, raw: pa.Array, findings: Findings) -> pa.Array:
        """A code of the list, as number or id; blank cells by the contract's rule."""
        assert self.values is not None
        if pa.types.is_floating(raw.type):
            raw = self._whole(raw, findings)
        encoded, rows = _encoded(raw)
        originals = encoded.dictionary.to_pylist()
        texts = [_plain(value) for value in originals]
        typed = [self._lookup(text) for text in texts]
        unknown = [
            text not in MISSING and value is None for text, value in zip(texts, typed, strict=True)
        ]
        if any(unknown) and rows[unknown].any():
            mask = _rows_with(encoded, unknown)
            self._found(findings, self._unknown_rule(texts, unknown, rows), mask)
        if self.column.blank is None and not self.column.nullable:
            missing = [text in MISSING for text in texts]
            self._found(findings, "no code", _rows_with(encoded, missing, nulls=True))
        self._note(findings, "missing_mark", _sum(rows, [_is_mark(v) for v in originals]))
        self._note(findings, "code_form", _sum(rows, [self._is_odd(v) for v in originals]))
        table = pa.array([*typed, self._lookup("")], self.storage)
        return table.take(pc.fill_null(encoded.indices.cast(pa.int32()), len(typed)))

    def _whole(self, raw: pa.Array, findings: Findings) -> pa.Array:
        """Codes stored as decimal numbers, as whole ones; others are found and left out."""
        broken = pc.fill_null(pc.not_equal(raw, pc.floor(raw)), False)
        self._found(findings, "codes with decimals", broken)
        return pc.if_else(broken, None, raw)

    def _lookup(self, text: str) -> int | str | None:
        assert self.values is not None
        if text in MISSING or (set(text) == {"0"} and text not in self.values):
            return self.column.blank
        if text in self.values:
            return self.values[text]
        # Leading zeros may be lost or added where codes are stored as numbers.
        bare = text.lstrip("0")
        return self.values.get(bare) if bare else None

    def _is_odd(self, value: object) -> bool:
        """Whether a code is written as its list doesn't write it."""
        assert self.values is not None
        text = str(value).strip()
        return isinstance(value, str) and text not in MISSING and text not in self.values

    def _unknown_rule(self, texts: list[str], unknown: list[bool], rows: np.ndarray) -> str:
        """Unknown codes are named where they are short and many share them; answers never."""
        listed = self.column.codes if isinstance(self.column.codes, str) else "the contract"
        if self.column.codes == "survey_answers":
            return f"answers that the codebook ({listed}.csv) doesn't know"
        names = [
            text
            for text, wrong, count in zip(texts, unknown, rows, strict=True)
            if wrong and count >= NAMED_ROWS and len(text) <= NAMED_LENGTH
        ]
        named = f", such as {', '.join(sorted(names)[:3])}" if names else ""
        return f"codes that {listed} doesn't know{named}"

    def _integer(self, raw: pa.Array, findings: Findings) -> pa.Array:
        """A whole number within the contract's range; blank becomes the contract's `blank`."""
        if _is_text(raw):
            return self._each_text(raw, findings, _whole_number, "not a whole number")
        number = raw.cast(pa.float64())
        whole = pc.fill_null(pc.equal(number, pc.floor(number)), True)
        self._found(findings, "not a whole number", pc.invert(whole))
        beyond = self._beyond(number)
        self._found(findings, self._range_rule(), beyond)
        inside = pc.if_else(beyond, self._bound(), number)
        safe = pc.if_else(whole, inside, None)
        filled = safe if self.column.blank is None else pc.fill_null(safe, self.column.blank)
        return filled.cast(self.storage, safe=False)

    def _decimal(self, raw: pa.Array, findings: Findings) -> pa.Array:
        """A number, with decimal comma or point where it comes as text."""
        if _is_text(raw):
            return self._each_text(raw, findings, _decimal_number, "not a number")
        number = raw.cast(pa.float64())
        self._found(findings, self._range_rule(), self._beyond(number))
        return number

    def _each_text(
        self, raw: pa.Array, findings: Findings, read: Callable[[str], float | None], rule: str
    ) -> pa.Array:
        """Numbers that come as text, read once per distinct text."""
        encoded, rows = _encoded(raw)
        originals = encoded.dictionary.to_pylist()
        texts = [_plain(value) for value in originals]
        values = [self.column.blank if t in MISSING else read(t) for t in texts]
        wrong = [value is None and t not in MISSING for value, t in zip(values, texts, strict=True)]
        beyond = [value is not None and not self._inside(float(value)) for value in values]
        self._found(findings, rule, _rows_with(encoded, wrong))
        self._found(findings, self._range_rule(), _rows_with(encoded, beyond))
        self._note(findings, "missing_mark", _sum(rows, [_is_mark(v) for v in originals]))
        self._note(findings, "decimal_comma", _sum(rows, ["," in t for t in texts]))
        bound = self._bound()
        safe = [bound if out else value for out, value in zip(beyond, values, strict=True)]
        place = pc.fill_null(encoded.indices.cast(pa.int32()), len(safe))
        return pa.array([*safe, self.column.blank], self.storage).take(place)

    def _inside(self, value: float) -> bool:
        low, high = self.column.low, self.column.high
        return (low is None or value >= low) and (high is None or value <= high)

    def _bound(self) -> float | None:
        """What stands in for a value out of range (which may not fit the type) until the stop."""
        return self.column.low if self.column.low is not None else self.column.high

    def _beyond(self, number: pa.Array) -> pa.Array:
        low = -np.inf if self.column.low is None else self.column.low
        high = np.inf if self.column.high is None else self.column.high
        return pc.fill_null(pc.or_(pc.less(number, low), pc.greater(number, high)), False)

    def _range_rule(self) -> str:
        low, high = self.column.low, self.column.high
        return (
            f"outside {'…' if low is None else f'{low:g}'}-{'…' if high is None else f'{high:g}'}"
        )

    def _date(self, raw: pa.Array, findings: Findings) -> pa.Array:
        """A day: a date, a datetime, text, or SAS's days or seconds since 1960-01-01."""
        if pa.types.is_timestamp(raw.type):
            day = raw.cast(pa.date32(), safe=False)
            timed = pc.not_equal(day.cast(raw.type), raw)
            self._note(findings, "date_time", pc.sum(timed).as_py())
            return day
        if pa.types.is_date(raw.type):
            return raw.cast(pa.date32(), safe=False)
        if pa.types.is_integer(raw.type) or pa.types.is_floating(raw.type):
            typed, form = days.from_numbers(raw)
            self._note(findings, form, len(raw) - typed.null_count)
            return typed
        if not _is_text(raw):  # a column without any value has no type
            return pa.nulls(len(raw), pa.date32())
        encoded, rows = _encoded(raw)
        originals = encoded.dictionary.to_pylist()
        texts = [_plain(value) for value in originals]
        read = [(None, "") if t in MISSING else days.day_of(t) for t in texts]
        wrong = [day is None and t not in MISSING for (day, _), t in zip(read, texts, strict=True)]
        self._found(findings, "not a date (expected YYYY-MM-DD)", _rows_with(encoded, wrong))
        self._note(findings, "missing_mark", _sum(rows, [_is_mark(v) for v in originals]))
        self._note(findings, "date_sas", _sum(rows, [form == "sas" for _, form in read]))
        other = [form in ("danish", "compact", "sas_text") for _, form in read]
        self._note(findings, "date_text", _sum(rows, other))
        place = pc.fill_null(encoded.indices.cast(pa.int32()), len(read))
        return pa.array([*(day for day, _ in read), None], pa.int32()).cast(pa.date32()).take(place)

    def _text(self, raw: pa.Array, findings: Findings) -> pa.Array:  # noqa: ARG002
        """Text without blanks around it; empty is missing. A number is written without decimals."""
        if pa.types.is_floating(raw.type):
            raw = raw.cast(pa.int64(), safe=False) if not pc.any(_fraction(raw)).as_py() else raw
        text = pc.utf8_trim_whitespace(raw.cast(pa.string()))
        return pc.if_else(pc.fill_null(pc.is_in(text, pa.array(MISSING)), True), None, text)


def _fraction(raw: pa.Array) -> pa.Array:
    return pc.fill_null(pc.not_equal(raw, pc.floor(raw)), False)


def _is_text(raw: pa.Array) -> bool:
    kind = raw.type
    return bool(
        pa.types.is_dictionary(kind) or pa.types.is_string(kind) or pa.types.is_large_string(kind)
    )


def _plain(value: object) -> str:
    """A raw code as text without blanks; 7.0 and 7 are the same code."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value))
    text = str(value).strip()
    for end in (".0", ",0"):
        if text.endswith(end) and text[: -len(end)].isdigit():
            return text[: -len(end)]
    return text


def _whole_number(text: str) -> int | None:
    return int(text) if text.removeprefix("-").isdecimal() and text.isascii() else None


def _decimal_number(text: str) -> float | None:
    """A number with at most one point or comma, which is the decimal sign."""
    plain = text.replace(",", ".")
    parts = plain.removeprefix("-").split(".")
    if not plain.isascii() or len(parts) > 2 or not all(part.isdecimal() for part in parts):
        return None
    return float(plain)


def _is_mark(value: object) -> bool:
    """Whether a text stands for a missing value without being empty."""
    return isinstance(value, str) and value != "" and value.strip() in MISSING


def _marks(raw: pa.Array, text: pa.Array) -> int:
    marked = pc.and_(pc.is_in(text, pa.array(MISSING)), pc.not_equal(raw, ""))
    return pc.sum(pc.fill_null(marked, False)).as_py() or 0


def _encoded(raw: pa.Array) -> tuple[pa.DictionaryArray, np.ndarray]:
    """The column as a dictionary, and the rows per distinct value."""
    encoded = raw if pa.types.is_dictionary(raw.type) else pc.dictionary_encode(raw)
    indices = encoded.indices.drop_null().to_numpy(zero_copy_only=False)
    return encoded, np.bincount(indices, minlength=max(len(encoded.dictionary), 1))


def _sum(rows: np.ndarray, which: list[bool]) -> int:
    return int(rows[: len(which)][which].sum()) if any(which) else 0


def _rows_with(encoded: pa.DictionaryArray, which: list[bool], nulls: bool = False) -> np.ndarray:
    """Which rows hold one of the distinct values (and, if `nulls`, which hold none)."""
    if not any(which) and not (nulls and encoded.null_count):
        return np.zeros(0, dtype=bool)
    place = pc.fill_null(encoded.indices.cast(pa.int32()), len(which))
    return np.array([*which, nulls])[np.asarray(place)]
