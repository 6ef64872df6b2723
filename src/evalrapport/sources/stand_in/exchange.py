"""Exchanges chosen people for others for as long as that brings the margins nearer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evalrapport.sources.stand_in.margins import Flags, Floats, Ints, Margin, Moment

AT_ONCE = 32  # people exchanged at a time at first
PAIRS = 40  # people on each side of whom the best pair is exchanged in the end
AT_A_LOOK = 12  # pairs exchanged at one look
LEAST_GAIN = 1e-6
PATIENCE = 8  # fruitless looks at pairs before the search ends
LOOK_AT = 1_000  # people considered for an exchange


class Search:
    """Exchanges chosen people for others while the squared misses of all cells together fall."""

    def __init__(self, margins: list[Margin], moments: Sequence[Moment], chosen: Flags) -> None:
        self.members, self.others = np.flatnonzero(chosen), np.flatnonzero(~chosen)
        self.cells, self.excess, self.dear = flatten(margins, chosen)
        scale = [m.weight**0.5 / max(float(m.off.std()), 1e-9) for m in moments]
        self.values = np.array([m.off * by for m, by in zip(moments, scale, strict=True)])
        self.values = self.values.reshape(len(moments), len(chosen))
        owed = [m.owed * by for m, by in zip(moments, scale, strict=True)]
        self.off = self.values[:, chosen].sum(axis=1) + np.array(owed)

    def exchange(self, rng: np.random.Generator, chance: Floats) -> None:
        """Many at a time at first, then the best pair of those looked at, until none helps."""
        reach = np.cumsum(chance[self.others])
        at_once, fruitless = AT_ONCE, 0
        while fruitless < PATIENCE and self.far_off():
            out = rng.integers(0, len(self.members), LOOK_AT)
            into = places(reach, rng.random(LOOK_AT) * reach[-1])
            into = into.clip(max=len(self.others) - 1)
            if at_once > 1:
                if not self.many(distinct(out), distinct(into), at_once):
                    at_once //= 2
            else:
                fruitless = 0 if self.best_pairs(out, into) else fruitless + 1

    def far_off(self) -> bool:
        """Whether a cell misses by more than one person (an exact one: by any), or a moment by more
        than two people's standard deviations; the ledger makes good what is left."""
        cells = np.abs(self.excess) > (self.dear <= 1)
        return bool(cells.any() or (np.abs(self.off) > 2).any())

    def gain(self, people: Ints, sign: int) -> Floats:
        """What the cost changes by when each of the people comes (sign 1) or leaves (-1)."""
        price = self.dear * (1 + 2 * sign * self.excess)
        cost = price.take(self.cells.take(people, axis=1)).sum(axis=0)
        values = self.values.take(people, axis=1)
        found: Floats = cost + (values * values + 2 * sign * self.off[:, None] * values).sum(axis=0)
        return found

    def many(self, out: Ints, into: Ints, count: int) -> bool:
        """Exchange the `count` who most want it on each side, if all together it helps."""
        out = out[np.argsort(self.gain(self.members[out], -1), kind="stable")[:count]]
        into = into[np.argsort(self.gain(self.others[into], 1), kind="stable")[:count]]
        count = min(len(out), len(into))
        leaving, coming = self.members[out[:count]], self.others[into[:count]]
        change = moved(self.cells[:, leaving], self.cells[:, coming], len(self.excess))
        shift = self.values[:, coming].sum(axis=1) - self.values[:, leaving].sum(axis=1)
        cost = (self.dear * (2 * self.excess + change) * change).sum()
        if cost + ((2 * self.off + shift) * shift).sum() >= 0:
            return False
        self.excess, self.off = self.excess + change, self.off + shift
        self.members[out[:count]], self.others[into[:count]] = coming, leaving
        return True

    def best_pairs(self, out: Ints, into: Ints) -> bool:
        """Exchange the pairs that lower the cost most, as long as they do; whether any did."""
        leave, come = self.gain(self.members[out], -1), self.gain(self.others[into], 1)
        first, second = least(leave, PAIRS), least(come, PAIRS)
        leaving, coming = self.members[out[first]], self.others[into[second]]
        cost = leave[first][:, None] + come[second][None, :]
        for cells in self.cells:  # where both lie in one cell, nothing changes there
            same = cells[leaving][:, None] == cells[coming][None, :]
            cost -= 2 * self.dear[cells[leaving]][:, None] * same
        cost -= 2 * self.values[:, leaving].T @ self.values[:, coming]
        partner = cost.argmin(axis=1)
        helped = False
        for at in np.argsort(cost[np.arange(len(first)), partner])[:AT_A_LOOK]:
            to = partner[at]
            if cost[at, to] > -LEAST_GAIN:
                break
            helped |= self.swap(int(out[first[at]]), int(into[second[to]]))
        return helped

    def swap(self, out: int, into: int) -> bool:
        """Exchange one member for one of the others, by place, if that lowers the cost now."""
        old, new = self.members[out], self.others[into]
        change = moved(self.cells[:, old], self.cells[:, new], len(self.excess))
        shift = self.values[:, new] - self.values[:, old]
        cost = (self.dear * (2 * self.excess + change) * change).sum()
        if cost + ((2 * self.off + shift) * shift).sum() > -LEAST_GAIN:
            return False
        self.excess, self.off = self.excess + change, self.off + shift
        self.members[out], self.others[into] = new, old
        return True


def places(edges: Floats, marks: Floats) -> Ints:
    """As np.searchsorted, which is twice as fast on sorted marks."""
    order = np.argsort(marks)
    found = np.empty(len(marks), dtype=np.int64)
    found[order] = np.searchsorted(edges, marks[order])
    return found


def distinct(values: Ints) -> Ints:
    """Each value once, ascending: as np.unique, which hashes first and is slower on so few."""
    ordered = np.sort(values)
    first = np.ones(len(ordered), dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def least(values: Floats, count: int) -> Ints:
    """Places of the `count` smallest."""
    if len(values) <= count:
        return np.arange(len(values))
    return np.argpartition(values, count)[:count]


def moved(out: Ints, into: Ints, length: int) -> Floats:
    """How the cells change when people leave (cells `out`) and others come (cells `into`)."""
    change = np.bincount(into.ravel(), minlength=length) - np.bincount(
        out.ravel(), minlength=length
    )
    change[-1] = 0
    result: Floats = change.astype(float)
    return result


def flatten(margins: list[Margin], chosen: Flags) -> tuple[Ints, Floats, Floats]:
    """All margins' cells numbered on, (margins, pool); found minus target, and weight, by cell.

    The last cell is for people outside a margin; nothing is wanted of it."""
    starts = np.cumsum([0, *(len(margin.targets) for margin in margins)])
    outside = int(starts[-1])
    cells = np.stack(
        [
            np.where(margin.codes >= 0, margin.codes + start, outside)
            for margin, start in zip(margins, starts[:-1], strict=True)
        ]
    )
    wanted = np.concatenate([*(margin.targets for margin in margins), [0]]).astype(float)
    found = np.bincount(cells[:, chosen].ravel(), minlength=outside + 1)
    excess: Floats = found - wanted
    excess[-1] = 0.0
    dear = np.concatenate([*(np.full(len(m.targets), m.weight) for m in margins), [0.0]])
    return cells, excess, dear
