"""A block of people who never lived: birth, sex, origin, place, education, family, residence.

Sizes by age are Denmark's primo 2013, scaled so that 3,555,638 are 18-64 years old (SFI 15:10, note
to table 3.6) of 5,602,628 in all (BEF201212). Every person has a class of attachment to work, which
shows in the history, and a trait of resources that no register sees.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from evalrapport.sources.stand_in import places
from evalrapport.sources.stand_in.streams import pick, pick_rows, stream

BLOCK = 65_536
EVERYBODY = slice(None)
ID_START, ID_SPAN, ID_STEP = (
    9_000_000_000,
    4_000_000,
    49,
)  # ten digits from 90…: no date of birth begins so
EPOCH = date(1970, 1, 1)
REFERENCE = (date(2013, 1, 1) - EPOCH).days
RESIDENTS, WORKING_AGE = 5_602_628, 3_555_638
# Denmark primo 2013 in 1,000 by five-year band, 0-4 to 90-94. ASSUME: rounded from memory of
# StatBank FOLK1; only the shares within and outside 18-64 are used.
PYRAMID = (325, 330, 336, 350, 355, 322, 328, 370, 399, 421, 375, 349, 346, 338, 236, 168, 117, 72,
           40)  # fmt: skip
# ASSUME: people who came or left in 2012 and 2013, per resident (about StatBank's levels).
BORN_2013, ARRIVED_2013, DIED_2012, LEFT_2012 = 0.0100, 0.0115, 0.0093, 0.0078
ORIGINS = ("dansk", "efterkommer_vestlig", "efterkommer", "indvandrer_vestlig", "indvandrer")
# Origin by age from 0, 18, 30, 50, 65; 18-64 adds up to table 3.5's "Befolkningen".
ORIGIN_AGES = (18, 30, 50, 65)
ORIGIN_SHARES = np.array([
    [0.885, 0.004, 0.080, 0.013, 0.018],
    [0.845, 0.003, 0.040, 0.052, 0.060],
    [0.842, 0.002, 0.006, 0.052, 0.098],
    [0.925, 0.001, 0.000, 0.025, 0.049],
    [0.955, 0.001, 0.000, 0.022, 0.022],
])  # fmt: skip
CLASS_BY_ORIGIN = np.array([
    [0.485, 0.315, 0.130, 0.070], [0.43, 0.32, 0.16, 0.09], [0.32, 0.32, 0.20, 0.16],
    [0.48, 0.33, 0.12, 0.07], [0.22, 0.28, 0.23, 0.27],
])  # fmt: skip


# People made beyond the head count, of whom as many are left out: more of the loosely attached, so
# that there are enough with every history to choose from.
SURPLUS = 0.16
SURPLUS_CLASSES = np.array([0.08, 0.27, 0.32, 0.33])


@dataclass
class People:
    """One block; every array has one entry per person. Days count from 1970-01-01."""

    block: int
    person_id: np.ndarray
    birth: np.ndarray
    sex: np.ndarray
    origin: np.ndarray
    country: np.ndarray
    group: np.ndarray
    resources: np.ndarray
    municipality: np.ndarray
    came: np.ndarray
    left: np.ndarray
    died: np.ndarray
    level: np.ndarray = field(default_factory=lambda: np.empty((3, 0)))

    def __len__(self) -> int:
        return len(self.person_id)

    def take(self, kept: np.ndarray) -> People:
        """Some of the people, in their order."""
        some = {
            name: getattr(self, name)[..., kept]
            for name in self.__dataclass_fields__
            if name != "block"
        }
        return People(self.block, **some)

    def age_on(self, day: int | np.ndarray, who: np.ndarray | slice = EVERYBODY) -> np.ndarray:
        """Age in whole years on a day, approximately by 365.25 days a year; of `who` by place."""
        return np.floor((day - self.birth[who]) / 365.25).astype(np.int16)


def head_count(scale: float) -> int:
    """All people of a build: residents primo 2013 and those who came or left around then."""
    return round(RESIDENTS * scale * (1 + BORN_2013 + ARRIVED_2013 + DIED_2012 + LEFT_2012))


def age_weights() -> np.ndarray:
    """Share of residents primo 2013 by single year of age 0-94, with 18-64 as published."""
    ages = np.arange(95)
    weights = np.repeat(np.array(PYRAMID, dtype=float), 5)
    weights[90:] *= np.array([0.36, 0.26, 0.18, 0.12, 0.08]) * 5
    working = (ages >= 18) & (ages <= 64)
    weights[working] *= WORKING_AGE / weights[working].sum()
    weights[~working] *= (RESIDENTS - WORKING_AGE) / weights[~working].sum()
    return weights / weights.sum()


def make(seed: int, block: int, count: int) -> People:
    """The people of one block, with those too many from whom `reference` chooses.

    The same for the same seed, whatever other blocks do.
    """
    rng = stream(seed, "population", block)
    extra = round(count * SURPLUS)
    size = count + extra
    ids = ID_START + block * ID_SPAN + np.cumsum(rng.integers(1, ID_STEP, size))
    surplus = rng.permutation(size) < extra
    birth, came, left, died = of_both(rng, surplus)
    age = ((REFERENCE - birth) / 365.25).clip(0, 94).astype(int)
    origin = pick_rows(rng, ORIGIN_SHARES.cumsum(1)[np.digitize(age, ORIGIN_AGES)])
    arrived = (came > birth) & (origin < 3)
    origin[arrived] = rng.choice([0, 3, 4], arrived.sum(), p=[0.25, 0.45, 0.30])
    people = People(
        block=block,
        person_id=ids,
        birth=birth,
        sex=np.where(rng.random(size) < 0.504, 1, 2).astype(np.uint8),
        origin=origin.astype(np.uint8),
        country=places.countries(rng, origin),
        group=pick_rows(
            rng, np.where(surplus[:, None], SURPLUS_CLASSES, CLASS_BY_ORIGIN[origin]).cumsum(1)
        ).astype(np.uint8),
        resources=rng.standard_normal(size).astype(np.float32),
        municipality=places.municipalities(rng, size),
        came=came,
        left=left,
        died=died,
    )
    people.level = education(rng, people)
    return people


def of_both(rng: np.random.Generator, surplus: np.ndarray) -> tuple[np.ndarray, ...]:
    """Days of birth, arrival, departure and death; the surplus are residents of working age."""
    size, extra = len(surplus), int(surplus.sum())
    days = tuple(np.empty(size, dtype=np.int32) for _ in range(4))
    own = lives(rng, size - extra)
    weights = age_weights()[18:65]
    age = 18 + pick(rng, weights, extra) + rng.random(extra)
    birth = np.floor(REFERENCE - age * 365.25).astype(np.int32)
    far = np.full(extra, 99_999, dtype=np.int32)
    for day, whole, more in zip(days, own, (birth, birth, far, far), strict=True):
        day[~surplus], day[surplus] = whole, more
    return days


def lives(rng: np.random.Generator, size: int) -> tuple[np.ndarray, ...]:
    """Days of birth, arrival, departure and death (far past or future where there is none)."""
    rates = np.array([1, BORN_2013, ARRIVED_2013, DIED_2012, LEFT_2012])
    edges = np.round(np.cumsum(rates / rates.sum()) * size).astype(int)
    kind = np.digitize(np.arange(size), edges[:-1])
    kind = rng.permutation(kind)
    level = (rng.permutation(size) + rng.random(size)) / size
    cumulative = np.concatenate([[0], np.cumsum(age_weights())])
    age = np.interp(level, cumulative, np.arange(96))
    movers = np.isin(kind, [2, 4])
    age[movers] = rng.triangular(17, 24, 55, movers.sum())
    old = kind == 3
    age[old] = (95 - rng.gamma(2.2, 8.0, old.sum())).clip(20, 99)
    birth = np.floor(REFERENCE - age * 365.25).astype(np.int32)
    year = rng.integers(0, 365, size)
    birth[kind == 1] = REFERENCE + year[kind == 1]
    far = np.full(size, 99_999, dtype=np.int32)
    came = np.where(kind == 2, REFERENCE + year, birth).astype(np.int32)
    left = np.where(kind == 4, REFERENCE - 366 + year, far).astype(np.int32)
    died = np.where(kind == 3, REFERENCE - 366 + year, far).astype(np.int32)
    later = 1 - np.exp(-2e-5 * np.exp((age - 20).clip(0) * 0.098) * 1.9)
    gone = (rng.random(size) < later) & (kind < 3)
    died[gone] = (REFERENCE + rng.integers(1, 480, size))[gone]
    return birth, came, np.minimum(left, 99_999), died


LEVELS = ("", "10", "20", "30", "40", "50", "70")  # unknown, then DISCED levels of the code list
# Shares of grundskole … LVU by class: from 25 years, and 20-24 years.
GROWN = np.array([
    [0.15, 0.05, 0.33, 0.07, 0.24, 0.16], [0.24, 0.05, 0.43, 0.06, 0.15, 0.07],
    [0.43, 0.05, 0.38, 0.03, 0.08, 0.03], [0.68, 0.05, 0.21, 0.01, 0.04, 0.01],
])  # fmt: skip
YOUNG = np.array([
    [0.24, 0.56, 0.16, 0.01, 0.03, 0], [0.45, 0.33, 0.20, 0.01, 0.01, 0],
    [0.68, 0.14, 0.18, 0.00, 0.00, 0], [0.87, 0.05, 0.08, 0.00, 0.00, 0],
])  # fmt: skip
UNKNOWN = (0.014, 0.05, 0.03, 0.50, 0.38)  # by origin; table 3.6: 8.1 per cent of the population


def education(rng: np.random.Generator, people: People) -> np.ndarray:
    """Index into LEVELS of the highest completed education in 2011, 2012 and 2013: (3, n)."""
    count = len(people)
    level_2013 = np.ones(count, dtype=np.uint8)
    age = people.age_on(REFERENCE + 270)
    for table, chosen in ((YOUNG, (age >= 19) & (age < 25)), (GROWN, age >= 25)):
        cumulative = table.cumsum(1)[people.group[chosen]]
        level_2013[chosen] = 1 + pick_rows(rng, cumulative)
    school = np.array([0, 15, 19, 20, 22, 24, 25])  # youngest age with the level
    fresh = rng.random(count)
    levels = np.stack([level_2013] * 3)
    for back, year in ((1, 1), (2, 0)):
        later = (age - back < school[level_2013]) | ((age < 27) & (fresh < 0.07 * back))
        levels[year, later] = np.where(level_2013[later] > 2, 2, 1)
    unknown = rng.random(count) < np.array(UNKNOWN)[people.origin]
    levels[:, unknown] = 0
    return levels.astype(np.uint8)


def partners(rng: np.random.Generator, people: People) -> np.ndarray:
    """Index of each person's partner in the block, -1 for none; partners are of like age."""
    age = people.age_on(REFERENCE)
    likely = np.interp(
        age, [18, 22, 27, 32, 45, 65, 75, 90], [0, 0.2, 0.5, 0.68, 0.7, 0.72, 0.6, 0.2]
    )
    likely *= np.array([1.08, 1.03, 0.92, 0.62])[people.group]
    alone = (people.came != people.birth) | (people.left < 99_999) | (people.died < REFERENCE)
    paired = (rng.random(len(people)) < likely) & (age >= 18) & ~alone
    order = people.birth + rng.normal(0, 900, len(people))
    men = np.flatnonzero(paired & (people.sex == 1))
    women = np.flatnonzero(paired & (people.sex == 2))
    men, women = men[np.argsort(order[men])], women[np.argsort(order[women])]
    pairs = min(len(men), len(women))
    partner = np.full(len(people), -1, dtype=np.int64)
    men = men[np.sort(rng.permutation(len(men))[:pairs])]
    women = women[np.sort(rng.permutation(len(women))[:pairs])]
    partner[men], partner[women] = women, men
    return partner
