"""What can be done beside the work at hand: the next item is made, or the last one written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
END = object()


def ahead(items: Iterator[T]) -> Iterator[T]:
    """The items, each of them made in a thread while its predecessor is worked on."""
    with ThreadPoolExecutor(1) as pool:
        coming: Future[T | object] = pool.submit(next, items, END)
        while (item := coming.result()) is not END:
            coming = pool.submit(next, items, END)
            yield item  # type: ignore[misc]


@contextmanager
def behind(write: Callable[[T], object]) -> Iterator[Callable[[T], None]]:
    """`write`, done in a thread while the next is made: one at a time, in order, all at the end.

    What goes wrong in it is raised at the next call, or at the end.
    """
    with ThreadPoolExecutor(1) as pool:
        last: list[Future[object]] = []

        def put(item: T) -> None:
            if last:
                last.pop().result()
            last.append(pool.submit(write, item))

        yield put
        if last:
            last.pop().result()
