"""The weeks and months of the stand-in's careers: those of DREAM's delivery."""

from __future__ import annotations

import numpy as np

from evalrapport import dates
from evalrapport.contracts.sources import dream
from evalrapport.sources.stand_in.population import EPOCH

WEEKS = dates.weeks_between(dream.FIRST_WEEK, dream.last_week(dream.DELIVERY))
MONDAYS = np.array([(dates.week_monday(*week) - EPOCH).days for week in WEEKS])
MONTHS = dates.months_between(dream.FIRST_MONTH, (2014, 4))
WEEK_MONTH = [
    MONTHS.index(month) if (month := dates.week_month(*week)) in MONTHS else -1 for week in WEEKS
]
REFORM = WEEKS.index((2014, 1))  # uddannelseshjælp from January 2014
NEVER = 9_999  # a week after all others


def weeks_until(day: np.ndarray) -> np.ndarray:
    """Index of the week in which a day lies; negative before the first, int32."""
    return np.floor_divide(np.asarray(day) - MONDAYS[0], 7).astype(np.int32)
