"""Work on stripes of people by any number of threads, with sums that do not depend on how many.

The people are cut into stripes of a fixed size; each stripe's part is worked out by one thread, and
the parts are put together in the order of the stripes. So one core and twenty give the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

STRIPE_ROWS = 32_768
BLOCK_ROWS = 2048

# One BLAS thread in each of ours: a library that splits a product over cores sums it differently.
one_thread = threadpool_limits.wrap(limits=1, user_api="blas")


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spans(start: int, stop: int, size: int) -> list[slice]:
    """Slices of `size` that cover start to stop, in order."""
    return [slice(a, min(a + size, stop)) for a in range(start, stop, size)]


def in_order(
    work: Callable[[slice], Any], people: int, size: int = STRIPE_ROWS, threads: int | None = None
) -> Iterator[Any]:
    """`work` of each stripe, in the order of the stripes, whichever thread was first.

    At most a few stripes are ahead of the one handed out, so their results do not pile up.
    """
    stripes = iter(spans(0, people, size))
    wanted = min(threads or cores(), -(-people // size))
    if wanted <= 1:
        yield from map(work, stripes)
        return
    with ThreadPoolExecutor(wanted) as pool:
        waiting = [pool.submit(work, stripe) for stripe in islice(stripes, 2 * wanted)]
        while waiting:
            yield waiting.pop(0).result()
            waiting.extend(pool.submit(work, stripe) for stripe in islice(stripes, 1))


def everywhere(
    work: Callable[[slice], None], people: int, size: int = STRIPE_ROWS, threads: int | None = None
) -> None:
    """`work` of each stripe, done for what it writes."""
    for _ in in_order(work, people, size, threads):
        pass
