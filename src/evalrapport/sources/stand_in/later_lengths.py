"""Months and hours of the episodes started in 2015-16, dealt so that each municipality's mean fits.

The months of all episodes are one deck with the note's shares (figure 3); hours are whole or half.
Cards are exchanged between municipalities until every one has the sum that its printed mean asks.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from evalrapport.sources.stand_in.later_targets import Targets

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
LONGEST = 42
# ASSUME: how the episodes of at most a year divide that last neither 3, 6 nor 12 months.
SHORT = {0: 10, 1: 35, 2: 50, 4: 65, 5: 50, 7: 40, 8: 35, 9: 35, 10: 20, 11: 18}
# ASSUME: whole years and half years are common beyond a year.
COMMON = {18: 2.2, 24: 2.2, 36: 1.8, 13: 1.4}
HOURS = np.array([0.5, 1, 2, 3, 4, 5, 6, 8, 10])
HOURS_SHARES = np.array([0.01, 0.33, 0.30, 0.15, 0.07, 0.06, 0.03, 0.03, 0.02])
FULL_TIME = 37.0  # ASSUME: a mean far beyond the others comes from weeks registered as full time
FAR = 10.0


def shares(targets: Targets, mean: float) -> Floats:
    """Share of episodes by whole months 0..LONGEST, with the printed shares and this mean."""
    result = np.zeros(LONGEST + 1)
    for months, share in targets.lasting.items():
        result[months] = share
    short = np.array(list(SHORT.values()), dtype=float)
    left = targets.up_to_a_year - sum(targets.lasting.values())
    result[list(SHORT)] = left * short / short.sum()
    beyond = np.arange(13, LONGEST + 1)
    weight = np.array([COMMON.get(int(k), 1.0) for k in beyond])
    rest = (mean - (result * np.arange(LONGEST + 1)).sum()) / (1 - targets.up_to_a_year)
    result[beyond] = (1 - targets.up_to_a_year) * tilted(weight, beyond, rest)
    return result


def tilted(weight: Floats, values: Ints, mean: float) -> Floats:
    """Shares of values with a given mean: weights times exp(a * value), a by halving."""
    low, high = -2.0, 2.0
    for _ in range(60):
        middle = (low + high) / 2
        found = weight * np.exp(middle * (values - values.mean()))
        low, high = (middle, high) if (found * values).sum() < mean * found.sum() else (low, middle)
    result: Floats = found / found.sum()
    return result


def months_deck(rng: np.random.Generator, targets: Targets, wanted: Ints) -> Ints:
    """As many months as there are episodes, in random order, that add up to the wanted sums."""
    count = int(targets.started.sum())
    share = shares(targets, wanted.sum() / max(count, 1))
    edges = np.rint(np.cumsum(share) * count).astype(np.int64)
    deck = np.repeat(np.arange(LONGEST + 1), np.diff(edges, prepend=0))
    long = np.flatnonzero(deck > 13)
    gap = int(wanted.sum() - deck.sum())
    while gap and len(long):
        some = rng.permutation(long)[: abs(gap)]
        deck[some] = (deck[some] + np.sign(gap)).clip(14, LONGEST + 6)
        left = int(wanted.sum() - deck.sum())
        gap = 0 if left == gap else left
    return rng.permutation(deck)


def months(rng: np.random.Generator, targets: Targets, place: Ints) -> Ints:
    """Whole months of each episode of 2015; `place` is its municipality's index."""
    wanted = np.rint(targets.started * targets.months).astype(np.int64)
    deck = months_deck(rng, targets, wanted)
    return exchanged(rng, deck, place, wanted)


def exchanged(rng: np.random.Generator, deck: Ints, place: Ints, wanted: Ints) -> Ints:
    """Cards exchanged between the place farthest from its sum and others until all sums are met.

    Each exchange lowers the squared misses of the two; a small place that has no fitting card
    hands its miss to a larger one."""
    held = [np.flatnonzero(place == index) for index in range(len(wanted))]
    own = np.array([index for index, cards in enumerate(held) if len(cards)])
    excess = np.bincount(place, deck, len(wanted)).astype(np.int64) - wanted
    for _ in range(8 * len(deck) + 400):
        far = int(own[np.abs(excess[own]).argmax()])
        if abs(excess[far]) == 0:
            break
        opposite = own[np.sign(excess[own]) == -np.sign(excess[far])]
        other = int(rng.choice(opposite if len(opposite) and rng.random() < 0.7 else own))
        if other == far:
            continue
        one = held[far][rng.permutation(len(held[far]))[:40]]
        two = held[other][rng.permutation(len(held[other]))[:40]]
        gain = deck[one][:, None] - deck[two][None, :]
        miss = (excess[far] - gain) ** 2 + (excess[other] + gain) ** 2
        a, b = np.unravel_index(miss.argmin(), miss.shape)
        if miss[a, b] < excess[far] ** 2 + excess[other] ** 2:
            moved = int(gain[a, b])
            deck[one[a]], deck[two[b]] = deck[two[b]], deck[one[a]].copy()
            excess[far] -= moved
            excess[other] += moved
    return deck


def hours(rng: np.random.Generator, targets: Targets, place: Ints) -> Floats:
    """Weekly hours of each episode of 2015."""
    result = HOURS[rng.choice(len(HOURS), len(place), p=HOURS_SHARES / HOURS_SHARES.sum())]
    for index, mean in enumerate(targets.hours):
        own = np.flatnonzero(place == index)
        if len(own):
            result[own] = of_place(rng, result[own], float(mean))
    return result


def of_place(rng: np.random.Generator, drawn: Floats, mean: float) -> Floats:
    """A municipality's hours brought to its mean, to within half an hour of the sum."""
    wanted = round(2 * len(drawn) * mean) / 2
    result = drawn.copy()
    if mean > FAR:
        usual = 2.4
        result[: round(len(drawn) * (mean - usual) / (FULL_TIME - usual))] = FULL_TIME
    free = np.flatnonzero(result < FULL_TIME)
    room = wanted - result[result >= FULL_TIME].sum()
    if len(free) and room > 0:
        scaled = result[free] * room / result[free].sum()
        result[free] = np.where(scaled < 1.25, np.rint(2 * scaled) / 2, np.rint(scaled)).clip(0.5)
    for _ in range(20 * len(drawn) + 20):
        gap = wanted - result.sum()
        if abs(gap) < 0.5:
            break
        for size in (1.0, 0.5):
            step = np.sign(gap) * size
            able = free[(result[free] + step >= 0.5) & (result[free] + step <= 20)]
            if size <= abs(gap) and len(able):
                result[rng.choice(able)] += step
                break
        else:
            break
    return result
