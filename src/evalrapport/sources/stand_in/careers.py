"""Weekly careers: states that last a while, activation inside them, jobs month by month.

Semi-Markov: a person stays in a state until its drawn end; only those whose spell ends in a week
are touched in that week. Benefits depend on age, sex, class and year; lengths and ways out also
on the unobserved trait of resources.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from evalrapport import dates
from evalrapport.contracts.sources import dream
from evalrapport.sources.stand_in import hazards, match, states
from evalrapport.sources.stand_in.benefit_codes import (
    FAMILY,
    FAMILY_CODES,
    READY_CODE,
    UNSUBSIDISED,
    WAGE,
    YOUNG_CODE,
)
from evalrapport.sources.stand_in.population import EPOCH, People
from evalrapport.sources.stand_in.states import FOREVER, C, S
from evalrapport.sources.stand_in.streams import pick_rows, stream

WEEKS = dates.weeks_between(dream.FIRST_WEEK, dream.last_week(dream.DELIVERY))
MONDAYS = np.array([(dates.week_monday(*week) - EPOCH).days for week in WEEKS])
MONTHS = dates.months_between(dream.FIRST_MONTH, (2014, 4))
WEEK_MONTH = [
    MONTHS.index(month) if (month := dates.week_month(*week)) in MONTHS else -1 for week in WEEKS
]
REFORM = WEEKS.index((2014, 1))  # uddannelseshjælp from January 2014
NEVER = 9_999
INDUSTRIES = 40
# ASSUME: how often and how long people go without wages between jobs: about once in fifty years.
BETWEEN_JOBS, WEEKS_BETWEEN = 0.018, (6, 17)
ROBUST_OF_20 = 13
SPARED = np.isin(np.arange(len(states.STATES)), [S[name] for name in states.SPARED])
RESOURCE_SPELL, RESOURCE_JOB = 0.15, 0.22  # log change per standard deviation of resources


@dataclass
class Careers:
    """A block's histories. weeks: (week, person) code index; months: (month, person) 0 or
    1 + industry; match: (quarter, person) stored value; dream: who has a row in DREAM."""

    weeks: np.ndarray
    months: np.ndarray
    match: np.ndarray
    dream: np.ndarray

    def take(self, kept: np.ndarray) -> Careers:
        """The lives of some of the people."""
        # Not `[:, kept]`, which lays each person's weeks side by side: all later work is by week.
        weeks, months = self.weeks.take(kept, axis=1), self.months.take(kept, axis=1)
        return Careers(weeks, months, self.match.take(kept, axis=1), self.dream[kept])


class Walk:
    """The people of a block on their way through the weeks."""

    def __init__(self, people: People, model: hazards.Hazards, seed: int) -> None:
        self.people, self.model = people, model
        self.rng = stream(seed, "careers", people.block)
        size = len(people)
        self.state = np.full(size, S["none"], dtype=np.uint8)
        self.end = np.zeros(size, dtype=np.int32)
        self.target = np.full(size, -1, dtype=np.int8)
        self.code = np.zeros(size, dtype=np.uint8)
        self.code_end = np.full(size, NEVER, dtype=np.int32)
        self.working = np.zeros(size, dtype=bool)
        self.job_beside = np.zeros(size, dtype=bool)
        self.industry = self.rng.integers(1, INDUSTRIES + 1, size).astype(np.uint8)
        self.match = np.zeros(size, dtype=np.uint8)
        self.pension = weeks_until(people.birth + round(65 * 365.25))
        self.arrival = np.where(people.came > people.birth, weeks_until(people.came), -1)
        # The robust hardly ever need a benefit: nearly half the population has none in five years.
        self.robust = (people.group == 0) & (people.person_id // 7 % 20 < ROBUST_OF_20)

    def begin(self) -> None:
        """The states at the first week: in balance for those of working age."""
        people = self.people
        age = people.age_on(MONDAYS[0])
        occupancy = self.model.occupancy[age.clip(0, 65), people.group, people.sex - 1]
        self.state[:] = pick_rows(self.rng, occupancy.cumsum(axis=1))
        self.state[age < 16] = S["barn"]
        self.state[age >= 65] = S["folkepension"]
        self.state[self.arrival > 0] = S["barn"]  # not yet in the country: blank weeks
        everyone = np.arange(len(people))
        self.settle(everyone, 0)
        child = self.state == S["barn"]
        grown = weeks_until(people.birth + round(16 * 365.25))
        self.end[child] = np.maximum(grown, self.arrival)[child].clip(min=1)

    def settle(self, who: np.ndarray, week: int) -> None:
        """Draw how long each of `who` stays in the state just entered, and what it holds."""
        state, people = self.state[who], self.people
        year = max(WEEKS[week][0], 2007) - hazards.YEARS[0]
        age = people.age_on(MONDAYS[week], who).clip(0, 65)
        key = (age, people.group[who], people.sex[who] - 1)
        length = self.model.weeks[state, people.group[who]].copy()
        resources = people.resources[who]
        length *= np.exp(-RESOURCE_SPELL * resources) * self.rng.weibull(0.85, len(who)) / 1.088
        self.target[who] = -1
        for base in (S["none"], S["job"]):
            chosen = np.flatnonzero(state == base)
            place = tuple(part[chosen] for part in key)
            sign = 1 if base == S["none"] else -1
            rate = self.model.leave[(year, base, *place)] * np.exp(
                sign * RESOURCE_JOB * resources[chosen]
            )
            wait = self.rng.standard_exponential(len(chosen)) / rate
            real = wait < 52
            cumulative = self.model.enter[(year, base, *(part[real] for part in place))]
            drawn = pick_rows(self.rng, cumulative)
            entering = who[chosen[real]]
            spared = self.robust[entering] & SPARED[drawn] & (self.rng.random(len(drawn)) < 0.9)
            self.target[entering] = np.where(spared, -1, drawn)
            length[chosen] = np.where(real, wait, 40 + 24 * self.rng.random(len(chosen)))
        stop = week + np.ceil(np.minimum(length, NEVER)).astype(np.int32).clip(min=1)
        retire = self.pension[who]
        self.end[who] = np.where(retire > week, np.minimum(stop, retire), NEVER)
        self.furnish(who, week)

    def furnish(self, who: np.ndarray, week: int) -> None:
        """Codes, match group and job beside the benefit of people who just entered a state."""
        state = self.state[who]
        beside = np.array([states.JOB_BESIDE.get(name, 0.0) for name in states.STATES])
        self.job_beside[who] = self.rng.random(len(who)) < beside[state]
        self.match[who] = match.group(self.rng, state, self.people, who, self.match[who])
        moved = (state == S["job"]) & (self.rng.random(len(who)) < 0.3)
        self.industry[who[moved]] = self.rng.integers(1, INDUSTRIES + 1, moved.sum())
        self.recode(who, week)

    def recode(self, who: np.ndarray, week: int) -> None:
        """Draw the code inside the state (activation) and how long it lasts."""
        state = self.state[who]
        drawn = pick_rows(self.rng, FAMILY[state])
        self.code[who] = FAMILY_CODES[state, drawn]
        several = FAMILY_CODES[state, 1] != FAMILY_CODES[state, 0]
        wait = np.ceil(self.rng.standard_exponential(len(who)) * states.CODE_WEEKS).clip(1)
        self.code_end[who] = np.where(several, week + wait.astype(np.int32), NEVER)
        self.refine(who, week)
        self.change_jobs(who, week)

    def change_jobs(self, who: np.ndarray, week: int) -> None:
        """Some have a few weeks without wages between two jobs."""
        between = who[(self.state[who] == S["job"]) & (self.rng.random(len(who)) < BETWEEN_JOBS)]
        self.working[between] = False
        self.code_end[between] = week + self.rng.integers(*WEEKS_BETWEEN, len(between))

    def refine(self, who: np.ndarray, week: int) -> None:
        """Codes that depend on match group, age, year: 13x, 14x, 72x, 781, 151, 152; and wages."""
        state = self.state[who]
        help_ = who[state == S["kontanthjaelp"]]
        if week >= REFORM:
            age = self.people.age_on(MONDAYS[week], help_)
            young = (age < 30) & (self.people.level[2, help_] < 3)
            self.code[help_[young]] = YOUNG_CODE[self.code[help_[young]]]
        # Wage subsidies go to those ready for them.
        far = help_[(self.match[help_] > 1) & (self.people.group[help_] == 3)]
        self.code[far] = UNSUBSIDISED[self.code[far]]
        ready = help_[self.match[help_] == 1]
        self.code[ready] = READY_CODE[self.code[ready]]
        pension = who[state == S["foertidspension"]]
        sheltered = self.people.person_id[pension] % 45 == 0
        self.code[pension[sheltered]] = C["781"]
        if week >= WEEKS.index((2013, 1)):
            other = who[state == S["andet"]]
            self.code[other] = C["151"] if week < REFORM else C["152"]
        self.working[who] = self.job_beside[who] | WAGE[self.code[who]]

    def step(self, week: int) -> None:
        """Move on everybody whose spell or code ends in this week."""
        ending = np.flatnonzero(self.end == week)
        if len(ending):
            self.state[ending] = self.following(ending, week)
            self.settle(ending, week)
        changing = np.flatnonzero(self.code_end == week)
        if len(changing):
            self.recode(changing, week)

    def following(self, who: np.ndarray, week: int) -> np.ndarray:
        """The next state of each of `who`."""
        state = self.state[who].copy()
        after = self.model.after[state, self.people.group[who]]
        drawn = pick_rows(self.rng, after).astype(np.uint8)
        luck = np.tanh(0.2 * np.abs(self.people.resources[who])) > self.rng.random(len(who))
        up = self.people.resources[who] > 0
        drawn[luck & up & (drawn == S["none"])] = S["job"]
        drawn[luck & ~up & (drawn == S["job"])] = S["none"]
        base = np.isin(state, (S["none"], S["job"]))
        target = self.target[who]
        new = np.where(base, np.where(target >= 0, target, state), drawn).astype(np.uint8)
        child = state == S["barn"]
        new[child] = np.where(self.rng.random(child.sum()) < 0.35, S["job"], S["none"])
        age = self.people.age_on(MONDAYS[week], who)
        # The reform of 2013: ressourceforløb before førtidspension, above all under 40.
        reform = (new == S["foertidspension"]) & (state != new) & (WEEKS[week][0] >= 2013)
        new[reform & (self.rng.random(len(who)) < np.where(age < 40, 0.95, 0.35))] = S[
            "ressourceforloeb"
        ]
        late = np.where(age >= 30, new == S["su"], False) | ((age >= 45) & (new == S["barsel"]))
        new[late & ~base] = S["none"]
        new[self.pension[who] <= week] = S["folkepension"]
        new[np.isin(state, [S[name] for name in FOREVER if name != "foertidspension"])] = S[
            "folkepension"
        ]
        return new


def weeks_until(day: np.ndarray) -> np.ndarray:
    """Index of the week in which a day lies; negative before the first, int32."""
    return np.floor_divide(np.asarray(day) - MONDAYS[0], 7).astype(np.int32)


def live(people: People, model: hazards.Hazards, seed: int) -> Careers:
    """All weeks of a block's people."""
    walk = Walk(people, model, seed)
    size = len(people)
    weeks = np.empty((len(WEEKS), size), dtype=np.uint8)
    months = np.zeros((len(MONTHS), size), dtype=np.uint8)
    quarters = np.zeros((len(match.QUARTERS), size), dtype=np.uint8)
    walk.begin()
    for week in range(len(WEEKS)):
        if week:
            walk.step(week)
        if week == REFORM:
            walk.refine(np.flatnonzero(walk.state == S["kontanthjaelp"]), week)
        weeks[week] = walk.code
        month = WEEK_MONTH[week]
        if month >= 0:
            np.copyto(months[month], walk.industry, where=walk.working)
        if week in match.ENDS:
            quarters[match.ENDS[week]] = match.stored(walk.match, walk.state, week)
    blank_absent(people, weeks, months, quarters)
    return Careers(weeks, months, quarters, in_dream(people, weeks, seed))


def blank_absent(
    people: People, weeks: np.ndarray, months: np.ndarray, quarters: np.ndarray
) -> None:
    """Nothing before arrival; code 997 after departure, 999 after death."""
    for days, code in ((people.left, C["997"]), (people.died, C["999"])):
        gone = np.flatnonzero(days < MONDAYS[-1])
        after = MONDAYS[:, None] > days[gone][None, :]
        block = weeks[:, gone]
        block[after] = code
        weeks[:, gone] = block
        first = np.array([(date(*month, 1) - EPOCH).days for month in MONTHS])
        late = first[:, None] > days[gone][None, :]
        months[:, gone] = np.where(late, 0, months[:, gone])
        quarters[:, gone] = (
            0
            if not len(quarters)
            else np.where(match.last_days()[:, None] > days[gone][None, :], 0, quarters[:, gone])
        )


def in_dream(people: People, weeks: np.ndarray, seed: int) -> np.ndarray:
    """Who has a row: all who ever got a benefit, and most others aged 15 or more in April 2014.

    Source: 3,498,266 of 3,555,638 aged 18-64 are found in DREAM (SFI 15:10, tables 3.6 and 3.9).
    """
    rng = stream(seed, "in_dream", people.block)
    ever = weeks.any(axis=0)
    old_enough = people.age_on(MONDAYS[-1]) >= 15
    rare = np.where(people.age_on(MONDAYS[-1]) < 22, 0.15, 0.075)
    return (ever | (rng.random(len(people)) > rare)) & old_enough
