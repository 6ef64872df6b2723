"""A known true effect of mentoring: changes what the treated do after their start.

The effect is in log odds of being employed without benefit in a month; 0 leaves every life alone.
"""

from __future__ import annotations

import numpy as np

from evalrapport.sources.stand_in.careers import Careers
from evalrapport.sources.stand_in.selection import Starts
from evalrapport.sources.stand_in.states import C
from evalrapport.sources.stand_in.streams import stream
from evalrapport.sources.stand_in.timeline import MONDAYS, NEVER, WEEK_MONTH

HELP = C["730"]


def apply(lives: Careers, starts: Starts, true_effect: float, seed: int, block: int) -> None:
    """Turn months after the start into work (or, for a negative effect, work into kontanthjælp)."""
    if true_effect == 0:
        return
    rng = stream(seed, "effect", block)
    month_of_week = np.array(WEEK_MONTH)
    week = (starts.day - MONDAYS[0]) // 7
    # Some start after DREAM's last week, when there is nothing left to change.
    known = week < len(month_of_week)
    first = np.where(known, month_of_week[week.clip(max=len(month_of_week) - 1)] + 1, NEVER)
    luck = rng.random(len(starts.person))
    for month in range(len(lives.months)):
        after = first <= month
        who, fate = starts.person[after], luck[after]
        weeks = np.flatnonzero(month_of_week == month)
        if not len(who) or not len(weeks):
            continue
        free = ~lives.weeks[np.ix_(weeks, who)].any(axis=0)
        working = free & (lives.months[month, who] > 0)
        share = working.mean().clip(0.01, 0.99)
        odds = share / (1 - share) * np.exp(true_effect)
        wanted = odds / (1 + odds)
        if true_effect > 0:
            changed = who[~working & (fate < (wanted - share) / (1 - share))]
            lives.weeks[np.ix_(weeks, changed)] = C[""]
            lives.months[month, changed] = np.maximum(lives.months[month, changed], 1)
        else:
            changed = who[working & (fate < (share - wanted) / share)]
            lives.weeks[np.ix_(weeks, changed)] = HELP
            lives.months[month, changed] = 0
