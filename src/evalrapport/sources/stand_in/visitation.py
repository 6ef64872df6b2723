"""Visitation groups, which took the place of match groups on 1 January 2014 (SFI 15:10, fig. 3.1).

Recipients of kontanthjælp are ready for work or for activity; those of uddannelseshjælp obviously
ready for education, ready for it, or for activity. The group follows the last match group.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from evalrapport import dates
from evalrapport.contracts.sources import dream
from evalrapport.sources.stand_in import match
from evalrapport.sources.stand_in.careers import Careers
from evalrapport.sources.stand_in.population import People
from evalrapport.sources.stand_in.states import CODE_LIST
from evalrapport.sources.stand_in.timeline import WEEKS

# ASSUME: the codes of contracts/codes/visitation.csv; DREAM's own list is not public.
READY, ACTIVITY, OBVIOUS, EDUCATION, YOUNG_ACTIVITY, NONE = 1, 2, 3, 4, 5, 9
# ASSUME: who is ready for activity only, by the last match group (none, 1, 2, 3): group 1 was ready
# for a job, 2 for measures, 3 temporarily passive. Of the young who are not, one in four is ready
# at once. Not fitted to figure 3.1's 73 per cent, printed beside what is found.
NOT_READY = np.array([0.55, 0.20, 0.97, 0.995])
OBVIOUSLY, NOT_SEEN_YET = 0.25, 0.02
_HELP = np.array([code[:2] in ("73", "13") for code in CODE_LIST])
_YOUNG = np.array([code[:2] in ("72", "14") for code in CODE_LIST])


def groups(
    people: People, lives: Careers, delivery: str = dream.DELIVERY
) -> dict[str, npt.NDArray[np.uint8]]:
    """Each quarterly column of a delivery: a code per person, 0 for none."""
    last = last_match_group(lives)
    # Both belong to the person, so that a group is kept from one quarter to the next.
    luck, turn = (mixed(people.person_id, salt) for salt in (7, 11))
    found = {}
    for name in dream.visitation_columns(delivery):
        week = WEEKS.index(dates.week_of(match.last_day(int(name[6]), int(name[-4:]))))
        code = lives.weeks[week]
        help_, young = _HELP[code], _YOUNG[code]
        waits = luck < NOT_READY[last]
        grown = np.where(waits, ACTIVITY, READY)
        other = np.where(waits, YOUNG_ACTIVITY, np.where(turn < OBVIOUSLY, OBVIOUS, EDUCATION))
        group = np.select([help_, young], [grown, other], 0)
        unseen = (group > 0) & (turn > 1 - NOT_SEEN_YET)
        found[name] = np.where(unseen, NONE, group).astype(np.uint8)
    return found


def last_match_group(lives: Careers) -> npt.NDArray[np.int64]:
    """The last three-step match group before 2014, 0 without any."""
    newest = np.zeros(lives.match.shape[1], dtype=np.int64)
    for place, (quarter, year) in enumerate(match.QUARTERS):
        if (2010, 2) <= (year, quarter) < (2014, 1):
            newest = np.where(lives.match[place] > 0, lives.match[place], newest)
    return newest


def mixed(ids: npt.NDArray[np.int64], salt: int) -> npt.NDArray[np.float64]:
    """A number between 0 and 1 that looks random, from a person's id."""
    turned = (ids.astype(np.uint64) + np.uint64(salt)) * np.uint64(0x9E3779B97F4A7C15)
    return (turned >> np.uint64(40)).astype(np.float64) / 2**24
