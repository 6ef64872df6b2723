"""Respondents of the two telephone surveys: whole people, dealt their answers by construction.

How many of a group give each answer stands in `survey_counts.csv` (see `survey_fit`), so that each
published percentage comes out. Who gives it is drawn: those who are content in one matter tend to
be so in others, and who is silent once is silent more often.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from evalrapport.sources.stand_in import survey_numbers as numbers
from evalrapport.sources.stand_in.streams import stream

Counts = Mapping[tuple[str, str], Mapping[str, Mapping[str, int]]]  # survey, question → answer …
GROUPS = {"kontanthjaelp": 102, "andet": 75, "sygedagpenge": 46}
SECTORS = {"privat": 150, "kommunal": 132}
BANDS = {"18_24_aar": (18, 24), "25_29_aar": (25, 29), "30_39_aar": (30, 39)} | {
    "40_49_aar": (40, 49),
    "50_og_over": (50, 64),
}
# ASSUME: how closely an answer follows how content a person is (correlation of the rank).
CONTENT = {
    **{"retningslinjer": 0.5, "fortrolighed": 0.7, "tillid": 0.7, "taget_med_paa_raad": 0.4},
    **{"behov": 0.6, "klare": 0.7, "ansvar": 0.7, "ingen_positiv_indsats": -0.6, "vaegtning": 0.4},
}
NOT_OF_SUBSTANCE = ("ved_ikke", "kan_ikke_vurdere", "uoplyst")
CONDITIONAL = {"fritaget": ("flere_mentorer", "ja")}


def read_counts(rows: Sequence[Mapping[str, str]]) -> Counts:
    """The rows of `survey_counts.csv` by survey and question, answer and column."""
    found: dict[tuple[str, str], dict[str, dict[str, int]]] = {}
    for row in rows:
        question = found.setdefault((row["survey"], row["question"]), {})
        question.setdefault(row["answer"], {})[row["column"]] = int(row["count"])
    return found


def deal(
    rng: np.random.Generator, counts: Mapping[str, int], people: pd.DataFrame, loading: float
) -> pd.Series:
    """One question's answers of a group: exactly so many of each, missing for the rest.

    `people` has columns content and talkative; `counts` is in the order of the codebook, from the
    most positive answer.
    """
    silent = len(people) - sum(counts.values())
    talk = people["talkative"] + rng.normal(0, 0.3, len(people))
    asked = people.loc[talk.sort_values(kind="stable").index[silent:]]
    outside = {a: n for a, n in counts.items() if a in NOT_OF_SUBSTANCE}
    drawn = rng.permutation(asked.index.to_numpy())
    given = pd.Series(index=people.index, dtype=object)
    start = 0
    for answer, n in outside.items():
        given.loc[drawn[start : start + n]] = answer
        start += n
    rest = asked.loc[drawn[start:]]
    noise = rng.normal(0, 1, len(rest))
    score = loading * rest["content"] + (1 - loading**2) ** 0.5 * noise
    order = score.sort_values(ascending=False, kind="stable").index
    dealt = [a for a, n in counts.items() if a not in outside for _ in range(n)]
    given.loc[order] = dealt
    return given


def answered(
    rng: np.random.Generator, survey: str, people: pd.DataFrame, by: str, counts: Counts
) -> pd.DataFrame:
    """All closed questions of a survey, dealt column by column (`mentorer`: everyone at once)."""
    answers: dict[str, pd.Series] = {}
    for (own, question), table in counts.items():
        if own != survey:
            continue
        parts = []
        for column in next(iter(table.values())):
            group = people if column == "mentorer" else people[people[by] == column]
            if question in CONDITIONAL:
                before, needed = CONDITIONAL[question]
                group = group[answers[before].loc[group.index] == needed]
            given = {answer: by_column[column] for answer, by_column in table.items()}
            parts.append(deal(rng, given, group, CONTENT.get(question, 0.0)))
        answers[question] = pd.concat(parts).reindex(people.index)
    return pd.DataFrame(answers)


def start(rng: np.random.Generator, groups: Mapping[str, int], by: str) -> pd.DataFrame:
    """Respondents with their group, and what colours their answers."""
    frame = pd.DataFrame({by: np.repeat(list(groups), list(groups.values()))})
    frame["content"] = rng.normal(0, 1, len(frame))
    frame["talkative"] = rng.normal(0, 1, len(frame))
    return frame


def hand_out(
    rng: np.random.Generator, people: pd.Index, values: np.ndarray, order: pd.Series | None = None
) -> pd.Series:
    """Numbers to people: at random, or the larger ones mostly to those first in `order`."""
    key = rng.random(len(people)) if order is None else order.loc[people].to_numpy()
    if order is not None:
        key = key + rng.normal(0, 0.03 * key.std(), len(people))
    return pd.Series(values, index=people[np.argsort(key, kind="stable")])


# Mean and median of table 4.2 and 4.4 by group: years of age, of experience (with a median and
# anchors in between so that the median of all is 6), weekly hours.
CITIZEN_NUMBERS = {
    "kontanthjaelp": (
        42,
        [(0, 0), (0.3, 2), (0.5, 6), (0.58, 6), (0.8, 14), (1, 40)],
        11,
        88,
        1.7,
        1.5,
    ),
    "andet": (33, [(0, 0), (0.3, 1), (0.5, 4), (0.75, 9), (1, 34)], 8, 71, 1.9, 1.7),
    "sygedagpenge": (43, [(0, 1), (0.3, 6), (0.5, 15), (0.8, 24), (1, 38)], 16, 44, 1.8, 1.5),
}


def citizens(seed: int, counts: Counts) -> pd.DataFrame:
    """The citizens: one row per interview, typed answers and numbers."""
    rng = stream(seed, "survey_citizens")
    people = start(rng, GROUPS, "benefit_group")
    frame = people.join(answered(rng, "citizens", people, "benefit_group", counts))
    for group, (age, anchors, years, answering, contact, face) in CITIZEN_NUMBERS.items():
        own = frame.index[frame["benefit_group"] == group]
        for band, (low, high) in BANDS.items():
            inside = own[frame.loc[own, "aldersgruppe"] == band]
            frame.loc[inside, "alder"] = np.linspace(low, high, len(inside)).round()
        bands = [
            (low, high, int((frame.loc[own, "aldersgruppe"] == band).sum()))
            for band, (low, high) in BANDS.items()
        ]
        by_band = own[frame.loc[own, "aldersgruppe"].map(list(BANDS).index).argsort(kind="stable")]
        frame.loc[by_band, "alder"] = numbers.ages(bands, age * len(own))
        worked = numbers.spread(len(own), anchors, years * len(own))
        experience = hand_out(rng, own, worked, frame["alder"])
        frame.loc[own, "erhvervserfaring"] = experience
        speaking = own[np.argsort(frame.loc[own, "talkative"], kind="stable")][-answering:]
        times = citizen_hours(rng, speaking, contact, face)
        frame.loc[speaking, times.columns.tolist()] = times
    return frame.drop(columns=["content", "talkative", "aldersgruppe"])


def citizen_hours(
    rng: np.random.Generator, people: pd.Index, contact: float, face: float
) -> pd.DataFrame:
    """Hours of contact and face to face as answered: most per week, some per month."""
    monthly = len(people) // 4
    months = np.resize([1.0, 2.0, 2.0, 3.0, 4.0], monthly)
    met = np.maximum(months - np.resize([0.0, 0.0, 1.0], monthly), 1.0)
    weekly = len(people) - monthly
    rest = round(2 * (contact * len(people) - months.sum() * 12 / 52)) / 2
    anchors = [(0, 0.5), (0.3, 1), (0.5, 1.5), (1, 6)]
    hours = numbers.spread(weekly, anchors, rest, 0.5)
    faced = numbers.face_to_face(hours, face * len(people) - met.sum() * 12 / 52)
    frame = pd.DataFrame(
        {
            "timer_kontakt": np.concatenate([months, hours]),
            "timer_kontakt_per": ["maaned"] * monthly + ["uge"] * weekly,
            "timer_ansigt": np.concatenate([met, faced]),
            "timer_ansigt_per": ["maaned"] * monthly + ["uge"] * weekly,
        }
    )
    return frame.set_axis(people[rng.permutation(len(people))])
