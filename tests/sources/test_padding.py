"""Numbers as text of fixed width, as Arrow itself would write and pad them."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from evalrapport.sources.stand_in.padding import padded

NUMBERS = np.array([0, 7, 9_999, 10_000, 123_456_789, 9_000_000_049, 999_999_999_999])


@pytest.mark.parametrize("width", [12, 13, 14, 16])
def test_as_arrow_pads(width: int) -> None:
    expected = pc.utf8_lpad(pa.array(NUMBERS).cast(pa.string()), width, "0")
    found = padded(NUMBERS, width)
    found.validate(full=True)
    assert found.equals(expected)


def test_cells_that_are_not_filled_are_empty_text() -> None:
    found = padded(np.array([5, -1, 6, -1]), 3, np.array([True, False, True, False]))
    found.validate(full=True)
    assert found.to_pylist() == ["005", "", "006", ""]
    assert padded(np.empty(0, dtype=np.int64), 12).to_pylist() == []


def test_a_number_too_long_is_refused_and_not_quoted() -> None:
    with pytest.raises(ValueError, match="more than 3 digits") as told:
        padded(np.array([12, 4_321]), 3)
    assert "4321" not in str(told.value)
