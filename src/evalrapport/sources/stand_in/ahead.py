"""Grows people and their lives in a process of its own, a block ahead of those who settle them.

A block's lives depend on the seed and its number only, so that the second core can work on the next
while the first chooses, reports and lays out. What comes out is the same as from one process.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection

from evalrapport.sources.stand_in import careers, hazards, population

Grown = tuple[population.People, careers.Careers]


def grow(seed: int, block: int, size: int) -> Grown:
    """One block's people and their lives."""
    people = population.make(seed, block, size)
    return people, careers.live(people, hazards.build(), seed)


def grown(seed: int, sizes: Sequence[int]) -> Iterator[Grown]:
    """All blocks in order; at most one waits to be taken.

    Raises:
        RuntimeError: the other process came to an end before its last block.
    """
    if len(sizes) == 1:
        yield grow(seed, 0, sizes[0])
        return
    taking, giving = multiprocessing.Pipe(duplex=False)
    other = multiprocessing.Process(target=give, args=(giving, taking, seed, sizes), daemon=True)
    other.start()
    giving.close()
    try:
        for block in range(len(sizes)):
            try:
                yield taking.recv()
            except EOFError:
                raise RuntimeError(f"The lives of block {block} were not finished.") from None
    finally:
        taking.close()
        other.terminate()
        other.join()


def give(giving: Connection, taking: Connection, seed: int, sizes: Sequence[int]) -> None:
    """Send each block when the one before has been taken; stops when nobody takes any more."""
    taking.close()  # else this process would itself keep open what it waits on
    try:
        for block, size in enumerate(sizes):
            giving.send(grow(seed, block, size))
    except BrokenPipeError:
        return
