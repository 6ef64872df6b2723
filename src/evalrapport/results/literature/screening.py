"""The decisions on each work: two stages, each with screener and reason, and what came of them.

A decision is a line of data/literature/decisions.csv. Two screeners may disagree; then a line by
the screener `enighed` says what they agreed on. A work that stage 1 (`titel`: title and abstract)
keeps must be decided on at stage 2 (`fuldtekst`), where `ikke_fundet` means that no copy was had.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from evalrapport.errors import PlainError

FIELDS = ("reference", "trin", "screener", "afgoerelse", "begrundelse")
STAGES = {"titel": ("med", "ikke_med"), "fuldtekst": ("med", "ikke_med", "ikke_fundet")}
CONSENSUS = "enighed"

Decision = Mapping[str, str]
Outcomes = dict[str, Decision]  # work -> the decision that counts


def read_decisions(path: Path, works: Collection[str]) -> list[dict[str, str]]:
    """All decisions; PlainError with line for one that can't be, or is on no work."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        lines = list(reader)
    if tuple(reader.fieldnames or ()) != FIELDS:
        raise PlainError(f"{path.name}: the columns must be {', '.join(FIELDS)}.")
    seen = set()
    for number, line in enumerate(lines, start=2):
        problem = fault(line, works)
        key = (line["reference"], line["trin"], line["screener"])
        if key in seen:
            problem = "this screener has decided on this work before"
        if problem:
            raise PlainError(f"{path.name}, line {number}: {problem}.")
        seen.add(key)
    return lines


def fault(line: Decision, works: Collection[str]) -> str:
    """What is wrong with one decision, or nothing."""
    allowed = STAGES.get(line["trin"])
    if line["reference"] not in works:
        return f"“{line['reference']}” is no work (a merged hit is decided on under the one kept)"
    if allowed is None:
        return f"trin must be one of {', '.join(STAGES)}"
    if line["afgoerelse"] not in allowed:
        return f"afgoerelse must be one of {', '.join(allowed)}"
    if not line["screener"].strip():
        return "screener is empty"
    if line["afgoerelse"] != "med" and not line["begrundelse"].strip():
        return "a work that is left out needs a begrundelse"
    return ""


def outcomes(decisions: Sequence[Decision], stage: str) -> Outcomes:
    """The decision that counts for each work at a stage.

    Raises:
        PlainError: screeners disagree, and no line by `enighed` settles it.
    """
    by_work: dict[str, list[Decision]] = {}
    for line in decisions:
        if line["trin"] == stage:
            by_work.setdefault(line["reference"], []).append(line)
    found: Outcomes = {}
    for work, lines in by_work.items():
        agreed = [line for line in lines if line["screener"] == CONSENSUS]
        if not agreed and len({line["afgoerelse"] for line in lines}) > 1:
            raise PlainError(
                f"{work}, {stage}: the screeners disagree; add a line by “{CONSENSUS}” with what "
                "they agreed on."
            )
        found[work] = (agreed or lines)[0]
    return found


def undecided(works: Collection[str], decided: Outcomes, stage: str) -> None:
    """Raise PlainError if a work has no decision at a stage."""
    missing = sorted(set(works) - set(decided))
    if missing:
        shown = ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
        raise PlainError(f"{len(missing)} works have no decision at the stage {stage}: {shown}.")


def pairs(decisions: Sequence[Decision], stage: str) -> list[tuple[str, str]]:
    """The first two screeners' decisions on the works that both decided on, before they agreed."""
    lines = [d for d in decisions if d["trin"] == stage and d["screener"] != CONSENSUS]
    screeners = sorted({line["screener"] for line in lines})[:2]
    if len(screeners) < 2:
        return []
    first, second = (
        {d["reference"]: d["afgoerelse"] for d in lines if d["screener"] == name}
        for name in screeners
    )
    return [(first[work], second[work]) for work in sorted(first.keys() & second.keys())]


def kappa(decided: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two screeners; None where it doesn't exist (nothing, or one answer only).

    Source: J. Cohen (1960), Educational and Psychological Measurement 20, 37-46.
    """
    if not decided or len({answer for pair in decided for answer in pair}) < 2:
        return None
    n = len(decided)
    agreed = sum(a == b for a, b in decided) / n
    answers = {answer for pair in decided for answer in pair}
    chance = sum(
        sum(a == x for a, _ in decided) * sum(b == x for _, b in decided) / n**2 for x in answers
    )
    return (agreed - chance) / (1 - chance)
