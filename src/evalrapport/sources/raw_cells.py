"""What stands in a raw cell: missing, a code, a number; and which rows have it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

MISSING = ("", ".")


def fraction(raw: pa.Array) -> pa.Array:
    return pc.fill_null(pc.not_equal(raw, pc.floor(raw)), False)


def is_text(raw: pa.Array) -> bool:
    kind = raw.type
    return bool(
        pa.types.is_dictionary(kind) or pa.types.is_string(kind) or pa.types.is_large_string(kind)
    )


def plain(value: object) -> str:
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


def whole_number(text: str) -> int | None:
    return int(text) if text.removeprefix("-").isdecimal() and text.isascii() else None


def decimal_number(text: str) -> float | None:
    """A number with at most one point or comma, which is the decimal sign."""
    plain = text.replace(",", ".")
    parts = plain.removeprefix("-").split(".")
    if not plain.isascii() or len(parts) > 2 or not all(part.isdecimal() for part in parts):
        return None
    return float(plain)


def is_mark(value: object) -> bool:
    """Whether a text stands for a missing value without being empty."""
    return isinstance(value, str) and value != "" and value.strip() in MISSING


def count_marks(raw: pa.Array, text: pa.Array) -> int:
    marked = pc.and_(pc.is_in(text, pa.array(MISSING)), pc.not_equal(raw, ""))
    return pc.sum(pc.fill_null(marked, False)).as_py() or 0


def by_value(raw: pa.Array) -> tuple[pa.DictionaryArray, np.ndarray]:
    """The column as a dictionary, and the rows per distinct value."""
    encoded = raw if pa.types.is_dictionary(raw.type) else pc.dictionary_encode(raw)
    indices = encoded.indices.drop_null().to_numpy(zero_copy_only=False)
    return encoded, np.bincount(indices, minlength=max(len(encoded.dictionary), 1))


def rows_of(rows: np.ndarray, which: list[bool]) -> int:
    return int(rows[: len(which)][which].sum()) if any(which) else 0


def rows_with(encoded: pa.DictionaryArray, which: list[bool], nulls: bool = False) -> np.ndarray:
    """Which rows hold one of the distinct values (and, if `nulls`, which hold none)."""
    if not any(which) and not (nulls and encoded.null_count):
        return np.zeros(0, dtype=bool)
    place = pc.fill_null(encoded.indices.cast(pa.int32()), len(which))
    return np.array([*which, nulls])[np.asarray(place)]
