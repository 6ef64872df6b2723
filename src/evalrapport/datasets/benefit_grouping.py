"""A study's own grouping of DREAM's codes, from the list of groupings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalrapport.errors import PlainError

Array = npt.NDArray[Any]
CODES = 1000


@dataclass(frozen=True)
class Grouping:
    """`group[code]` is a place in `groups` (-1: a code that the code list does not know).

    The last of `groups` holds every benefit that is not named, and weeks without any."""

    groups: tuple[str, ...]
    group: Array

    @property
    def rest(self) -> int:
        """The place of the group of all that is not named."""
        return len(self.groups) - 1

    def names(self, codes: Array) -> Any:
        """The group of each code (a Categorical); PlainError if the list lacks one of the codes."""
        places = self.group[codes]
        unknown = sorted(set(codes[places < 0].tolist()))
        if unknown:
            raise PlainError(
                f"DREAM holds {len(unknown)} codes that the benefit code list does not know "
                f"({', '.join(map(str, unknown[:5]))}). Add them to the list with their group."
            )
        return pd.Categorical.from_codes(places.astype(np.int64), categories=pd.Index(self.groups))


def read_grouping(codes: Path, groupings: Path, name: str) -> Grouping:
    """Read a grouping.

    Args:
        codes: the list of DREAM codes, with benefit_group.
        groupings: grouping, benefit_group, group; an empty benefit_group stands for all others.

    Raises:
        PlainError: there is no such grouping.
    """
    listed = pd.read_csv(groupings, keep_default_na=False)
    own = listed[listed["grouping"] == name]
    if own.empty:
        there = ", ".join(dict.fromkeys(listed["grouping"]))
        raise PlainError(
            f"config.yaml: there is no benefit_grouping “{name}” in {groupings.name}; "
            f"allowed here: {there}."
        )
    rest = own.loc[own["benefit_group"] == "", "group"].tolist()
    groups = (*dict.fromkeys(own.loc[own["benefit_group"] != "", "group"]), *rest)
    place = {row.benefit_group: groups.index(row.group) for row in own.itertuples()}
    table = pd.read_csv(codes)
    found = np.full(CODES, -1, dtype=np.int16)
    found[table["code"].to_numpy()] = [
        place.get(group, len(groups) - 1) for group in table["benefit_group"]
    ]
    found[0] = len(groups) - 1
    return Grouping(groups, found)
