"""What a DREAM code means: the benefit group of table 3.1, and whether it is public support."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from evalrapport.errors import PlainError

Array = npt.NDArray[Any]
CODES = 1000  # DREAM codes have three digits; 0 stands for an empty week
SELF_SUPPORT = "selvforsoergelse"
KONTANTHJAELP = "kontanthjaelp"
# The column of the code list that holds a grouping, by the name that config.yaml gives it.
GROUPINGS = {"sfi_15_10": "benefit_group"}


@dataclass(frozen=True)
class Benefits:
    """Look-up by code: `group[code]` is a place in `groups` (-1: unknown), `supported[code]`."""

    groups: tuple[str, ...]
    group: Array
    supported: Array


def read_benefits(path: Path, grouping: str) -> Benefits:
    """Read the list of DREAM codes: code, public_support (yes/no, SU is no) and the grouping."""
    if grouping not in GROUPINGS:
        raise PlainError(
            f"config.yaml: there is no benefit_grouping “{grouping}”; "
            f"allowed: {', '.join(GROUPINGS)}."
        )
    table = pd.read_csv(path)
    return benefits_from(
        table["code"], table[GROUPINGS[grouping]], table["public_support"] == "yes"
    )


def benefits_from(codes: pd.Series, groups: pd.Series, supported: pd.Series) -> Benefits:
    """Build the look-up; code 0 (no benefit) is always self-support."""
    names = tuple(dict.fromkeys([SELF_SUPPORT, *groups]))
    group = np.full(CODES, -1, dtype=np.int16)
    support = np.zeros(CODES, dtype=bool)
    group[codes.to_numpy()] = [names.index(name) for name in groups]
    support[codes.to_numpy()] = supported.to_numpy()
    group[0], support[0] = 0, False
    return Benefits(names, group, support)


def look_up(table: Array, codes: Array) -> Array:
    """`table[codes]` in the layout of `codes`, several times faster for tables of bytes.

    numpy turns every code into 64 bits first; Arrow takes by the 16 bits that there are.

    Args:
        table: bool or uint8 by code. codes: uint16, of any shape.

    Raises:
        IndexError: a code beyond the table.
    """
    if codes.flags.f_contiguous and not codes.flags.c_contiguous:
        return look_up(table, codes.T).T
    if codes.size and codes.max() >= len(table):
        raise IndexError(f"a code beyond {len(table) - 1}")
    taken = pc.take(
        pa.array(table.view(np.uint8)), pa.array(codes.ravel()), boundscheck=False
    ).to_numpy()
    return np.asarray(taken.view(table.dtype).reshape(codes.shape))


def groups_of(codes: Array, benefits: Benefits) -> pd.Series:
    """Each code's benefit group.

    Raises:
        PlainError: a code that the code list does not know; the message counts them.
    """
    places = benefits.group[codes]
    if (places < 0).any():
        unknown = sorted(set(codes[places < 0].tolist()))
        raise PlainError(
            f"DREAM holds {len(unknown)} codes that the benefit code list does not know "
            f"({', '.join(map(str, unknown[:5]))}). Add them to the list with their group."
        )
    names = pd.Index(benefits.groups)
    return pd.Series(pd.Categorical.from_codes(places.astype(np.int64), categories=names))
