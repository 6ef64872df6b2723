"""From occupancies to weekly hazards: how often each state is entered so that its stock comes out.

In balance, the flow into a state is its stock over its mean duration plus what its stock must grow
by with age. What other benefits send there is subtracted; the rest comes from "job" and "none".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalrapport.sources.stand_in import calibration, states
from evalrapport.sources.stand_in.states import N_STATES, S

AGES = 66  # single years 0-65
YEARS = range(2007, 2015)
BENEFITS = [name for name in states.STOCK if name != "none"]


@dataclass(frozen=True)
class Hazards:
    """Tables of the career model.

    occupancy: (age, class, sex, state) shares; leave: (year, base, age, class, sex) hazard per week
    out of a base state (0 none, 1 job); enter: the same with a last axis of cumulative next states;
    after: (state, class, state) cumulative next states after a benefit; weeks: (state, class).
    """

    occupancy: np.ndarray
    leave: np.ndarray
    enter: np.ndarray
    after: np.ndarray
    weeks: np.ndarray


def by_age(name: str) -> np.ndarray:
    """Share of people in a state by single year of age, interpolated between the age bands."""
    middles = np.array([18.5, 22, 27, 32, 37, 42, 47, 52, 57, 62])
    share = np.array(states.STOCK[name]) / states.PEOPLE
    ages = np.arange(AGES)
    curve = np.interp(ages, middles, share)
    if name in ("efterloen", "fleksydelse"):
        # Early retirement begins at 60 and grows with age; its mean over 60-64 is the band's share.
        profile = np.zeros(AGES)
        profile[60:66] = np.array([0.55, 0.80, 1.05, 1.25, 1.35, 1.40])
        return profile * share[-1]
    if name == "su":
        curve[ages < 18] = 0.0
    elif name == "none":
        curve[ages < 18] = 0.55
    else:
        curve[ages < 18] = 0.0
    return curve


def occupancies() -> np.ndarray:
    """Shares of people in each state: (age, class, sex, state), adding to 1."""
    table = np.zeros((AGES, 4, 2, N_STATES))
    for name in states.STOCK:
        intensity = np.array(states.INTENSITY[name])
        intensity = intensity / (intensity * states.CLASS_SHARES).sum()
        women = states.WOMEN.get(name, 1.0)
        sex = np.array([2 - women, women])
        table[..., S[name]] = by_age(name)[:, None, None] * intensity[:, None] * sex
    total = table.sum(axis=-1, keepdims=True)
    table *= np.minimum(1.0, 0.97 / np.maximum(total, 1e-9))
    table[..., S["job"]] = 1 - table.sum(axis=-1)
    return table


def next_states() -> np.ndarray:
    """Shares of next states after each benefit: (state, class, state), adding to 1."""
    table = np.zeros((N_STATES, 4, N_STATES))
    work = np.array([1.25, 1.1, 0.75, 0.30])
    for name, targets in states.NEXT.items():
        for target, share in targets.items():
            factor = work if target == "job" else np.ones(4)
            table[S[name], :, S[target]] = share * factor
        total = table[S[name]].sum(axis=-1)
        table[S[name]] *= np.minimum(1.0, 0.97 / total)[:, None]
        table[S[name], :, S["none"]] = 1 - table[S[name]].sum(axis=-1)
    return table


def spell_weeks() -> np.ndarray:
    """Mean weeks of a spell: (state, class); unset states last for ever."""
    table = np.full((N_STATES, 4), np.inf)
    for name, weeks in states.WEEKS.items():
        table[S[name]] = weeks
    return table


def entries(
    occupancy: np.ndarray, after: np.ndarray, weeks: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Hazard per week from (none, job) into each state: two (age, class, sex, state) tables."""
    leaving = np.where(np.isinf(weeks), 0, 1 / weeks)
    outflow = occupancy * leaving.T[None, :, None, :]
    received = np.einsum("akxs,skt->akxt", outflow, after)
    growth = np.maximum(np.gradient(occupancy, axis=0) / 52.2, 0)
    need = np.maximum(outflow + growth - received, 0) * calibration.lift(AGES)[:, None, None, :]
    ratio = np.array([states.FROM_NONE.get(name, 1.0) for name in states.STATES])
    none, job = occupancy[..., S["none"], None], occupancy[..., S["job"], None]
    from_job = need / (job + ratio * none + 1e-9)
    from_none = from_job * ratio
    for table in (from_none, from_job):
        table[..., [S["none"], S["job"]]] = 0
    loss = states.JOB_LOSS[None, :, None]
    from_job[..., S["none"]] = loss
    inflow = job[..., 0] * loss + received[..., S["none"]]
    found = inflow / (none[..., 0] + 1e-9) - from_none.sum(axis=-1)
    from_none[..., S["job"]] = found.clip(0.002, 0.2)
    return from_none, from_job


def build() -> Hazards:
    """The model's tables, from the declared stocks, durations and transitions."""
    occupancy, after, weeks = occupancies(), next_states(), spell_weeks()
    base = np.stack(entries(occupancy, after, weeks))
    cycle = np.ones((len(YEARS), N_STATES))
    for name, factors in states.CYCLE.items():
        for year, factor in factors.items():
            cycle[year - YEARS[0], S[name]] = factor
    rates = base[None] * cycle[:, None, None, None, None, :]
    return Hazards(occupancy, rates.sum(axis=-1), rates.cumsum(axis=-1), after.cumsum(-1), weeks)
