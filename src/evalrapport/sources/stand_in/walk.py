"""People on their way through the weeks: who moves on when, to what, with which code.

Only those whose spell or code ends in a week are touched in that week: some thousand people in each
of 382 weeks, so that it is the number of calls that costs.
"""

from __future__ import annotations

import numpy as np

from evalrapport.sources.stand_in import hazards, match, states
from evalrapport.sources.stand_in.benefit_codes import (
    FAMILY,
    FAMILY_CODES,
    READY_CODE,
    UNSUBSIDISED,
    WAGE,
    YOUNG_CODE,
)
from evalrapport.sources.stand_in.population import People
from evalrapport.sources.stand_in.states import FOREVER, N_STATES, C, S
from evalrapport.sources.stand_in.streams import pick_rows, stream
from evalrapport.sources.stand_in.timeline import MONDAYS, NEVER, REFORM, WEEKS, weeks_until

INDUSTRIES = 40
# ASSUME: how often and how long people go without wages between jobs: about once in fifty years.
BETWEEN_JOBS, WEEKS_BETWEEN = 0.018, (6, 17)
ROBUST_OF_20 = 13
CLASSES, SEXES = 4, 2
RESOURCE_SPELL, RESOURCE_JOB = 0.15, 0.22  # log change per standard deviation of resources


def among(*names: str) -> np.ndarray:
    """By state: whether it is one of those named."""
    return np.isin(np.arange(N_STATES), [S[name] for name in names])


BASES = among("none", "job")
SPARED = among(*states.SPARED)
ENDED_BY_PENSION = among(*(name for name in FOREVER if name != "foertidspension"))
BESIDE = np.array([states.JOB_BESIDE.get(name, 0.0) for name in states.STATES])
SEVERAL_CODES = FAMILY_CODES[:, 1] != FAMILY_CODES[:, 0]
LAST_REFORMS = WEEKS.index((2013, 1))


class Rates:
    """The model's tables with age, class and sex as one axis, and state and class as another."""

    def __init__(self, model: hazards.Hazards) -> None:
        years, bases = model.leave.shape[:2]
        self.leave = model.leave.reshape(years, bases, -1)
        self.enter = model.enter.reshape(years, bases, -1, N_STATES)
        self.after = model.after.reshape(-1, N_STATES)
        self.weeks = model.weeks.reshape(-1)
        self.occupancy = model.occupancy.reshape(-1, N_STATES)


class Walk:
    """The people of a block on their way through the weeks."""

    def __init__(self, people: People, model: hazards.Hazards, seed: int) -> None:
        self.people, self.rates = people, Rates(model)
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
        self.group = people.group.astype(np.int64)
        self.kind = self.group * SEXES + people.sex - 1
        self.spell = np.exp(-RESOURCE_SPELL * people.resources)
        self.into_job = np.exp(RESOURCE_JOB * people.resources)
        self.out_of_job = np.exp(-RESOURCE_JOB * people.resources)
        self.swayed = np.tanh(0.2 * np.abs(people.resources))

    def begin(self) -> None:
        """The states at the first week: in balance for those of working age."""
        people = self.people
        age = people.age_on(MONDAYS[0])
        occupancy = self.rates.occupancy[self.key(age, slice(None))]
        self.state[:] = pick_rows(self.rng, occupancy.cumsum(axis=1))
        self.state[age < 16] = S["barn"]
        self.state[age >= 65] = S["folkepension"]
        self.state[self.arrival > 0] = S["barn"]  # not yet in the country: blank weeks
        self.settle(np.arange(len(people)), 0, age)
        child = self.state == S["barn"]
        grown = weeks_until(people.birth + round(16 * 365.25))
        self.end[child] = np.maximum(grown, self.arrival)[child].clip(min=1)

    def key(self, age: np.ndarray, who: np.ndarray | slice) -> np.ndarray:
        """Place of each one's age, class and sex in the tables of rates."""
        within: np.ndarray = age.clip(0, hazards.AGES - 1).astype(np.int64) * (CLASSES * SEXES)
        return within + self.kind[who]

    def settle(self, who: np.ndarray, week: int, age: np.ndarray) -> None:
        """Draw how long each of `who` stays in the state just entered, and what it holds."""
        state = self.state[who]
        length = self.rates.weeks.take(state.astype(np.int64) * CLASSES + self.group[who])
        length *= self.spell[who] * self.rng.weibull(0.85, len(who)) / 1.088
        self.target[who] = -1
        key = self.key(age, who)
        for base in (S["none"], S["job"]):
            chosen = np.flatnonzero(state == base)
            length[chosen] = self.wait(base, who[chosen], week, key[chosen])
        stop = week + np.ceil(np.minimum(length, NEVER)).astype(np.int32).clip(min=1)
        retire = self.pension[who]
        self.end[who] = np.where(retire > week, np.minimum(stop, retire), NEVER)
        self.furnish(who, week)

    def wait(self, base: int, who: np.ndarray, week: int, key: np.ndarray) -> np.ndarray:
        """Weeks until `who` leave the base state, at most about a year; draws what they turn to."""
        year = max(WEEKS[week][0], 2007) - hazards.YEARS[0]
        pull = self.into_job if base == S["none"] else self.out_of_job
        rate = self.rates.leave[year, base].take(key) * pull[who]
        wait = self.rng.standard_exponential(len(who)) / rate
        real = wait < 52
        drawn = pick_rows(self.rng, self.rates.enter[year, base].take(key[real], axis=0))
        entering = who[real]
        spared = self.robust[entering] & SPARED[drawn] & (self.rng.random(len(drawn)) < 0.9)
        self.target[entering] = np.where(spared, -1, drawn)
        return np.where(real, wait, 40 + 24 * self.rng.random(len(who)))

    def furnish(self, who: np.ndarray, week: int) -> None:
        """Codes, match group and job beside the benefit of people who just entered a state."""
        state = self.state[who]
        self.job_beside[who] = self.rng.random(len(who)) < BESIDE.take(state)
        self.match[who] = match.group(self.rng, state, self.people, who, self.match[who])
        moved = (state == S["job"]) & (self.rng.random(len(who)) < 0.3)
        movers = who[moved]
        self.industry[movers] = self.rng.integers(1, INDUSTRIES + 1, len(movers))
        self.recode(who, week)

    def recode(self, who: np.ndarray, week: int) -> None:
        """Draw the code inside the state (activation) and how long it lasts."""
        state = self.state[who]
        drawn = pick_rows(self.rng, FAMILY.take(state, axis=0))
        self.code[who] = FAMILY_CODES[state, drawn]
        wait = np.ceil(self.rng.standard_exponential(len(who)) * states.CODE_WEEKS).clip(1)
        self.code_end[who] = np.where(SEVERAL_CODES[state], week + wait.astype(np.int32), NEVER)
        self.refine(who, week)
        self.change_jobs(who, state, week)

    def change_jobs(self, who: np.ndarray, state: np.ndarray, week: int) -> None:
        """Some have a few weeks without wages between two jobs."""
        between = who[(state == S["job"]) & (self.rng.random(len(who)) < BETWEEN_JOBS)]
        self.working[between] = False
        self.code_end[between] = week + self.rng.integers(*WEEKS_BETWEEN, len(between))

    def refine(self, who: np.ndarray, week: int) -> None:
        """Codes that depend on match group, age, year: 13x, 14x, 72x, 781, 151, 152; and wages."""
        state = self.state[who]
        help_ = who[state == S["kontanthjaelp"]]
        if week >= REFORM:
            age = self.people.age_on(MONDAYS[week], help_)
            young = help_[(age < 30) & (self.people.level[2, help_] < 3)]
            self.code[young] = YOUNG_CODE[self.code[young]]
        # Wage subsidies go to those ready for them.
        group = self.match[help_]
        far = help_[(group > 1) & (self.group[help_] == 3)]
        self.code[far] = UNSUBSIDISED[self.code[far]]
        ready = help_[group == 1]
        self.code[ready] = READY_CODE[self.code[ready]]
        pension = who[state == S["foertidspension"]]
        sheltered = self.people.person_id[pension] % 45 == 0
        self.code[pension[sheltered]] = C["781"]
        if week >= LAST_REFORMS:
            other = who[state == S["andet"]]
            self.code[other] = C["151"] if week < REFORM else C["152"]
        self.working[who] = self.job_beside[who] | WAGE[self.code[who]]

    def step(self, week: int) -> None:
        """Move on everybody whose spell or code ends in this week."""
        ending = np.flatnonzero(self.end == week)
        if len(ending):
            age = self.people.age_on(MONDAYS[week], ending)
            self.state[ending] = self.following(ending, week, age)
            self.settle(ending, week, age)
        changing = np.flatnonzero(self.code_end == week)
        if len(changing):
            self.recode(changing, week)

    def following(self, who: np.ndarray, week: int, age: np.ndarray) -> np.ndarray:
        """The next state of each of `who`."""
        state = self.state[who]
        after = self.rates.after.take(state.astype(np.int64) * CLASSES + self.group[who], axis=0)
        drawn = pick_rows(self.rng, after).astype(np.uint8)
        luck = self.swayed[who] > self.rng.random(len(who))
        up = self.people.resources[who] > 0
        drawn[luck & up & (drawn == S["none"])] = S["job"]
        drawn[luck & ~up & (drawn == S["job"])] = S["none"]
        base, target = BASES[state], self.target[who]
        new = np.where(base, np.where(target >= 0, target, state), drawn).astype(np.uint8)
        child = np.flatnonzero(state == S["barn"])
        new[child] = np.where(self.rng.random(len(child)) < 0.35, S["job"], S["none"])
        # The reform of 2013: ressourceforløb before førtidspension, above all under 40.
        barred = self.rng.random(len(who)) < np.where(age < 40, 0.95, 0.35)
        if WEEKS[week][0] >= 2013:
            new[barred & (new == S["foertidspension"]) & (state != new)] = S["ressourceforloeb"]
        late = ((age >= 30) & (new == S["su"])) | ((age >= 45) & (new == S["barsel"]))
        new[late & ~base] = S["none"]
        new[(self.pension[who] <= week) | ENDED_BY_PENSION[state]] = S["folkepension"]
        return new
