"""Windows that end at each person's own point, against counting one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalrapport.datasets.windows import counts_before, month_index, values_before, week_index


def days(*texts: str) -> np.ndarray:
    return np.array(texts, dtype="datetime64[D]")


def test_the_first_sunday_of_2012_lies_in_the_last_week_of_2011() -> None:
    index = week_index(days("2011-12-25", "2012-01-01", "2012-01-02"), (2011, 52))
    assert index.tolist() == [-1, 0, 1]


def test_weeks_count_on_through_week_53() -> None:
    assert week_index(days("2009-12-31", "2010-01-04"), (2009, 52)).tolist() == [1, 2]


def test_months_are_counted_from_the_first() -> None:
    index = month_index(days("2008-01-31", "2009-01-01", "2007-12-31"), (2008, 1))
    assert index.tolist() == [0, 12, -1]


def test_the_column_of_the_start_itself_is_not_counted() -> None:
    flags = np.array([[False, True, True, True]])
    assert counts_before(flags, np.array([3]), 3).tolist() == [2]


@given(st.data())
def test_counts_agree_with_slicing(data: st.DataObject) -> None:
    width = data.draw(st.integers(1, 6))
    periods = data.draw(st.integers(width, 12))
    ends = data.draw(st.lists(st.integers(width, periods), min_size=1, max_size=6))
    seed = data.draw(st.integers(0, 1000))
    matrix = np.random.default_rng(seed).integers(0, 3, (len(ends), periods))
    sliced = [row[end - width : end] for row, end in zip(matrix, ends, strict=True)]
    assert counts_before(matrix > 1, np.array(ends), width).tolist() == [
        int((part > 1).sum()) for part in sliced
    ]
    assert values_before(matrix, np.array(ends), width).tolist() == [
        part[::-1].tolist() for part in sliced
    ]


def test_one_end_for_all_is_the_same_as_many_equal_ends() -> None:
    flags = np.random.default_rng(1).random((5, 9)) > 0.5
    assert (counts_before(flags, 7, 4) == counts_before(flags, np.full(5, 7), 4)).all()


@pytest.mark.parametrize("end", [2, 5])
def test_a_window_outside_the_matrix_is_refused(end: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        counts_before(np.zeros((1, 4), dtype=bool), np.array([end]), 3)


def test_the_layout_in_memory_does_not_matter() -> None:
    flags = np.random.default_rng(2).random((6, 20)) > 0.4
    ends = np.array([5, 9, 12, 15, 18, 20])
    assert (counts_before(flags, ends, 5) == counts_before(np.asfortranarray(flags), ends, 5)).all()
