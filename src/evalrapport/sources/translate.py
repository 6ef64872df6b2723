"""Raw columns to typed columns, checked against the contract on the way.

All of it works on whole blocks; columns of codes, numbers and days that come as text are translated
once per distinct text. What breaks the contract is counted with its row numbers; what real files
are known to do (lost zeros, blanks, dots, decimal commas, SAS's days) is put right and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evalrapport.contracts.sources import Column
from evalrapport.sources import days
from evalrapport.sources.code_lists import CodeValues, unknown_rule
from evalrapport.sources.findings import Findings
from evalrapport.sources.raw_cells import (
    MISSING,
    by_value,
    count_marks,
    decimal_number,
    fraction,
    is_mark,
    is_text,
    plain,
    rows_of,
    rows_with,
    whole_number,
)

STORAGE: dict[str, pa.DataType] = {
    "int64": pa.int64(), "int32": pa.int32(), "int16": pa.int16(), "int8": pa.int8(),
    "uint16": pa.uint16(), "uint8": pa.uint8(), "double": pa.float64(), "string": pa.string(),
    "date32": pa.date32(),
}  # fmt: skip
PERSON_DIGITS = 12


class Translator:
    """Translates one column, batch after batch; remembers each raw value's translation."""

    def __init__(
        self,
        column: Column,
        file: str,
        values: CodeValues | None,
        misplaced: Mapping[str, str] | None = None,
    ) -> None:
        """`misplaced`: codes that the list knows but that break a check where they stand here."""
        self.column, self.file, self.values = column, file, values
        self.misplaced = misplaced or {}
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
            self._note(findings, "missing_mark", count_marks(raw, text))
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
        encoded, rows = by_value(raw)
        originals = encoded.dictionary.to_pylist()
        texts = [plain(value) for value in originals]
        typed = [self._lookup(text) for text in texts]
        unknown = [
            text not in MISSING and value is None for text, value in zip(texts, typed, strict=True)
        ]
        if any(unknown) and rows[unknown].any():
            mask = rows_with(encoded, unknown)
            self._found(findings, unknown_rule(self.column, texts, unknown, rows), mask)
        if self.column.blank is None and not self.column.nullable:
            missing = [text in MISSING for text in texts]
            self._found(findings, "no code", rows_with(encoded, missing, nulls=True))
        self._note(findings, "missing_mark", rows_of(rows, [is_mark(v) for v in originals]))
        self._note(findings, "code_form", rows_of(rows, [self._is_odd(v) for v in originals]))
        for check in set(self.misplaced.values()):
            there = [self.misplaced.get(text) == check for text in texts]
            series = f"{self.column.name.split('_')[0]}_*"
            findings.warn(self.file, series, check, rows_of(rows, there))
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

    def _integer(self, raw: pa.Array, findings: Findings) -> pa.Array:
        """A whole number within the contract's range; blank becomes the contract's `blank`."""
        if is_text(raw):
            return self._each_text(raw, findings, whole_number, "not a whole number")
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
        if is_text(raw):
            return self._each_text(raw, findings, decimal_number, "not a number")
        number = raw.cast(pa.float64())
        self._found(findings, self._range_rule(), self._beyond(number))
        return number

    def _each_text(
        self, raw: pa.Array, findings: Findings, read: Callable[[str], float | None], rule: str
    ) -> pa.Array:
        """Numbers that come as text, read once per distinct text."""
        encoded, rows = by_value(raw)
        originals = encoded.dictionary.to_pylist()
        texts = [plain(value) for value in originals]
        values = [self.column.blank if t in MISSING else read(t) for t in texts]
        wrong = [value is None and t not in MISSING for value, t in zip(values, texts, strict=True)]
        beyond = [value is not None and not self._inside(float(value)) for value in values]
        self._found(findings, rule, rows_with(encoded, wrong))
        self._found(findings, self._range_rule(), rows_with(encoded, beyond))
        self._note(findings, "missing_mark", rows_of(rows, [is_mark(v) for v in originals]))
        self._note(findings, "decimal_comma", rows_of(rows, ["," in t for t in texts]))
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
        if not is_text(raw):  # a column without any value has no type
            return pa.nulls(len(raw), pa.date32())
        encoded, rows = by_value(raw)
        originals = encoded.dictionary.to_pylist()
        texts = [plain(value) for value in originals]
        read = [(None, "") if t in MISSING else days.day_of(t) for t in texts]
        wrong = [day is None and t not in MISSING for (day, _), t in zip(read, texts, strict=True)]
        self._found(findings, "not a date (expected YYYY-MM-DD)", rows_with(encoded, wrong))
        self._note(findings, "missing_mark", rows_of(rows, [is_mark(v) for v in originals]))
        self._note(findings, "date_sas", rows_of(rows, [form == "sas" for _, form in read]))
        other = [form in ("danish", "compact", "sas_text") for _, form in read]
        self._note(findings, "date_text", rows_of(rows, other))
        place = pc.fill_null(encoded.indices.cast(pa.int32()), len(read))
        return pa.array([*(day for day, _ in read), None], pa.int32()).cast(pa.date32()).take(place)

    def _text(self, raw: pa.Array, findings: Findings) -> pa.Array:  # noqa: ARG002
        """Text without blanks around it; empty is missing. A number is written without decimals."""
        if pa.types.is_floating(raw.type):
            raw = raw.cast(pa.int64(), safe=False) if not pc.any(fraction(raw)).as_py() else raw
        text = pc.utf8_trim_whitespace(raw.cast(pa.string()))
        return pc.if_else(pc.fill_null(pc.is_in(text, pa.array(MISSING)), True), None, text)
