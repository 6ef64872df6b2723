"""The covariates of the propensity, declared as data: what each is, from where, and why it counts.

SFI 15:10, chapter 5, names what the matching takes account of; each is here, under the heading that
the appendix gives it. Those that need an optional register say which group (`needs`).
"""

from __future__ import annotations

from dataclasses import replace

from evalrapport.contracts.covariates import history, person, registers
from evalrapport.contracts.covariates.declaration import STORAGE, Covariate, Section
from evalrapport.contracts.datasets.shape import Column, Dataset

# A column with fewer people than this on either side, among the treated or in the pool, is merged
# with its neighbour or dropped.
# ASSUME: ten is the usual least number of events per parameter of a logit (Peduzzi et al. 1996).
RARE_BELOW = 10
# Where fewer treated stand behind each column than this, the limit above is raised until they do.
# ASSUME: five events per column; below that the coefficients of a logit can't be trusted
# (Vittinghoff & McCulloch 2007, American Journal of Epidemiology 165).
TREATED_PER_COLUMN = 5

SECTIONS: tuple[Section, ...] = (
    *(person.PERSON, person.FAMILY, person.EDUCATION, person.AREA),
    *(history.BENEFITS, history.ACTIVATION, history.EMPLOYMENT),
    *(registers.JOBS, registers.HOURS, registers.HEALTH_SECTION, registers.HOUSING),
    *(registers.ENROLMENT, registers.PARTNERS, registers.PARENTS_SECTION),
)

COVARIATES: tuple[Covariate, ...] = tuple(
    replace(covariate, heading=section.id)
    for section in SECTIONS
    for covariate in section.covariates
)


def _shape(name: str, row: str, chosen: tuple[Covariate, ...]) -> Dataset:
    return Dataset(
        name,
        row,
        ("person_id",),
        (
            Column("person_id", "int64", "person key"),
            *(Column(c.name, STORAGE[c.kind], c.definition) for c in chosen),
        ),
    )


EFFECT_COVARIATES = _shape(
    "effect_covariates", "person of the effect population, ascending by person_id", COVARIATES
)
# What the registers said at the turn of the year: it doesn't depend on the start date.
EFFECT_BACKGROUND = _shape(
    "effect_background",
    "resident of the effect analysis's ages, ascending by person_id",
    tuple(covariate for covariate in COVARIATES if covariate.at == "year"),
)

__all__ = [
    "COVARIATES",
    "EFFECT_BACKGROUND",
    "EFFECT_COVARIATES",
    "RARE_BELOW",
    "SECTIONS",
    "TREATED_PER_COLUMN",
    "Covariate",
    "Section",
]
