"""The states of a weekly career, their DREAM codes and what goes on in them (a job, activation).

Occupancies are thousands of people aged 18-64 at the start of March 2013 by age band; they add up
to the 894,027 publicly supported and 147,704 on kontanthjælp of SFI 15:10, tables 3.1 and 3.3.
Where those tables don't print a state by age, the split is a judgement of ours.
"""

from __future__ import annotations

import numpy as np

STATES = (
    "none", "job", "su", "dagpenge", "kontanthjaelp", "revalidering", "sygedagpenge",
    "ledighedsydelse", "fleksjob", "ressourceforloeb", "foertidspension", "barsel", "efterloen",
    "fleksydelse", "voksenlaerling", "svu", "integration", "andet", "folkepension", "barn", "vaek",
)  # fmt: skip
S = {name: index for index, name in enumerate(STATES)}
N_STATES = len(STATES)
FOREVER = ("foertidspension", "efterloen", "fleksydelse", "folkepension", "vaek")

# Benefits that the robust among the solid class are nearly always spared.
SPARED = ("dagpenge", "kontanthjaelp", "revalidering", "sygedagpenge", "ledighedsydelse",
          "fleksjob", "voksenlaerling", "svu", "andet", "none")  # fmt: skip

AGE_BANDS = (18, 20, 25, 30, 35, 40, 45, 50, 55, 60)
PEOPLE = np.array([149, 370, 336, 342, 386, 416, 439, 391, 364, 361.0])
# ASSUME: the age split inside each benefit; its totals are those of table 3.1 (1,000 people).
STOCK = {
    "dagpenge": (0.3, 12, 22, 19, 17, 17, 18, 16, 19, 7),
    "kontanthjaelp": (10.0, 26.0, 21.7, 18.6, 17.7, 16.5, 15.8, 10.9, 6.9, 3.4),
    "revalidering": (0, 0.6, 1.6, 2, 2, 1.9, 1.6, 0.8, 0.2, 0),
    "sygedagpenge": (0.8, 4.6, 6.9, 9.8, 12.4, 13.4, 15.2, 13, 10.7, 6.2),
    "ledighedsydelse": (0, 0, 0.4, 1, 1.8, 2.6, 3.4, 3.5, 3, 0.4),
    "fleksjob": (0, 0.2, 1, 2.6, 5.2, 8.2, 11.7, 11.8, 9.8, 2.2),
    "foertidspension": (0.7, 3, 4.6, 7.3, 13, 18.6, 29, 39, 55, 68.5),
    "barsel": (0.5, 5, 14.8, 19.8, 11, 2.6, 0.2, 0, 0, 0),
    "efterloen": (0, 0, 0, 0, 0, 0, 0, 0, 0, 106),
    "fleksydelse": (0, 0, 0, 0, 0, 0, 0, 0, 0, 3),
    "voksenlaerling": (0, 0.2, 1.5, 1.4, 0.9, 0.6, 0.3, 0, 0, 0),
    "svu": (0, 0, 0.2, 0.3, 0.4, 0.4, 0.5, 0.3, 0.1, 0),
    "integration": (0.5, 1.2, 1.2, 1.1, 0.8, 0.5, 0.3, 0.1, 0.1, 0),
    "andet": (0.3, 0.8, 1.2, 1.3, 1.5, 1.5, 1.7, 1.3, 0.9, 0.1),
    "su": (24, 137, 62, 14, 5, 2, 1, 0, 0, 0),
    "none": (62, 48, 40, 36, 33, 33, 32, 29, 29, 36),
}

# Four classes of attachment to work: solid, ordinary, loose, vulnerable. Relative occupancy of each
# state in each class; scaled so that the classes' shares give back the stock.
# ASSUME: the strengths are ours, chosen so that histories (tables 3.8, 3.9) come out about right.
CLASS_SHARES = np.array([0.46, 0.31, 0.14, 0.09])
INTENSITY = {
    "dagpenge": (0.25, 1.3, 2.4, 1.4),
    "kontanthjaelp": (0.005, 0.12, 1.7, 8.1),
    "revalidering": (0.02, 0.4, 2.6, 4.6),
    "sygedagpenge": (0.35, 1.25, 2.1, 1.8),
    "ledighedsydelse": (0.02, 0.6, 2.6, 4.5),
    "fleksjob": (0.1, 1.1, 3.0, 2.0),
    "foertidspension": (0.12, 0.9, 2.1, 4.1),
    "barsel": (0.8, 1.1, 1.3, 1.3),
    "efterloen": (0.95, 1.25, 1.1, 0.2),
    "fleksydelse": (0.1, 1.2, 2.6, 2.0),
    "voksenlaerling": (0.5, 1.5, 1.8, 0.5),
    "svu": (1, 1, 1, 1),
    "integration": (0.1, 0.4, 2.0, 6.0),
    "andet": (0.4, 1.5, 2.2, 0.8),
    "su": (1.25, 1.0, 0.6, 0.3),
    "none": (0.40, 0.85, 2.2, 3.6),
}
WOMEN = {"barsel": 1.88, "efterloen": 1.12, "foertidspension": 1.09, "sygedagpenge": 1.27,
         "kontanthjaelp": 1.05, "revalidering": 1.15, "ledighedsydelse": 1.15,
         "fleksjob": 1.1}  # fmt: skip
# Mean length of a spell in weeks, by class.
WEEKS = {
    "su": (120, 110, 80, 60), "dagpenge": (16, 22, 30, 32), "kontanthjaelp": (14, 20, 38, 120),
    "revalidering": (80, 80, 80, 80), "sygedagpenge": (10, 13, 18, 24),
    "ledighedsydelse": (35, 35, 40, 60), "fleksjob": (260, 220, 180, 140),
    "ressourceforloeb": (120, 120, 120, 120), "barsel": (30, 30, 30, 30),
    "voksenlaerling": (70, 70, 70, 70), "svu": (20, 20, 20, 20),
    "integration": (80, 80, 90, 120), "andet": (20, 20, 26, 26),
}  # fmt: skip
# Where a spell leads when it ends; the rest goes to "none".
NEXT = {
    "su": {"job": 0.72, "dagpenge": 0.05, "kontanthjaelp": 0.02},
    "dagpenge": {"job": 0.62, "sygedagpenge": 0.09, "kontanthjaelp": 0.02, "su": 0.03,
                 "andet": 0.04, "barsel": 0.03, "voksenlaerling": 0.02},
    "kontanthjaelp": {"job": 0.30, "sygedagpenge": 0.05, "dagpenge": 0.05, "su": 0.09,
                      "revalidering": 0.04, "ledighedsydelse": 0.02, "foertidspension": 0.02,
                      "barsel": 0.04, "ressourceforloeb": 0.0},
    "revalidering": {"job": 0.30, "ledighedsydelse": 0.18, "kontanthjaelp": 0.12,
                     "fleksjob": 0.10, "foertidspension": 0.05, "sygedagpenge": 0.05},
    "sygedagpenge": {"job": 0.70, "dagpenge": 0.08, "kontanthjaelp": 0.04, "revalidering": 0.01,
                     "ledighedsydelse": 0.015, "fleksjob": 0.01, "foertidspension": 0.01,
                     "barsel": 0.04},
    "ledighedsydelse": {"fleksjob": 0.62, "sygedagpenge": 0.12, "foertidspension": 0.12,
                        "kontanthjaelp": 0.03},
    "fleksjob": {"ledighedsydelse": 0.62, "foertidspension": 0.12, "job": 0.10,
                 "fleksydelse": 0.04},
    "ressourceforloeb": {"foertidspension": 0.4, "fleksjob": 0.3},
    "barsel": {"job": 0.84, "dagpenge": 0.05, "kontanthjaelp": 0.03},
    "voksenlaerling": {"job": 0.9},
    "svu": {"job": 0.95},
    "integration": {"job": 0.3, "kontanthjaelp": 0.35, "su": 0.05},
    "andet": {"job": 0.4, "kontanthjaelp": 0.1, "dagpenge": 0.2},
}  # fmt: skip
# How much likelier a state is entered from "none" than from "job".
FROM_NONE = {"kontanthjaelp": 9.0, "integration": 9.0, "dagpenge": 0.8, "sygedagpenge": 0.35,
             "barsel": 0.4, "su": 1.5, "revalidering": 3.0, "efterloen": 1.0}  # fmt: skip
JOB_LOSS = np.array([0.0002, 0.0015, 0.0085, 0.030])  # from "job" to "none", per week, by class
# The business cycle: entry into a state relative to 2013.
CYCLE = {
    "dagpenge": {2007: 0.6, 2008: 0.5, 2009: 1.1, 2010: 1.1, 2011: 1.05, 2012: 1.05, 2014: 0.9},
    "kontanthjaelp": {2007: 0.75, 2008: 0.75, 2009: 0.95, 2010: 1.0, 2011: 1.0, 2014: 0.95},
}
# Share of spells with a paid job beside the benefit (wages fill BRANCHE).
JOB_BESIDE = {"su": 0.6, "dagpenge": 0.14, "kontanthjaelp": 0.02, "revalidering": 0.05,
              "sygedagpenge": 0.6, "fleksjob": 1.0, "foertidspension": 0.08, "barsel": 0.75,
              "efterloen": 0.14, "voksenlaerling": 1.0, "svu": 1.0, "andet": 0.2,
              "folkepension": 0.08, "barn": 0.0, "none": 0.0, "job": 1.0}  # fmt: skip

# Codes inside a state: (code, share of weeks, mean weeks). Wage-subsidised codes fill BRANCHE.
_ACTIVE = (("3", 0.55), ("4", 0.063), ("5", 0.074), ("6", 0.10), ("7", 0.15), ("8", 0.073))


def _family(stem: str, active: float, passive: str = "0") -> tuple[tuple[str, float], ...]:
    return (
        (stem + passive, 1 - active),
        *((stem + digit, active * share) for digit, share in _ACTIVE),
    )


CODES: dict[str, tuple[tuple[str, float], ...]] = {
    "none": (("", 1.0),), "job": (("", 1.0),), "barn": (("", 1.0),),
    "su": (("652", 0.93), ("651", 0.07)),
    "dagpenge": (("111", 0.50), ("112", 0.13), ("113", 0.09), ("124", 0.03), ("213", 0.09),
                 ("214", 0.03), ("215", 0.02), ("216", 0.045), ("217", 0.03), ("218", 0.015),
                 ("231", 0.04)),
    "kontanthjaelp": _family("73", 0.365),
    "revalidering": (("760", 0.2), ("763", 0.16), ("764", 0.36), ("765", 0.02), ("767", 0.1),
                     ("768", 0.04), ("750", 0.04), ("753", 0.05), ("757", 0.03)),
    "sygedagpenge": (("890", 0.85), ("899", 0.08), ("893", 0.04), ("897", 0.02), ("898", 0.01)),
    "ledighedsydelse": (("740", 0.66), ("743", 0.17), ("747", 0.11), ("748", 0.06)),
    "fleksjob": (("771", 0.95), ("774", 0.05)),
    "ressourceforloeb": (("810", 0.6), ("813", 0.3), ("817", 0.06), ("818", 0.04)),
    "foertidspension": (("783", 1.0),), "barsel": (("881", 1.0),), "efterloen": (("621", 1.0),),
    "fleksydelse": (("622", 1.0),), "voksenlaerling": (("521", 1.0),), "svu": (("661", 1.0),),
    "integration": (("710", 0.5), ("713", 0.4), ("717", 0.1)),
    "andet": (("121", 0.5), ("412", 0.2), ("522", 0.2), ("511", 0.1)),
    "folkepension": (("998", 1.0),), "vaek": (("997", 1.0),),
}  # fmt: skip
# Codes that a career takes on besides: match group 1, uddannelseshjælp, skånejob, reforms, death.
OTHER_CODES = (
    *(f"13{digit}" for digit in "0345678"), *(f"14{digit}" for digit in "0345678"),
    *(f"72{digit}" for digit in "0345678"), "781", "151", "152", "999",
)  # fmt: skip
CODE_LIST = tuple(dict.fromkeys([code for family in CODES.values() for code, _ in family])) + (
    OTHER_CODES
)
C = {code: index for index, code in enumerate(CODE_LIST)}
WAGE_CODES = ("215", "216", "735", "736", "765", "135", "136", "145", "146", "725", "726", "781")
CODE_WEEKS = 11.0  # mean weeks on one code inside a state
