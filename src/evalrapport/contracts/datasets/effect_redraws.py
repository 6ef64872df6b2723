"""The effect analysis's people once more for each redraw of the pseudo start dates."""

from evalrapport.contracts.covariates import COVARIATES
from evalrapport.contracts.covariates.declaration import STORAGE
from evalrapport.contracts.datasets.shape import Column, Dataset

AT_START = tuple(covariate for covariate in COVARIATES if covariate.at == "start")

EFFECT_REDRAWS = Dataset(
    "effect_redraws",
    "redraw and person; of a redraw ascending by person_id, in one row group per part of DREAM",
    ("draw", "person_id"),
    (
        Column("draw", "int16", "number of the redraw, from 1"),
        Column("person_id", "int64", "person key"),
        Column("treated", "bool", "starts a mentor episode in the effect window"),
        Column("start_date", "date32", "first start in the window, or the start that was drawn"),
        *(Column(c.name, STORAGE[c.kind], c.definition) for c in AT_START),
    ),
)
