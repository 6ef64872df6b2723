"""Makes things in a process of its own, ahead of whoever takes them.

The lives of a block of people and the choices among them don't depend on what is done with the
block before: so the second core can work on the next block while the first reports, lays out and
writes. What comes out is the same as from one process.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import Any, TypeVar

T = TypeVar("T")


def items(make: Callable[[], Iterator[T]]) -> Iterator[T]:
    """What `make` yields, in order; one waits to be taken while the other process makes another.

    Args:
        make: can be handed to another process; what it yields too, and is never None.

    Raises:
        RuntimeError: the other process came to an end before its last item.
    """
    taking, giving = multiprocessing.Pipe(duplex=False)
    other = multiprocessing.Process(target=give, args=(giving, taking, make), daemon=True)
    other.start()
    giving.close()
    receiver = ThreadPoolExecutor(1)
    try:
        count, coming = 0, receiver.submit(taking.recv)
        while (item := taken(coming, count)) is not None:
            count, coming = count + 1, receiver.submit(taking.recv)
            yield item
    finally:
        other.terminate()  # its end of the pipe closes, so that the receiver waits no longer
        other.join()
        receiver.shutdown()
        taking.close()


def taken(coming: Future[Any], count: int) -> Any:
    """The next item, None after the last."""
    try:
        return coming.result()
    except EOFError:
        raise RuntimeError(f"Block {count} was not finished by the process ahead.") from None


def give(giving: Connection, taking: Connection, make: Callable[[], Iterator[T]]) -> None:
    """Send each item when the one before has been taken; stops when nobody takes any more."""
    taking.close()  # else this process would itself keep open what it waits on
    try:
        for item in make():
            giving.send(item)
        giving.send(None)
    except BrokenPipeError:
        return
