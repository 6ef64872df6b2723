"""The mentors of the stand-in survey: dealt answers, and numbers with the published means."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalrapport.sources.stand_in import survey_numbers as numbers
from evalrapport.sources.stand_in.streams import stream
from evalrapport.sources.stand_in.survey_people import (
    SECTORS,
    Counts,
    answered,
    hand_out,
    start,
)

Anchors = list[tuple[float, float]]
# Table 4.1: anchors and mean, chosen within the rounding so that the figures of all come out too.
NUMBERS: dict[str, dict[str, tuple[Anchors, float]]] = {
    "erhvervserfaring": {
        "privat": ([(0, 5), (0.5, 28), (1, 46)], 28.0),
        "kommunal": ([(0, 6), (0.5, 28), (1, 45)], 28.0),
    },
    "mentorerfaring": {
        "privat": ([(0, 0), (0.5, 4), (1, 25)], 6.2),
        "kommunal": ([(0, 0), (0.5, 4), (1, 20)], 5.2),
    },
    "borgere": {
        "privat": ([(0, 1), (0.5, 5), (0.8, 10), (1, 300)], 24.0),
        "kommunal": ([(0, 2), (0.16, 10), (0.5, 25), (1, 120)], 38.0),
    },
}
COURSE: dict[str, tuple[Anchors, float]] = {
    "privat": ([(0, 2), (0.5, 21), (1, 150)], 38.3),
    "kommunal": ([(0, 3), (0.48, 20), (0.5, 22), (1, 150)], 37.3),
}
# Table 4.5: those who answer, mean hours and mean hours per citizen (of contact, face to face).
LOADS = {
    "privat": (135, (14.045, 10.5), (4.5, 4.1)),
    "kommunal": (125, (18.245, 14.3), (2.4, 2.0)),
}
# ASSUME: two ways of being a mentor, for a few citizens or as an occupation for many. That is what
# lets the hours per citizen fall so little from contact to face to face while the hours fall by a
# fourth. Mentors with many; hours of those with few and with many; citizens of either.
WAYS = {
    "privat": (36, (2, 15), (24, 36), (1, 2), (10, 18)),
    "kommunal": (60, (2, 12), (22, 36), (2, 4), (14, 24)),
}


def mentors(seed: int, counts: Counts) -> pd.DataFrame:
    """The mentors: one row per interview, typed answers and numbers."""
    rng = stream(seed, "survey_mentors")
    people = start(rng, SECTORS, "sektor")
    frame = people.join(answered(rng, "mentors", people, "sektor", counts))
    for sector, size in SECTORS.items():
        own = frame.index[frame["sektor"] == sector]
        for name, by_sector in NUMBERS.items():
            anchors, mean = by_sector[sector]
            drawn = numbers.spread(size, anchors, round(mean * size))
            frame.loc[own, name] = hand_out(rng, own, drawn)
        taught = own[frame.loc[own, "kursus"] == "ja"]
        anchors, mean = COURSE[sector]
        hours = numbers.spread(len(taught), anchors, round(mean * len(taught)))
        frame.loc[taught, "kursustimer"] = hand_out(rng, taught, hours)
        speaking = own[np.argsort(frame.loc[own, "talkative"], kind="stable")][-LOADS[sector][0] :]
        times = mentor_hours(rng, speaking, sector)
        frame.loc[speaking, times.columns.tolist()] = times
    return frame.drop(columns=["content", "talkative", "sektor"])


def mentor_hours(rng: np.random.Generator, people: pd.Index, sector: str) -> pd.DataFrame:
    """Hours as answered, and citizens at a time. Two of each sector say more than a full week."""
    count, hours, ratios = LOADS[sector]
    with_many, little, much, few, many = WAYS[sector]
    sizes = (count - with_many, with_many)
    worked = np.concatenate(
        [
            rng.integers(2 * a, 2 * b + 1, n) / 2
            for n, (a, b) in zip(sizes, (little, much), strict=True)
        ]
    )
    citizens = np.concatenate(
        [
            rng.integers(a, b + 1, n).astype(float)
            for n, (a, b) in zip(sizes, (few, many), strict=True)
        ]
    )
    worked[-2:] = 40.0, 45.0
    contact, citizens = numbers.loads(rng, (worked, citizens), hours[0], ratios[0])
    # Who has few citizens meets them; who has many is in contact by telephone as well.
    met = np.where(np.arange(count) < sizes[0], 0.95, 0.6) * contact
    least = np.clip(np.round(2 * met) / 2, 0.5, 36)
    faced, _ = numbers.loads(rng, (least, citizens), hours[1], ratios[1], contact)
    frame = pd.DataFrame({"borgere_ad_gangen": citizens})
    frame["timer_kontakt"], frame["timer_kontakt_per"] = contact, "uge"
    frame["timer_ansigt"], frame["timer_ansigt_per"] = faced, "uge"
    return frame.set_axis(people[rng.permutation(count)])
