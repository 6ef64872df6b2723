"""Items made ahead and written behind: the same as one after another, faults included."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from evalrapport.beside import ahead, behind


def test_the_items_come_in_order_and_are_made_elsewhere() -> None:
    makers = set()

    def items() -> Iterator[int]:
        for item in range(5):
            makers.add(threading.get_ident())
            yield item

    assert list(ahead(items())) == [0, 1, 2, 3, 4]
    assert threading.get_ident() not in makers
    assert list(ahead(iter(()))) == []


def test_the_next_is_begun_while_the_last_is_worked_on() -> None:
    begun = threading.Event()

    def items() -> Iterator[int]:
        yield 1
        begun.set()
        yield 2

    found = ahead(items())
    assert next(found) == 1
    assert begun.wait(10)
    assert list(found) == [2]


def test_a_fault_in_the_making_is_raised_where_its_item_would_have_come() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("the second")

    found = ahead(items())
    assert next(found) == 1
    with pytest.raises(ValueError, match="the second"):
        next(found)


def test_all_is_written_in_order_before_the_end() -> None:
    written: list[int] = []
    with behind(written.append) as put:
        for item in range(5):
            put(item)
    assert written == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("items", [[0, 1], [0, 1, 2]])
def test_a_fault_in_the_writing_is_raised(items: list[int]) -> None:
    def write(item: int) -> None:
        if item == 1:
            raise OSError("the disk is full")

    def write_all() -> None:
        with behind(write) as put:
            for item in items:
                put(item)

    with pytest.raises(OSError, match="full"):
        write_all()
