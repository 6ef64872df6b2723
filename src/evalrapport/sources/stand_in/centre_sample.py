"""Job centres drawn over clusters of municipalities, so that they differ as much as can be.

Every cluster gives as many as every other, as far as it has them; which they are is drawn.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalrapport.sources.stand_in.streams import stream

# ASSUME: six clusters that the job centres are dealt over by chance; which municipalities share a
# cluster, and how many clusters there are, is not told.
CLUSTERS = 6


def shared_out(sizes: pd.Series, total: int) -> pd.Series:
    """How many are drawn from each cluster: the same number from all, small ones used up first.

    Args:
        sizes: cluster → how many job centres it has.

    Raises:
        ValueError: more are to be drawn than there are.
    """
    if total > int(sizes.sum()):
        raise ValueError(f"{total} can't be drawn of {int(sizes.sum())}")
    drawn = pd.Series(0, index=sizes.index)
    for _ in range(total):
        room = drawn[drawn < sizes]
        drawn[room.index[int(room.to_numpy().argmin())]] += 1
    return drawn


def frame(seed: int, centres: int, total: int) -> pd.DataFrame:
    """One row per job centre: frame_id, cluster, udtrukket and, if drawn, centre_id.

    The ids of the drawn go round the clusters, so that no run of them lies in one.
    """
    rng = stream(seed, "interview_frame")
    found = pd.DataFrame({"frame_id": [f"C{number:03d}" for number in range(1, centres + 1)]})
    dealt = rng.permutation(np.arange(centres) % CLUSTERS)
    found["cluster"] = [f"K{one + 1}" for one in dealt]
    wanted = shared_out(found["cluster"].value_counts().sort_index(), total)
    places: list[list[int]] = [
        sorted(rng.choice(found.index[found["cluster"] == cluster], number, replace=False))
        for cluster, number in wanted.items()
    ]
    rounds = [own[turn] for turn in range(max(wanted)) for own in places if turn < len(own)]
    found["udtrukket"] = "nej"
    found.loc[rounds, "udtrukket"] = "ja"
    found["centre_id"] = None
    found.loc[rounds, "centre_id"] = [f"JC{number:02d}" for number in range(1, total + 1)]
    return found
