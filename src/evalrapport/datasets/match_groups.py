"""Match group at the end of the quarter in which something starts (SFI 15:10, table 3.7).

The three groups replaced a five-step scale in the same columns about April 2010, and were
abolished on 1 January 2014 (text at table 3.7; register dictionary, section 2).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from evalrapport.dates import match_column

Array = npt.NDArray[Any]
FIRST_QUARTER = 2010 * 4 + 1  # second quarter of 2010, counted from year 0
LAST_QUARTER = 2013 * 4 + 3
# ASSUME: "the last registered group before 2014" may lie any number of quarters back, but not
# before April 2010, where the column held another scale.
COLUMNS = [
    match_column(number % 4 + 1, number // 4) for number in range(FIRST_QUARTER, LAST_QUARTER + 1)
]


def match_group_at(days: Array, groups: Array) -> Array:
    """The group at the end of each day's quarter (note 1), 0 for none or not in DREAM (note 2).

    Days after the groups were abolished get the last group registered before that.

    Args:
        days: datetime64[D], (persons,).
        groups: (persons, quarters of `COLUMNS`), 0 is none.

    Returns:
        int8, (persons,): 1, 2, 3 or 0.
    """
    rows = np.arange(len(days))
    quarter = days.astype("datetime64[M]").astype(np.int64) // 3 + 1970 * 4
    place = np.clip(quarter - FIRST_QUARTER, 0, groups.shape[1] - 1)
    newest_first = groups[:, ::-1]
    last_known = newest_first[rows, (newest_first > 0).argmax(axis=1)]
    group = np.where(quarter > LAST_QUARTER, last_known, groups[rows, place])
    return np.where(quarter < FIRST_QUARTER, 0, group).astype(np.int8)
