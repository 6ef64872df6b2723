"""Numbers that respondents answer with, so that published means and medians come out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def spread(
    count: int, anchors: Sequence[tuple[float, float]], total: float, step: float = 1.0
) -> Floats:
    """Ascending numbers through the anchors, whose sum is `total`.

    Args:
        count: how many numbers.
        anchors: (place from 0 to 1, value), ascending; between them the numbers rise evenly. An
            anchor at 0.5 is the median.
        total: the sum, a multiple of `step`; reached by moving the numbers of the last stretch.
        step: what the numbers are multiples of.
    """
    places, values = zip(*anchors, strict=True)
    rank = np.arange(count) / (count - 1)
    numbers: Floats = np.round(np.interp(rank, places, values) / step) * step
    middle = anchors[len(anchors) // 2][1] if len(anchors) == 3 else dict(anchors).get(0.5)
    if middle is not None:
        numbers[(count - 1) // 2 : count // 2 + 1] = middle
    floor = values[-2]
    movable = np.flatnonzero(rank > max(places[-2], 0.5))
    off = round((total - float(numbers.sum())) / step)
    while off:
        for place in movable[::-1]:
            if off > 0 or numbers[place] - step >= floor:
                numbers[place] += step * np.sign(off)
                off -= int(np.sign(off))
            if not off:
                break
    return numbers


def ages(bands: Sequence[tuple[int, int, int]], total: int) -> NDArray[np.int64]:
    """Ages with so many in each band (lowest, highest, people) and a given sum."""
    years = np.concatenate([np.round(np.linspace(low, high, n)) for low, high, n in bands if n])
    low = np.concatenate([np.full(n, low) for low, _, n in bands])
    high = np.concatenate([np.full(n, high) for _, high, n in bands])
    off = total - int(years.sum())
    while off:
        before = off
        for place in range(len(years)):
            moved = years[place] + np.sign(off)
            if off and low[place] <= moved <= high[place]:
                years[place] = moved
                off -= int(np.sign(off))
        if off == before:
            raise ValueError(f"ages in {bands} can't add up to {total}")
    return years.astype(np.int64)


def face_to_face(contact: Floats, total: float, step: float = 0.5) -> Floats:
    """Hours face to face: those of contact, lessened by steps until their sum is `total`."""
    hours = contact.copy()
    while hours.sum() - total >= step:
        for place in np.argsort(-hours, kind="stable"):
            if hours.sum() - total < step:
                break
            hours[place] = max(step, hours[place] - step)
    return hours


def loads(
    rng: np.random.Generator,
    start: tuple[Floats, Floats],
    mean_hours: float,
    mean_ratio: float,
    at_most: Floats | None = None,
) -> tuple[Floats, Floats]:
    """Hours and citizens at a time, with a given mean of hours and mean of hours per citizen.

    Small random changes of one mentor at a time are kept as long as they bring both means nearer;
    citizens stay as they are where the hours have an upper end (`at_most`).
    """
    hours, citizens = start[0].copy(), start[1].copy()
    count = len(hours)
    for _ in range(60_000):
        off = hours.sum() / count - mean_hours, (hours / citizens).sum() / count - mean_ratio
        if abs(off[0]) < 0.0035 and abs(off[1]) < 0.02:
            return hours, citizens
        place = int(rng.integers(count))
        new_hours = hours[place] + rng.choice([-0.5, 0.0, 0.5])
        new_citizens = citizens[place] + (rng.choice([-1, 0, 1]) if at_most is None else 0)
        limit = 37.0 if at_most is None else at_most[place]
        if not (0.5 <= new_hours <= limit and new_citizens >= 1) or hours[place] > 37:
            continue
        moved = (
            (new_hours - hours[place]) / count,
            (new_hours / new_citizens - hours[place] / citizens[place]) / count,
        )
        before = sum(one**2 for one in off)
        if sum((one + change) ** 2 for one, change in zip(off, moved, strict=True)) < before:
            hours[place], citizens[place] = new_hours, new_citizens
    raise ValueError(f"no hours with these means were found; off by {off}")
