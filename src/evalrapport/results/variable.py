"""What every variable of chapters 3 and 5 means, from the contracts of the datasets.

So the annex can't fall behind the code: a column without a definition is left out, and a new one
is a new row.
"""

from __future__ import annotations

from collections.abc import Iterator

from evalrapport.contracts.datasets.benefit_history import BENEFIT_HISTORY
from evalrapport.contracts.datasets.comparison_groups import COMPARISON_GROUPS
from evalrapport.contracts.datasets.effect_outcomes import (
    ENROLLED,
    ENROLLED_FOR_READERS,
    OUTCOMES_FOR_READERS,
)
from evalrapport.contracts.datasets.effect_population import EFFECT_POPULATION
from evalrapport.contracts.datasets.employment_months import EMPLOYMENT_MONTHS
from evalrapport.contracts.datasets.recipients import RECIPIENTS
from evalrapport.contracts.datasets.visitation_groups import VISITATION_GROUPS
from evalrapport.contracts.result_table import from_yaml
from evalrapport.results import open_rows
from evalrapport.results.shares import write
from evalrapport.step import Job

DATASETS = (
    RECIPIENTS,
    VISITATION_GROUPS,
    BENEFIT_HISTORY,
    EMPLOYMENT_MONTHS,
    COMPARISON_GROUPS,
    EFFECT_POPULATION,
)


def variables() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Id, label, and definition and source of every variable, each id once, in order."""
    seen = set()
    for dataset in DATASETS:
        for column in dataset.columns:
            key = f"{dataset.name}.{column.name}"
            if column.label and column.label not in seen:
                seen.add(column.label)
                yield key, column.label, {"definition": column.definition, "kilde": column.source}
    outcomes = [(name, *told, "DREAM") for name, told in OUTCOMES_FOR_READERS.items()]
    outcomes.append((ENROLLED, *ENROLLED_FOR_READERS, "KOTRE"))
    for name, label, definition, source in outcomes:
        yield f"effect_outcomes.{name}", label, {"definition": definition, "kilde": source}


def step(job: Job) -> None:
    """The datasets' contracts → the table and its contract with one row per variable."""
    found = list(variables())
    labels = {key: label for key, label, _ in found}
    contract = open_rows.completed(from_yaml(job.input["contract"]), labels)
    texts = {key: words for key, _, words in found}
    write(open_rows.text_table(texts, contract), job.output["variable"])
    open_rows.write_contract(contract, job.output["contract"])
