"""Answers that SFI 15:10 states in its text and in no table, for citizens and for mentors."""

from __future__ import annotations

import pandas as pd

from evalrapport.contracts.result_table import from_yaml
from evalrapport.results import survey_table
from evalrapport.results.shares import write
from evalrapport.results.survey_table import ALL, Questions
from evalrapport.step import Job

NOT_MENTORS = ("gruppe", "andet", "fritaget", "ingen_positiv_af_alle")
QUESTIONS = Questions(
    groups={"gruppe": "benefit_group", "andet": "andet_ydelse", "tid": "tid_som_aftalt"},
    rows={"fritaget": "fritaget", "ingen_positiv_af_alle": "ingen_positiv_af_alle"},
    not_put={**{(one, "mentorer"): "" for one in NOT_MENTORS}, ("tid", "borgere"): ""},
)


def step(job: Job) -> None:
    """Respondents of both surveys and the citizens' frame → the table's estimates."""
    contract = from_yaml(job.input["contract"])
    given = {name: pd.read_parquet(job.input[name]) for name in ("citizens", "mentors", "frame")}
    people = {"borgere": given["citizens"], "mentorer": given["mentors"]}
    sizes = survey_table.populations_of(given["frame"], "benefit_group")
    found = survey_table.estimate(contract, QUESTIONS, people, {"borgere": sizes[ALL]})
    write(found, job.output["oevrige_svar"])
