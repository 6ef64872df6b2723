"""Children's ages, the partner, and the education of the parents of those under 30.

SFI 15:10, chapter 5: the number and ages of children, a partner's characteristics, and for the
young their parents' education. Links are BEF's; a missing one is 0.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalrapport.datasets.register_rows import located

Array = npt.NDArray[Any]
YOUNG_ADULT = 30
CHILD = 18
NONE = 99
IMMIGRANT = 2


def place_of(ids: Array, wanted: Array) -> Array:
    """Where each wanted id stands in ascending `ids`, -1 where it doesn't."""
    place, known = located(ids, wanted)
    return np.where(known, place, -1)


def youngest_child(people: pd.DataFrame, everyone: pd.DataFrame) -> Array:
    """Age of the youngest of each person's own children under 18 who live in Denmark; 99: none.

    # ASSUME: own children (by BEF's links to mother and father) count wherever they live; the
    # number of children in the family is BEF's own.
    """
    young = everyone[everyone["age"] < CHILD]
    found = np.full(len(people), NONE, dtype=np.int16)
    ids = people["person_id"].to_numpy()
    for parent in ("mother_id", "father_id"):
        place = place_of(ids, young[parent].to_numpy())
        known = place >= 0
        np.minimum.at(found, place[known], young["age"].to_numpy()[known].astype(np.int16))
    return found


def named(codes: Array, names: list[str]) -> Any:
    """Text by its place in `names` (of which two may be alike)."""
    known = pd.Index(names).unique()
    return pd.Categorical.from_codes(known.get_indexer(pd.Index(names))[codes], categories=known)


def families(people: pd.DataFrame, everyone: pd.DataFrame) -> dict[str, Any]:
    """has_partner, youngest_child, partner's and parents' traits; (people,) each.

    Levels are "" where there is no partner, and for parents of those who are not under 30; a
    parent who isn't resident or not known is "uoplyst".
    """
    ids = everyone["person_id"].to_numpy()
    levels = everyone["education_level"].astype("category")
    level = levels.cat.codes.to_numpy()
    names = [*map(str, levels.cat.categories), "uoplyst", ""]
    unknown, none = len(names) - 2, len(names) - 1
    mate = place_of(ids, people["partner_id"].to_numpy())
    mate = np.where(people["partner_id"].to_numpy() > 0, mate, -1)
    found: dict[str, Any] = {
        "has_partner": (people["partner_id"] > 0).astype(np.uint8),
        "youngest_child": youngest_child(people, everyone),
        "partner_level": named(np.where(mate >= 0, level[mate], none), names),
        "partner_immigrant": (everyone["origin_type"].to_numpy()[mate] == IMMIGRANT) & (mate >= 0),
    }
    young = (people["age"] < YOUNG_ADULT).to_numpy()
    for who in ("mother", "father"):
        place = place_of(ids, people[f"{who}_id"].to_numpy())
        own = np.where(place >= 0, level[place], unknown)
        found[f"{who}_level"] = named(np.where(young, own, none), names)
    found["partner_immigrant"] = found["partner_immigrant"].astype(np.uint8)
    return found
