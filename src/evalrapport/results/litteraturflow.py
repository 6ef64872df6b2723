"""The way from hits to included studies: counted from the records, or the two published totals.

With exports in data/literature/exports and decisions in data/literature/decisions.csv every box of
the flow is counted. Without, the flow is that of SFI 15:10, which published only how many articles
were found and how many were included; the other boxes are `not_published`.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.errors import PlainError
from evalrapport.results.literature.duplicates import Merge, deduplicated
from evalrapport.results.literature.flow import Flow, from_records, from_totals
from evalrapport.results.literature.references import FORMATS, Reference, read_export
from evalrapport.results.literature.screening import STAGES, Decision, kappa, pairs, read_decisions
from evalrapport.results.open_rows import CELL
from evalrapport.results.shares import missing_cell, table, write
from evalrapport.step import Job


def flow_table(flow: Flow, contract: TableContract) -> pd.DataFrame:
    """The boxes' counts and, beside the boxes of works left out, the reasons in words."""
    cells = []
    for box, count in flow.boxes.items():
        cells.append(number(box, "antal", "antal", count))
        words = "; ".join(f"{why} ({n})" for why, n in flow.reasons.get(box, {}).items())
        if words:
            at = {"row": box, "column": "grunde", "statistic": "tekst"}
            cells.append({**at, "text": words, "status": "ok"})
    return table([pd.DataFrame(cells, columns=CELL)], contract)


def agreement_table(decisions: Sequence[Decision], contract: TableContract) -> pd.DataFrame:
    """How far two screeners agreed, by stage: works both saw, share agreed on, Cohen's kappa."""
    cells = []
    for stage in STAGES:
        both = pairs(decisions, stage)
        agreed = 100 * sum(a == b for a, b in both) / len(both) if both else None
        cells.append(number(stage, "antal", "antal", len(both) or None))
        cells.append(number(stage, "enighed", "andel", agreed))
        cells.append(number(stage, "kappa", "kappa", kappa(both)))
    return table([pd.DataFrame(cells, columns=CELL)], contract)


def number(row: str, column: str, statistic: str, value: float | None) -> dict[str, Any]:
    """A cell with a number, or `not_published` where there is none."""
    cell = missing_cell(row, column, statistic)
    known = value is not None
    return {
        **cell,
        "value": value if known else np.nan,
        "status": "ok" if known else "not_published",
    }


def records(
    exports: Sequence[Path], kept_apart: Path | None
) -> tuple[list[Reference], list[Merge]]:
    """All works of all exports, and the merges."""
    apart: set[frozenset[str]] = set()
    if kept_apart:
        with kept_apart.open(encoding="utf-8", newline="") as file:
            apart = {frozenset((line["a"], line["b"])) for line in csv.DictReader(file)}
    return deduplicated([one for path in exports for one in read_export(path)], apart)


def totals(path: Path) -> tuple[int, int]:
    """(found, included) as published."""
    with path.open(encoding="utf-8", newline="") as file:
        values = {line["id"]: int(line["antal"]) for line in csv.DictReader(file)}
    return values["identificeret"], values["medtaget"]


def counted(inputs: Mapping[str, Path]) -> tuple[Flow, list[Decision], list[Merge]]:
    """The flow, the decisions and the merges: from the records if there are any."""
    exports = [
        path for path in inputs.values() if path.suffix in FORMATS or "exports" in path.parts
    ]
    if not exports:
        return from_totals(*totals(inputs["totals"])), [], []
    if "decisions" not in inputs:
        raise PlainError("data/literature/exports has files, but there is no decisions.csv.")
    works, merges = records(sorted(exports), inputs.get("kept_apart"))
    decisions = read_decisions(inputs["decisions"], {work.id for work in works})
    return from_records(works, merges, decisions), list(decisions), merges


def step(job: Job) -> None:
    """Exports and decisions, or the totals → the flow, the agreement, and the list of merges."""
    flow, decisions, merges = counted(job.input)
    contract = {name: from_yaml(job.input[f"contract_{name}"]) for name in TABLES}
    write(flow_table(flow, contract["litteraturflow"]), job.output["litteraturflow"])
    write(
        agreement_table(decisions, contract["litteraturenighed"]), job.output["litteraturenighed"]
    )
    listed = json.dumps([asdict(merge) for merge in merges], ensure_ascii=False, indent=1)
    job.output["merges"].write_text(listed + "\n", encoding="utf-8")


TABLES = ("litteraturflow", "litteraturenighed")
