"""The only door from person-level results to what may leave: one table at a time.

Suppress, round, then write: a cell that is hidden loses its number, its interval and its base; what
is left is rounded as its contract says; a total of shares is 100, whatever is hidden above it. A
hidden number is never written as nought. Beside the CSV goes a JSON with the whole contract and the
manifest: code, settings, sources, seed, environment, and the disclosure control that was applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from evalrapport.contracts.bundle import Cells, csv_text, json_text, sha256
from evalrapport.contracts.result_table import TableContract, from_yaml
from evalrapport.results import disclosure, estimates, protection
from evalrapport.results.estimates import Estimate, Key
from evalrapport.results.protection import Protection
from evalrapport.results.rounding import rounded
from evalrapport.step import Job

NOT_PUT = "-"  # a question that was not put, or an answer not offered: no other words may pass


def step(job: Job) -> None:
    """Release one table: estimate, contract, floors → CSV and JSON."""
    contract = from_yaml(job.input["contract"])
    rule = protection.read(
        job.input["floors"], contract.disclosure_class, job.settings["disclosure"]
    )
    cells = estimates.read(job.input["estimate"], contract)
    hidden = disclosure.pattern(contract, cells, rule)
    released = release(cells, hidden.hidden)
    about = describe(job, contract, account(cells, released, hidden, rule))
    job.output["csv"].write_text(csv_text(released), encoding="utf-8")
    job.output["json"].write_text(json_text(about), encoding="utf-8")


def release(cells: Mapping[Key, Estimate], hidden: Iterable[Key]) -> Cells:
    """The cells as they may be shown, in the contract's order."""
    gone = set(hidden)
    return [_hidden(e) if key in gone else _shown(e) for key, e in cells.items()]


def _place(estimate: Estimate) -> dict[str, str]:
    cell = estimate.cell
    row, column, statistic = cell.key
    names = {"row_group": cell.row.group or "", "row": row, "column": column}
    return {**names, "statistic": statistic, "value": "", "text": "", "unit": cell.unit, "n": ""}


def _hidden(estimate: Estimate) -> dict[str, str]:
    return {**_place(estimate), "lower": "", "upper": "", "status": "suppressed"}


def _shown(estimate: Estimate) -> dict[str, str]:
    numbers = {"value": estimate.value, "lower": estimate.lower, "upper": estimate.upper}
    if estimate.status != "ok":
        bare = {**_place(estimate), "lower": "", "upper": "", "status": estimate.status}
        return bare | {"text": NOT_PUT} if estimate.text == NOT_PUT else bare
    decimals = estimate.cell.decimals
    return {
        **_place(estimate),
        **{name: rounded(x, decimals) if x else "" for name, x in numbers.items()},
        "text": estimate.text,
        "n": "" if estimate.n is None else rounded(str(estimate.n), 0),
        "status": "ok",
    }


def account(
    cells: Mapping[Key, Estimate], released: Cells, hidden: disclosure.Pattern, rule: Protection
) -> dict[str, Any]:
    """What a controller wants to know of a table; it says nothing of what is hidden where."""
    shown = [e for key, e in cells.items() if e.status == "ok" and key not in hidden.hidden]
    small = [e.count for e in shown if e.count and e.cell.row.role is None]
    bases = [e.n for e in shown if e.n]
    return {
        "class": rule.disclosure_class,
        "status": "released",
        "threshold": rule.threshold,
        "floor": rule.floor,
        "unit": rule.unit,
        "source": rule.source,
        "cells": len(released),
        "suppressed": sum(cell["status"] == "suppressed" for cell in released),
        "primary": sum(cells[key].status == "ok" for key in hidden.primary),
        "complementary": sum(cells[key].status == "ok" for key in hidden.complementary),
        "smallest_count": _plain(min(small)) if small and rule.small_counts else None,
        "smallest_base": _plain(min(bases)) if bases else None,
    }


def _plain(number: float) -> int | float:
    return int(number) if number == int(number) else round(number, 1)


def describe(job: Job, contract: TableContract, disclosed: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON that goes with a released table: contract, data status, and where it came from."""
    lock = job.input.get("lock")
    steps = job.lineage.get("steps", {}) | {
        job.module: {
            "code": job.code,
            "settings": job.settings,
            "reads": job.lineage.get("reads", []),
        }
    }
    manifest = {
        "steps": {name: steps[name] for name in sorted(steps)},
        "files": files_behind(job.lineage, job.input["estimate"].name),
        "seed": job.settings.get("stand_in", {}).get("seed"),
        "environment": f"sha256:{sha256(lock.read_bytes())}" if lock else None,
        "disclosure": dict(disclosed),
    }
    return {
        "table": contract.id,
        "study": job.study,
        "contract": contract.to_dict(),
        "data_status": data_status(job),
        "manifest": manifest,
    }


def data_status(job: Job) -> str:
    """`real` only if real files are named and no stand-in person stands behind the table."""
    made = any(name.startswith("sources.stand_in") for name in job.lineage.get("steps", {}))
    return "real" if job.settings["folders"] and not made else "stand_in"


def files_behind(lineage: Mapping[str, Any], estimate: str) -> dict[str, Any]:
    """Every file behind a table by name: hash and number of rows, and which step wrote it.

    Of the estimate and other files of the results room the step alone is told: they are small
    tables, and from the hash of a small table its hidden numbers could be found by trying.
    """
    found = {}
    for name, file in sorted(lineage.get("files", {}).items()):
        made_by = str(file.get("by") or "")
        if made_by.startswith("results."):
            found[name] = {"by": made_by}
        elif name != estimate or f"results/{estimate}" in lineage["files"]:
            found[name] = file
    return found
