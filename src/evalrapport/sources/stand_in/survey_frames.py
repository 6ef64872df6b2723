"""The frames of the two surveys, held at full size whatever the stand-in's scale.

Citizens: all 14,852 who started with a mentor in 2014; sex, age and benefit as tables 3.1, 3.3 and
3.4 have them for that year. Mentors: all 80,477 episodes since 2012, of which few say who the
mentor is, and some of those say nothing of use.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalrapport.sources.stand_in.streams import pick, stream

STARTERS, SAMPLE = 14_852, 450
# ASSUME: how the interviews that didn't come about were lost; only 24 without a mentor is known.
CITIZEN_OUTCOMES = {
    **{"ingen_mentor": 24, "naegter": 78, "ikke_truffet": 92},
    **{"sprog_sygdom": 14, "forkert_nummer": 19},
}
MENTOR_OUTCOMES = {
    **{"naegter": 96, "ikke_truffet": 118},
    **{"sprog_sygdom": 22, "forkert_nummer": 41},
}
# Per cent of those who started in 2014: benefit, men, age in the bands of table 3.3 (16-64 years).
BENEFIT = {"kontanthjaelp": 80.7, "andet": 13.3, "sygedagpenge": 6.0}
MEN = 50.1
AGE_BANDS = (
    *((16, 19, 6.5), (20, 24, 18.3), (25, 29, 16.8), (30, 34, 9.2), (35, 39, 10.0)),
    *((40, 44, 10.5), (45, 49, 11.5), (50, 54, 8.5), (55, 59, 6.1), (60, 64, 2.7)),
)
# (year of start, went on in 2014, episodes, of these with something about the mentor)
EPISODES = (
    (2012, "nej", 24_838, 71),  # ASSUME: the 71 of 2,468 that the listed parts don't account for
    (2013, "ja", 9_600, 356),
    (2013, "nej", 26_660, 1_231),
    (2014, "ja", 19_379, 810),
)
ENTRIES, USABLE = 687, 559
NO_NAMES = (
    *("Ikke opgivet", "ikke oplyst", "Ukendt", "Call Center", "Jobcenter", "Ingen", "Afventer"),
    *("Diverse", "Se journal", "00000000", "Mentor", "Virksomheden"),
)
NO_PHONES = ("00000000", "", "12345", "11111111")


def largest_remainder(shares: np.ndarray, total: int) -> np.ndarray:
    """Whole numbers in proportion to `shares` that add up to `total`."""
    exact = shares / shares.sum() * total
    whole = np.floor(exact).astype(int)
    whole[np.argsort(-(exact - whole), kind="stable")[: total - whole.sum()]] += 1
    return whole


def citizens(seed: int, interviewed: pd.DataFrame) -> pd.DataFrame:
    """The citizens' frame: the interviewed, the rest of the sample, and those not drawn.

    `interviewed`: respondent_id, benefit_group, koen, alder.
    """
    rng = stream(seed, "survey_frame_citizens")
    rest = STARTERS - len(interviewed)
    asked = interviewed["benefit_group"].value_counts()
    left = [max(0, round(share * STARTERS / 100) - asked[g]) for g, share in BENEFIT.items()]
    groups = np.repeat(list(BENEFIT), largest_remainder(np.array(left, float), rest))
    band = pick(rng, np.array([share for _, _, share in AGE_BANDS]), rest)
    low, high = np.array([(low, high) for low, high, _ in AGE_BANDS]).T
    others = pd.DataFrame(
        {
            "benefit_group": rng.permutation(groups),
            "koen": np.where(rng.random(rest) < MEN / 100, "mand", "kvinde"),
            "alder": rng.integers(low[band], high[band] + 1),
            "udtrukket": "nej",
        }
    )
    lost = SAMPLE - len(interviewed)
    others.loc[: lost - 1, "udtrukket"] = "ja"
    outcomes = np.repeat(list(CITIZEN_OUTCOMES), list(CITIZEN_OUTCOMES.values()))
    others.loc[: lost - 1, "udfald"] = rng.permutation(outcomes)
    spoken = interviewed.assign(udtrukket="ja", udfald="interview")
    frame = pd.concat([spoken, others]).iloc[rng.permutation(STARTERS)]
    frame.insert(0, "frame_id", [f"R{number:05d}" for number in range(1, STARTERS + 1)])
    return frame


def mentors(seed: int, respondents: pd.Series) -> pd.DataFrame:
    """The mentors' frame: all episodes; each mentor's outcome stands at one of them."""
    rng = stream(seed, "survey_frame_mentors")
    parts: list[pd.DataFrame] = []
    for year, on, episodes, told in EPISODES:
        part = pd.DataFrame({"start_aar": year, "fortsat_2014": on, "place": range(episodes)})
        parts.append(part.assign(named=part["place"] < told))
    frame = pd.concat(parts, ignore_index=True)
    entries = contacts(rng)
    own = frame.index[frame["named"] & (frame["start_aar"] > 2012)]
    earlier = frame.index[frame["named"] & (frame["start_aar"] == 2012)]
    extra = rng.integers(0, ENTRIES, len(own) - ENTRIES)
    chosen = rng.permutation(np.concatenate([np.arange(ENTRIES), extra]))
    frame.loc[own, ["mentor_name", "mentor_phone"]] = entries.iloc[chosen].to_numpy()
    frame.loc[earlier, "mentor_name"] = [
        f"Person {n:04d}" for n in range(5000, 5000 + len(earlier))
    ]
    frame.loc[earlier, "mentor_phone"] = [f"2{n:07d}" for n in range(5000, 5000 + len(earlier))]
    first = frame.loc[own].drop_duplicates("mentor_name")
    usable = first.index[first["mentor_name"].isin(entries["name"].iloc[:USABLE])]
    drawn = rng.permutation(usable)
    frame.loc[drawn[: len(respondents)], "udfald"] = "interview"
    frame.loc[drawn[: len(respondents)], "respondent_id"] = respondents.to_numpy()
    lost = np.repeat(list(MENTOR_OUTCOMES), list(MENTOR_OUTCOMES.values()))
    frame.loc[drawn[len(respondents) :], "udfald"] = rng.permutation(lost)
    frame.insert(0, "frame_id", [f"F{number:05d}" for number in range(1, len(frame) + 1)])
    return frame.drop(columns=["place", "named"])


def contacts(rng: np.random.Generator) -> pd.DataFrame:
    """What 687 entries say: name and telephone, usable in the first 559."""
    names = [f"Person {number:04d}" for number in rng.permutation(4000)[: ENTRIES - len(NO_NAMES)]]
    phones = [f"2{number:07d}" for number in rng.integers(1, 10**7, USABLE)]
    useless = ENTRIES - USABLE
    return pd.DataFrame(
        {
            "name": [*names, *NO_NAMES],
            "phone": [*phones, *np.resize(np.array(NO_PHONES, dtype=object), useless)],
        }
    )
