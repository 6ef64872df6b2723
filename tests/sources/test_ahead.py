"""Blocks made in another process are those made here; its end is told."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest

import evalrapport.contracts as contracts
from evalrapport.sources.stand_in import ahead, chosen, denmark
from evalrapport.sources.stand_in.selection import Settings

CODES = {path.stem: path for path in (Path(contracts.__file__).parent / "codes").glob("*.csv")}
PUBLISHED = {path.stem: path for path in Path("data/published/evaluering").glob("*.csv")}


def numbers(count: int) -> Iterator[np.ndarray]:
    for number in range(count):
        yield np.full(200_000, number)


def one_and_no_more() -> Iterator[int]:
    yield 7
    raise SystemExit(1)


def test_items_come_in_order_and_whole() -> None:
    found = list(ahead.items(partial(numbers, 5)))
    assert [item[0] for item in found] == [0, 1, 2, 3, 4]
    assert all((item == item[0]).all() and len(item) == 200_000 for item in found)


def test_blocks_are_those_chosen_here_with_what_the_one_before_missed() -> None:
    plan = denmark.plan(Settings(0.001, 7, 0.5, 0.0), CODES, PUBLISHED)
    make = partial(chosen.every_block, plan, [3_000, 2_900])
    for other, own in zip(ahead.items(make), make(), strict=True):
        assert other.people.block == own.people.block
        for part, names in {
            "people": ("person_id", "resources"),
            "lives": ("weeks", "months", "match", "dream"),
            "starts": ("person", "day", "described"),
        }.items():
            for name in names:
                theirs, ours = (getattr(getattr(one, part), name) for one in (other, own))
                assert np.array_equal(theirs, ours), (part, name)


def test_a_process_that_dies_is_told_of() -> None:
    blocks = ahead.items(one_and_no_more)
    assert next(blocks) == 7
    with pytest.raises(RuntimeError, match="Block 1 was not finished"):
        next(blocks)
    assert ahead.multiprocessing.active_children() == []


def test_it_ends_when_nobody_takes_any_more() -> None:
    blocks = ahead.items(partial(numbers, 50))
    next(blocks)
    blocks.close()
    assert ahead.multiprocessing.active_children() == []
