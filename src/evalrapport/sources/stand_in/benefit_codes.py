"""Which DREAM code a state shows, and how codes change with match group and reform."""

from __future__ import annotations

import numpy as np

from evalrapport.sources.stand_in import states
from evalrapport.sources.stand_in.states import CODE_LIST, N_STATES, C, S


def family_tables() -> tuple[np.ndarray, np.ndarray]:
    """Cumulative shares and code indices inside each state: two (state, option) tables."""
    width = max(len(family) for family in states.CODES.values())
    shares, codes = np.zeros((N_STATES, width)), np.zeros((N_STATES, width), dtype=np.uint8)
    for name, family in states.CODES.items():
        for option in range(width):
            code, share = family[option] if option < len(family) else (family[0][0], 0.0)
            shares[S[name], option], codes[S[name], option] = share, C[code]
    return shares.cumsum(axis=1), codes


def recoding(stems: dict[str, str]) -> np.ndarray:
    """A table from code index to code index that changes the two first digits."""
    table = np.arange(len(CODE_LIST), dtype=np.uint8)
    for code, index in C.items():
        if code[:2] in stems and len(code) == 3:
            table[index] = C[stems[code[:2]] + code[2]]
    return table


FAMILY, FAMILY_CODES = family_tables()
UNSUBSIDISED = np.arange(len(CODE_LIST), dtype=np.uint8)
for _stem in ("73", "72"):
    UNSUBSIDISED[[C[_stem + "5"], C[_stem + "6"]]] = C[_stem + "3"]
READY_CODE = recoding({"73": "13", "72": "14"})
YOUNG_CODE = recoding({"73": "72", "13": "14"})
WAGE = np.isin(np.array(CODE_LIST), states.WAGE_CODES)
