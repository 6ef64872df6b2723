"""Raw columns to typed columns, checked against the contract on the way."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evalrapport.contracts.sources import Column
from evalrapport.errors import PlainError
from evalrapport.sources.findings import Findings

STORAGE: dict[str, pa.DataType] = {
    "int64": pa.int64(), "int32": pa.int32(), "int16": pa.int16(), "int8": pa.int8(),
    "uint16": pa.uint16(), "uint8": pa.uint8(), "double": pa.float64(), "string": pa.string(),
    "date32": pa.date32(),
}  # fmt: skip
SAS_EPOCH = 3653  # days from 1960-01-01, SAS's first day, to 1970-01-01
SAS_LAST_DAY = 100_000  # a larger number counts seconds (a SAS datetime), not days
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
        convert = getattr(self, f"_{self.column.type}")
        typed: pa.Array = convert(raw, findings)
        if not self.column.nullable and typed.null_count and self.column.type != "code":
            self._found(findings, "a value is missing or unreadable", typed.null_count)
        return typed

    def _found(self, findings: Findings, rule: str, count: int) -> None:
        findings.add(self.file, self.column.name, rule, count)

    def _person(self, raw: pa.Array, findings: Findings) -> pa.Array:
        """A pseudonym of up to 12 digits, as a number; leading zeros may have been lost."""
        text = pc.utf8_trim_whitespace(raw.cast(pa.string()))
        blank = pc.fill_null(pc.equal(text, ""), True)
        fits = pc.match_substring_regex(text, r"^[0-9]{1,12}$")
        wrong = pc.and_not(pc.invert(pc.fill_null(fits, False)), blank)
        self._found(findings, "not a number of up to 12 digits", pc.sum(wrong).as_py() or 0)
        return pc.if_else(pc.fill_null(fits, False), text, None).cast(pa.int64())

    def _code(self, raw: pa.Array, findings: Findings) -> pa.Array:
        """A code of the list, as number or id; blank cells by the contract's rule."""
        assert self.values is not None
        encoded = raw if pa.types.is_dictionary(raw.type) else pc.dictionary_encode(raw)
        texts = [_plain(value) for value in encoded.dictionary.to_pylist()]
        typed = [self._lookup(text) for text in texts]
        unknown = [text != "" and value is None for text, value in zip(texts, typed, strict=True)]
        rows = _rows_of(encoded)
        if any(unknown):
            count = int(rows[np.flatnonzero(unknown)].sum())
            self._found(findings, self._unknown_rule(texts, unknown), count)
        empty = int(rows[[i for i, text in enumerate(texts) if text == ""]].sum())
        if self.column.blank is None and not self.column.nullable:
            self._found(findings, "no code", empty + encoded.null_count)
        table = pa.array([*typed, self._lookup("")], self.storage)
        place = pc.fill_null(encoded.indices.cast(pa.int32()), len(typed))
        return table.take(place)

    def _lookup(self, text: str) -> int | str | None:
        assert self.values is not None
        if text == "" or text == "." or (set(text) == {"0"} and text not in self.values):
            return self.column.blank
        if text in self.values:
            return self.values[text]
        # Leading zeros may be lost or added where codes are stored as numbers.
        bare = text.lstrip("0")
        return self.values.get(bare) if bare else None

    def _unknown_rule(self, texts: list[str], unknown: list[bool]) -> str:
        """Codes don't identify anybody, so the first unknown ones may be named; answers may."""
        names = sorted(text for text, is_unknown in zip(texts, unknown, strict=True) if is_unknown)
        listed = self.column.codes if isinstance(self.column.codes, str) else "the contract"
        if self.column.codes == "survey_answers":
            return f"answers that the codebook ({listed}.csv) doesn't know"
        return f"{len(names)} codes that {listed} doesn't know, such as {', '.join(names[:3])}"

    def _integer(self, raw: pa.Array, findings: Findings) -> pa.Array:
        """A whole number within the contract's range; blank becomes the contract's `blank`."""
        if pa.types.is_dictionary(raw.type) or pa.types.is_string(raw.type):
            encoded = raw if pa.types.is_dictionary(raw.type) else pc.dictionary_encode(raw)
            texts = [_plain(value) for value in encoded.dictionary.to_pylist()]
            values = [int(text) if text.isdigit() else None for text in texts]
            rows = _rows_of(encoded)
            wrong = [
                i for i, text in enumerate(texts) if text not in ("", ".") and not text.isdigit()
            ]
            self._found(findings, "not a whole number", int(rows[wrong].sum()))
            blank = self.column.blank
            filled = [
                blank if text in ("", ".") else v for text, v in zip(texts, values, strict=True)
            ]
            beyond = [i for i, v in enumerate(filled) if v is not None and not self._inside(int(v))]
            self._range(findings, int(rows[beyond].sum()))
            safe = [None if i in set(beyond) else value for i, value in enumerate(filled)]
            place = pc.fill_null(encoded.indices.cast(pa.int32()), len(safe))
            return pa.array([*safe, blank], self.storage).take(place)
        number = raw.cast(pa.float64())
        self._check_range(number, findings)
        return pc.fill_null(number, self.column.blank).cast(self.storage, safe=False)

    def _decimal(self, raw: pa.Array, findings: Findings) -> pa.Array:
        """A number, with decimal comma or point where it comes as text."""
        if pa.types.is_string(raw.type) or pa.types.is_dictionary(raw.type):
            text = pc.replace_substring(pc.utf8_trim_whitespace(raw.cast(pa.string())), ",", ".")
            fits = pc.fill_null(pc.match_substring_regex(text, r"^-?[0-9]+(\.[0-9]+)?$"), False)
            blank = pc.fill_null(pc.is_in(text, pa.array(["", "."])), True)
            wrong = pc.sum(pc.and_not(pc.invert(fits), blank)).as_py() or 0
            self._found(findings, "not a number", wrong)
            raw = pc.if_else(fits, text, None)
        number = raw.cast(pa.float64())
        self._check_range(number, findings)
        return number

    def _inside(self, value: float) -> bool:
        low, high = self.column.low, self.column.high
        return (low is None or value >= low) and (high is None or value <= high)

    def _range(self, findings: Findings, count: int) -> None:
        self._found(findings, f"outside {self.column.low:g}-{self.column.high:g}", count)

    def _check_range(self, number: pa.Array, findings: Findings) -> None:
        if self.column.low is None or self.column.high is None:
            return
        below, above = pc.less(number, self.column.low), pc.greater(number, self.column.high)
        self._range(findings, pc.sum(pc.or_(below, above)).as_py() or 0)

    def _date(self, raw: pa.Array, findings: Findings) -> pa.Array:
        """A day: a date, a datetime, ISO text, or SAS's days or seconds since 1960-01-01."""
        if pa.types.is_date(raw.type) or pa.types.is_timestamp(raw.type):
            return raw.cast(pa.date32(), safe=False)
        if pa.types.is_integer(raw.type) or pa.types.is_floating(raw.type):
            number = raw.cast(pa.float64())
            seconds = pc.greater(number, SAS_LAST_DAY)
            days = pc.floor(pc.if_else(seconds, pc.divide(number, 86_400.0), number))
            return pc.subtract(days, float(SAS_EPOCH)).cast(pa.int32()).cast(pa.date32())
        text = pc.utf8_slice_codeunits(pc.utf8_trim_whitespace(raw.cast(pa.string())), 0, 10)
        parsed = pc.strptime(text, format="%Y-%m-%d", unit="s", error_is_null=True)
        blank = pc.fill_null(pc.is_in(text, pa.array(["", "."])), True)
        wrong = pc.sum(pc.and_not(pc.is_null(parsed), blank)).as_py() or 0
        self._found(findings, "not a date (expected YYYY-MM-DD)", wrong)
        return parsed.cast(pa.date32())

    def _text(self, raw: pa.Array, findings: Findings) -> pa.Array:  # noqa: ARG002
        """Text without blanks around it; empty is missing."""
        text = pc.utf8_trim_whitespace(raw.cast(pa.string()))
        return pc.if_else(pc.fill_null(pc.equal(text, ""), True), None, text)


def _plain(value: object) -> str:
    """A raw code as text without blanks; 7.0 and 7 are the same code."""
    if value is None:
        return ""
    if isinstance(value, float):
        if not value.is_integer():
            raise PlainError("A code column holds numbers with decimals; export it as text.")
        return str(int(value))
    return str(value).strip()


def _rows_of(encoded: pa.DictionaryArray) -> np.ndarray:
    """Rows per dictionary value."""
    indices = encoded.indices.drop_null().to_numpy(zero_copy_only=False)
    return np.bincount(indices, minlength=max(len(encoded.dictionary), 1))
