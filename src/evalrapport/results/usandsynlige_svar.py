"""Answers that are possible but unlikely: how many are flagged, how many left out, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results.shares import table, write
from evalrapport.step import Job

SURVEYS = {"borgere": "citizens", "mentorer": "mentors"}
NOBODY = "ingen"


def reasons(rules: Sequence[Mapping[str, Any]], survey: str, left_out: int) -> str:
    """How many interviews were left out and why, with the reasons that config states: »ingen«,
    or »2 interview (måske misforstået spørgsmål)«."""
    told = [str(rule["reason"]).strip().rstrip(".") for rule in rules if rule["survey"] == survey]
    why = f" ({'; '.join(dict.fromkeys(told))})" if told else ""
    return f"{left_out or NOBODY} interview{why}" if why or left_out else NOBODY


def estimate(
    interviewed: Mapping[str, int],
    people: Mapping[str, pd.DataFrame],
    rules: Sequence[Mapping[str, Any]],
    contract: TableContract,
) -> pd.DataFrame:
    """All cells; `people`: those in the tables, with `over_fuld_uge`, by column of the table."""
    cells: list[dict[str, Any]] = []
    for column, survey in SURVEYS.items():
        kept = people[column]
        numbers = {
            "over_fuld_uge": int((kept["over_fuld_uge"] == "ja").sum()),
            "udeladt": interviewed[column] - len(kept),
        }
        for row, value in numbers.items():
            at = {"row": row, "column": column, "statistic": "antal", "text": "", "status": "ok"}
            cells.append({**at, "value": float(value), "count": value})
        left_out = numbers["udeladt"]
        words = {"row": "begrundelse", "column": column, "statistic": "tekst", "status": "ok"}
        cells.append({**words, "text": reasons(rules, survey, left_out), "count": left_out})
    return table([pd.DataFrame(cells)], contract)


def step(job: Job) -> None:
    """Interviews, respondents and config's rules → the table's estimates."""
    given = {name: pd.read_parquet(p) for name, p in job.input.items() if name != "contract"}
    asked = {column: len(given[f"survey_{who}"]) for column, who in SURVEYS.items()}
    people = {column: given[who] for column, who in SURVEYS.items()}
    rules = job.settings["survey"]["leave_out"]
    estimates = estimate(asked, people, rules, from_yaml(job.input["contract"]))
    write(estimates, job.output["usandsynlige_svar"])
