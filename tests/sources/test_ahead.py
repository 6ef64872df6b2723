"""Blocks grown in another process are those grown here; its end is told."""

import numpy as np
import pytest

from evalrapport.sources.stand_in import ahead


def test_blocks_come_in_order_and_are_those_grown_here() -> None:
    sizes = [900, 1_000, 800]
    for block, (people, lives) in enumerate(ahead.grown(7, sizes)):
        own_people, own_lives = ahead.grow(7, block, sizes[block])
        assert people.block == block
        assert np.array_equal(people.person_id, own_people.person_id)
        assert np.array_equal(lives.weeks, own_lives.weeks)
        assert np.array_equal(lives.months, own_lives.months)


def test_one_block_needs_no_other_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead.multiprocessing, "Process", None)
    assert len(list(ahead.grown(7, [900]))) == 1


def test_a_process_that_dies_is_told_of() -> None:
    with pytest.raises(RuntimeError, match="block 0 were not finished"):
        list(ahead.grown(-1, [900, 900]))  # no stream has a negative seed


def test_it_ends_when_nobody_takes_any_more() -> None:
    blocks = ahead.grown(7, [900] * 4)
    next(blocks)
    blocks.close()
    assert ahead.multiprocessing.active_children() == []
