"""Checks between registers: are the same people in them, and as many as the year before?

Only keys are read. Nothing is said of a person: counts of people, and shares.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from evalrapport.contracts.sources import OPTIONAL
from evalrapport.contracts.sources.later import DELIVERIES
from evalrapport.sources.findings import Findings

# ASSUME: some people with a mentor are in neither register (76 of 43,485 are not in DREAM, SFI
# 15:10, table 3.1). Below half, the files belong to different projects: pseudonyms differ.
SHARE_NEEDED = 0.5
# ASSUME: a population register grows by a few per cent a year; a fifth is a file cut short.
VOLUME_CHANGE = 0.2
# Registers with a hundred million rows a year: their people are not gathered in memory.
TOO_LARGE = ("sssy", "bfl")


def people(path: Path, period: int | None = None, column: str = "person_id") -> np.ndarray:
    """The distinct ids of a typed file's column, sorted; of one period if it is given."""
    filters = None if period is None else [("period", "=", period)]
    table = pq.read_table(path, columns=[column], filters=filters)
    return np.unique(np.asarray(table.column(column).drop_null()))


def coverage(
    episodes: Path, other: Path, name: str, findings: Findings, file: str = "mentor_episodes"
) -> None:
    """People with a mentor who are not in the other register (DREAM or BEF)."""
    missing(people(episodes), people(other), (file, name, f"coverage_{name.lower()}"), findings)


def missing(
    ours: np.ndarray, theirs: np.ndarray, told: tuple[str, str, str], findings: Findings
) -> None:
    """Count people who are not among `theirs`; `told`: our file, their register, the check."""
    file, name, check = told
    lost = len(ours) - int(np.isin(ours, theirs, assume_unique=True).sum())
    if len(ours) and lost / len(ours) > 1 - SHARE_NEEDED:
        rule = f"less than half of the people are in {name}: the files have different pseudonyms"
        findings.add(file, "PNR", rule, lost)
    else:
        findings.warn(file, "PNR", check, lost)
    findings.seen[file] = len(ours)


def periods(path: Path) -> dict[int, int]:
    """Rows per period of a typed file."""
    table = pq.read_table(path, columns=["period"])
    counts = pc.value_counts(table.column("period"))
    return {int(c["values"].as_py()): int(c["counts"].as_py()) for c in counts}


def volume(path: Path, register: str, findings: Findings) -> None:
    """Periods with a fifth more or fewer rows than the one before."""
    rows = sorted(periods(path).items())
    for (_, before), (period, now) in itertools.pairwise(rows):
        if before and abs(now - before) / before > VOLUME_CHANGE:
            findings.warn(f"{register}{period}", "*", "volume", abs(now - before))
            findings.seen[f"{register}{period}"] = now


def further(typed: dict[str, Path], findings: Findings) -> None:
    """Optional registers: their people are BEF's, and their years about alike in size."""
    residents = people(typed["bef"])
    for name in OPTIONAL:
        if name not in typed:
            continue
        columns = pq.read_schema(typed[name]).names
        if "person_id" in columns and name not in TOO_LARGE:
            told = (name, "BEF", "coverage_people")
            missing(people(typed[name]), residents, told, findings)
        if "period" in columns:
            volume(typed[name], name, findings)


def dwellings(typed: dict[str, Path], findings: Findings) -> None:
    """Dwellings that people live in and that BOLIG doesn't have."""
    if not {"perbolig", "bolig"} <= typed.keys():
        return
    named, known = (
        pc.unique(pq.read_table(typed[name], columns=["dwelling_id"])["dwelling_id"].drop_null())
        for name in ("perbolig", "bolig")
    )
    lost = pc.sum(pc.invert(pc.is_in(named, known))).as_py() or 0
    file = "perbolig og bolig"  # `perbolig` alone has its people counted
    findings.seen[file] = len(named)
    findings.warn(file, "DST_BOLIGERHVERVSENHED_ID", "dwellings", lost)


def later(typed: dict[str, Path], findings: Findings) -> None:
    """Later deliveries: those with a mentor or a measure are in the DREAM of their delivery."""
    for delivery, registers in DELIVERIES.items():
        for name in (f"mentor_episodes_{delivery}", f"activation_{delivery}"):
            if name in typed:
                dream = typed[registers["dream"].name]
                coverage(typed[name], dream, "DREAM", findings, file=name)


def partners(path: Path, findings: Findings) -> None:
    """Partners who are not residents of the same period."""
    for period in sorted(periods(path)):
        here = people(path, period)
        named = people(path, period, "partner_id")
        lost = len(named) - int(np.isin(named, here, assume_unique=True).sum())
        findings.seen[f"bef{period}"] = len(named)
        findings.warn(f"bef{period}", "E_FAELLE_ID", "partner", lost)


def constants(path: Path, register: str, columns: list[str], findings: Findings) -> None:
    """Columns in which every row has the same value: a sign of an extract gone wrong."""
    file = pq.ParquetFile(path)
    if file.metadata.num_rows < 100:  # a small file may well be alike
        return
    for name in columns:
        table: pa.Table = file.read(columns=[name])
        if len(pc.unique(table.column(name))) == 1:
            findings.warn(register, name, "constant", len(table))


def check(typed: dict[str, Path]) -> Findings:
    """All checks between the typed files: mentor_episodes, dream, bef, udda, and others."""
    findings = Findings()
    further(typed, findings)
    dwellings(typed, findings)
    later(typed, findings)
    coverage(typed["mentor_episodes"], typed["dream"], "DREAM", findings)
    coverage(typed["mentor_episodes"], typed["bef"], "BEF", findings)
    partners(typed["bef"], findings)
    volume(typed["bef"], "bef", findings)
    volume(typed["udda"], "udda", findings)
    constants(typed["bef"], "bef", ["sex", "municipality_code", "origin_type"], findings)
    constants(typed["udda"], "udda", ["education_code"], findings)
    constants(typed["mentor_episodes"], "mentor_episodes", ["start_date"], findings)
    return findings
