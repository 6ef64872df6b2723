"""Match groups: drawn with each spell, stored at each quarter's end."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from evalrapport import dates
from evalrapport.contracts.sources import dream
from evalrapport.sources.stand_in.population import EPOCH, People
from evalrapport.sources.stand_in.states import N_STATES, S

QUARTERS = [
    (int(name[6]), int(name[-4:])) for name in dream.match_columns(dream.DELIVERY)
]  # (quarter, year)
# Shares of match group 1, 2, 3 (0 = none) by state; kontanthjælp by class, see `group`.
# ASSUME: so that table 3.7 comes out about right; that the sick and others keep a group is inferred
# from its 40.4 per cent without one among the publicly supported.
SHARES = {
    "dagpenge": (0.00, 0.93, 0.06, 0.01), "sygedagpenge": (0.04, 0.66, 0.09, 0.21),
    "revalidering": (0.02, 0.22, 0.62, 0.14), "ledighedsydelse": (0.0, 0.30, 0.40, 0.30),
    "fleksjob": (0.05, 0.90, 0.05, 0.0), "ressourceforloeb": (0.0, 0.0, 0.55, 0.45),
    "barsel": (0.05, 0.83, 0.03, 0.09), "voksenlaerling": (0.3, 0.7, 0, 0),
    "svu": (0.5, 0.5, 0, 0), "integration": (0.05, 0.35, 0.50, 0.10),
    "andet": (0.10, 0.76, 0.08, 0.06),
}  # fmt: skip
KONTANTHJAELP = np.array([
    [0.01, 0.83, 0.14, 0.02], [0.01, 0.72, 0.23, 0.04], [0.004, 0.46, 0.44, 0.096],
    [0.002, 0.24, 0.53, 0.228],
])  # fmt: skip
KEPT = 0.75  # share who keep their match group through a time without benefit
_TABLE = np.zeros((N_STATES, 4))
_TABLE[:, 0] = 1.0
for _name, _shares in SHARES.items():
    _TABLE[S[_name]] = _shares


_WITHOUT = np.isin(np.arange(N_STATES), [S["none"], S["job"], S["su"]])


def last_day(quarter: int, year: int) -> date:
    """The last day of a quarter."""
    month = dates.add_months((year, quarter * 3), 1)
    return date(*month, 1) - timedelta(days=1)


def last_days() -> np.ndarray:
    """The last day of each stored quarter, in days since 1970-01-01."""
    return np.array([(last_day(*quarter) - EPOCH).days for quarter in QUARTERS])


def _ends() -> dict[int, int]:
    weeks = dates.weeks_between(dream.FIRST_WEEK, dream.last_week(dream.DELIVERY))
    index = {week: place for place, week in enumerate(weeks)}
    return {index[dates.week_of(last_day(*quarter))]: n for n, quarter in enumerate(QUARTERS)}


ENDS = _ends()


def group(
    rng: np.random.Generator,
    state: np.ndarray,
    people: People,
    who: np.ndarray,
    before: np.ndarray,
) -> np.ndarray:
    """The match group (0 none) of people who just entered a state.

    Fewer resources, higher group. Without a benefit most keep the group they had `before`."""
    # One row per group: four short rows are summed faster than a thousand rows of four.
    shares = _TABLE.T.take(state, axis=1)
    help_ = np.flatnonzero(state == S["kontanthjaelp"])
    shares[:, help_] = KONTANTHJAELP.T.take(people.group[who[help_]], axis=1)
    shares[3] *= np.exp(-0.35 * people.resources[who])
    shares[1] *= np.exp(0.25 * people.resources[who])
    cumulative = shares.cumsum(axis=0)
    level = rng.random(len(who)) * cumulative[3]
    drawn = (cumulative[:3] <= level).sum(axis=0, dtype=np.uint8)
    keeps = _WITHOUT[state] & (rng.random(len(who)) < KEPT)
    return np.where(keeps, before, drawn)


def stored(current: np.ndarray, state: np.ndarray, week: int) -> np.ndarray:
    """What DREAM stores at a quarter's end.

    Before April 2010 the same columns hold match categories 1-5; from 2014 recipients of kontant-
    and uddannelseshjælp have no match group.
    """
    quarter, year = QUARTERS[ENDS[week]]
    if (year, quarter) < (2010, 2):
        return np.where(current > 0, (current * 2 - 1).clip(1, 5), 0).astype(np.uint8)
    if year >= 2014:
        return np.where(state == S["kontanthjaelp"], 0, current).astype(np.uint8)
    return current.copy()
