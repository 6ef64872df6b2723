"""Matching, held against MatchIt and against examples made by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matching_reference import DATA, reference

from evalrapport.errors import PlainError
from evalrapport.results.matching.logit import fit
from evalrapport.results.matching.nearest_neighbour import nearest, off_support, set_hash


def test_pairs_equal_those_of_matchit() -> None:
    ref = reference()
    score, ids = fit(ref.design, ref.treated).probability, ref.frame["id"].to_numpy()
    found = nearest(score[ref.treated], score[~ref.treated])
    ours = pd.DataFrame(
        {
            "treated_id": ids[ref.treated][found.treated],
            "control_id": ids[~ref.treated][found.control],
        }
    )
    theirs = pd.read_csv(DATA / "matchit-pairs.csv")
    pd.testing.assert_frame_equal(ours.sort_values("treated_id", ignore_index=True), theirs)


def test_the_matched_set_has_one_hash_whatever_the_order_of_the_rows() -> None:
    hashes = set()
    for seed in (None, 1, 2):
        order = None if seed is None else np.random.default_rng(seed).permutation(4000)
        ref = reference(order)
        score, ids = fit(ref.design, ref.treated).probability, ref.frame["id"].to_numpy()
        found = nearest(score[ref.treated], score[~ref.treated])
        pairs = ids[ref.treated][found.treated], ids[~ref.treated][found.control]
        hashes.add(set_hash(*pairs, found.weight))
    assert len(hashes) == 1


def test_the_hash_tells_one_pair_from_another() -> None:
    weight = np.array([1.0, 1.0])
    one = set_hash(np.array([1, 2]), np.array([7, 8]), weight)
    assert one == set_hash(np.array([2, 1]), np.array([8, 7]), weight)
    assert one != set_hash(np.array([1, 2]), np.array([8, 7]), weight)
    assert one != set_hash(np.array([1, 1]), np.array([7, 8]), weight / 2)


def test_ties_share_the_weight() -> None:
    found = nearest(np.array([0.30, 0.50]), np.array([0.20, 0.31, 0.31, 0.31, 0.90]))
    assert found.treated.tolist() == [0, 0, 0, 1, 1, 1]
    assert found.control.tolist() == [1, 2, 3, 1, 2, 3]
    assert found.weight == pytest.approx(np.full(6, 1 / 3))
    total, squared = found.use(5)
    assert total == pytest.approx([0, 2 / 3, 2 / 3, 2 / 3, 0])
    assert squared == pytest.approx([0, 2 / 9, 2 / 9, 2 / 9, 0])


def test_a_score_in_the_middle_takes_both_sides() -> None:
    found = nearest(np.array([0.5]), np.array([0.25, 0.75, 0.75]))
    assert found.control.tolist() == [0, 1, 2]
    assert found.weight == pytest.approx(np.full(3, 1 / 3))
    assert found.gap.tolist() == [0.25]


@pytest.mark.parametrize(("score", "control"), [(0.05, 0), (0.95, 1), (0.8, 1)])
def test_scores_outside_the_pool_take_its_end(score: float, control: int) -> None:
    found = nearest(np.array([score]), np.array([0.1, 0.8]))
    assert found.control.tolist() == [control]
    assert off_support(np.array([score]), np.array([0.1, 0.8])) == int(not 0.1 <= score <= 0.8)


def test_nearest_is_that_of_a_full_search() -> None:
    rng = np.random.default_rng(8)
    treated, pool = rng.random(60).round(2), rng.random(300).round(2)
    found = nearest(treated, pool)
    distance = np.abs(treated[:, None] - pool[None, :])
    for at in range(60):
        wanted = np.flatnonzero(distance[at] == distance[at].min())
        assert found.control[found.treated == at].tolist() == wanted.tolist()


def test_a_caliper_leaves_the_far_unmatched() -> None:
    found = nearest(np.array([0.1, 0.9]), np.array([0.11, 0.2]), caliper=0.05)
    assert found.matched.tolist() == [0]
    assert found.treated.tolist() == [0]
    assert np.isnan(found.gap[1])


def test_an_empty_pool_is_said_plainly() -> None:
    with pytest.raises(PlainError, match="no one to match with"):
        nearest(np.array([0.1]), np.array([]))


def test_all_controls_tied_are_all_averaged() -> None:
    found = nearest(np.array([0.4]), np.full(5, 0.1))
    assert found.weight == pytest.approx(np.full(5, 0.2))
