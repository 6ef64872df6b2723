"""Nearest neighbour on the propensity, one to one, with replacement, exact ties averaged.

Source: SFI 15:10, ch. 5: the control is the person with the numerically nearest probability; where
several are equally near, their mean stands for the one (footnote 24).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

from evalrapport.errors import PlainError
from evalrapport.results.matching.design import Floats, Indices
from evalrapport.results.matching.windows import nearest_run


@dataclass(frozen=True)
class Matches:
    """Pairs as positions in the two score vectors, ordered by treated and then control.

    Each matched treated person's weights sum to one; `gap` is the distance per treated person
    (NaN where a caliper leaves them unmatched).
    """

    treated: Indices
    control: Indices
    weight: Floats
    gap: Floats

    @property
    def matched(self) -> Indices:
        """Positions of the treated who have a control."""
        return np.flatnonzero(~np.isnan(self.gap))

    def use(self, controls: int) -> tuple[Floats, Floats]:
        """Per control: sum of weights K and sum of squared weights, both of length `controls`."""
        used, *sums = self.used()
        total, squared = np.zeros((2, controls))
        total[used], squared[used] = sums
        return total, squared

    def used(self) -> tuple[Indices, Floats, Floats]:
        """The controls that are used, ascending, with the sum of weights K and of squared ones."""
        used, place = np.unique(self.control, return_inverse=True)
        total = np.bincount(place, self.weight).astype(np.float64)
        return used, total, np.bincount(place, self.weight**2).astype(np.float64)


def nearest(treated: Floats, pool: Floats, caliper: float | None = None) -> Matches:
    """Match each treated score to the nearest pool score(s); O(n log n), no person is dropped.

    `caliper` is a largest distance on the same scale; off by default, as in the report. A treated
    score exactly between two pool scores takes both. Raises PlainError if the pool is empty.
    """
    if len(pool) == 0:
        raise PlainError("There is no one to match with: the pool of controls is empty.")
    order = np.argsort(pool)
    at = np.searchsorted(pool, treated, sorter=order)
    upper = pool[order[np.minimum(at, len(pool) - 1)]]
    lower = pool[order[np.maximum(at - 1, 0)]]
    to_upper, to_lower = np.abs(upper - treated), np.abs(treated - lower)
    gap = np.minimum(to_upper, to_lower)
    if caliper is not None:
        gap = np.where(gap <= caliper, gap, np.nan)
    take_lower = to_lower == gap
    take_upper = (to_upper == gap) & ((upper != lower) | ~take_lower)
    who = np.concatenate([np.flatnonzero(take_lower), np.flatnonzero(take_upper)])
    nearby = np.concatenate([lower[take_lower], upper[take_upper]])
    starts = np.searchsorted(pool, nearby, sorter=order)
    sizes = np.searchsorted(pool, nearby, side="right", sorter=order) - starts
    pairs_treated = np.repeat(who, sizes)
    inside = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    pairs_control = order[np.repeat(starts, sizes) + inside]
    rank = np.lexsort((pairs_control, pairs_treated))
    ties = np.bincount(who, sizes, minlength=len(treated))
    return Matches(pairs_treated[rank], pairs_control[rank], 1.0 / ties[pairs_treated[rank]], gap)


def nearest_several(treated: Floats, pool: Floats, size: int) -> Matches:
    """Match each treated score to the `size` nearest of the pool, ties with the last included.

    All matches of a person weigh alike; `gap` is the distance of the farthest.
    """
    if len(pool) == 0:
        raise PlainError("There is no one to match with: the pool of controls is empty.")
    order = np.argsort(pool, kind="stable")
    ordered = pool[order]
    start, stop = nearest_run(ordered, treated, size)
    count = stop - start
    who = np.repeat(np.arange(len(treated)), count)
    inside = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    control = order[np.repeat(start, count) + inside]
    rank = np.lexsort((control, who))
    reach = np.maximum(np.abs(ordered[start] - treated), np.abs(ordered[stop - 1] - treated))
    return Matches(who[rank], control[rank], (1.0 / count)[who[rank]], reach)


def nearest_within(
    treated: Floats, pool: Floats, treated_group: Indices, pool_group: Indices
) -> Matches:
    """The nearest of the same group; who has nobody in the pool of the group is left unmatched."""
    parts, gap = [], np.full(len(treated), np.nan)
    for group in np.unique(treated_group):
        own = np.flatnonzero(treated_group == group)
        theirs = np.flatnonzero(pool_group == group)
        if len(theirs):
            found = nearest(treated[own], pool[theirs])
            gap[own] = found.gap
            parts.append((own[found.treated], theirs[found.control], found.weight))
    if not parts:
        raise PlainError("There is no one to match with within any of the groups.")
    who, control, weight = (np.concatenate([part[at] for part in parts]) for at in range(3))
    rank = np.lexsort((control, who))
    return Matches(who[rank], control[rank], weight[rank], gap)


def within_reach(matches: Matches, treated: Floats, pool: Floats, reach: float) -> Matches:
    """The matches whose scores (on any scale) are at most `reach` apart; others are unmatched."""
    far = np.abs(treated[matches.treated] - pool[matches.control]) > reach
    gap = matches.gap.copy()
    gap[matches.treated[far]] = np.nan
    kept = ~np.isnan(gap)[matches.treated]
    return Matches(matches.treated[kept], matches.control[kept], matches.weight[kept], gap)


def off_support(treated: Floats, pool: Floats) -> int:
    """How many treated have a score outside the pool's range; reported, never dropped."""
    return int(((treated < pool.min()) | (treated > pool.max())).sum())


def set_hash(treated_id: Indices, control_id: Indices, weight: Floats) -> str:
    """A hash of who is matched with whom, whatever the order of the pairs.

    The weight enters as the number of tied controls, so rounding cannot change the hash.
    """
    order = np.lexsort((control_id, treated_id))
    ties = np.rint(1.0 / weight).astype(np.int64)
    columns = [np.asarray(part, dtype="<i8")[order] for part in (treated_id, control_id, ties)]
    return hashlib.sha256(np.stack(columns).tobytes()).hexdigest()
