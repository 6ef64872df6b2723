"""Numbers as they are published: so many decimals, halves rounded up, a decimal point."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def rounded(number: str, decimals: int) -> str:
    """The text of a number with exactly that many decimals; -0.04 with one decimal is 0.0.

    The number's own decimal text is rounded, not its binary neighbour, so 2.45 gives 2.5.
    """
    value = Decimal(number).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return str(value.copy_abs() if value.is_zero() else value)
