"""The appendix table of covariates, generated from their declaration: the same in every run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from evalrapport.contracts.covariates import COVARIATES, SECTIONS, Covariate
from evalrapport.contracts.result_table import Row, RowGroup, TableContract, from_dict, from_yaml
from evalrapport.results import open_rows
from evalrapport.results.shares import write
from evalrapport.step import Job


def with_rows(contract: TableContract, chosen: Iterable[Covariate]) -> TableContract:
    """The contract with a row per chosen covariate, under the headings of the declaration."""
    rows = tuple(Row(c.name, c.label, "tekst", group=c.heading) for c in chosen)
    used = {row.group for row in rows}
    groups = tuple(RowGroup(s.id, s.label) for s in SECTIONS if s.id in used)
    return from_dict(replace(contract, rows=rows, row_groups=groups).to_dict(), contract.id)


def words(covariate: Covariate) -> dict[str, str]:
    """The table's cells of one covariate."""
    return {
        "definition": covariate.definition,
        "kilde": covariate.source,
        "mangler": covariate.missing,
        "grund": covariate.reason,
    }


def step(job: Job) -> None:
    """The declaration → the table and its contract with a row per covariate."""
    contract = with_rows(from_yaml(job.input["contract"]), COVARIATES)
    texts = {covariate.name: words(covariate) for covariate in COVARIATES}
    write(open_rows.text_table(texts, contract), job.output["kovariater"])
    open_rows.write_contract(contract, job.output["contract"])
