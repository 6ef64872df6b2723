"""Holds the stand-in people against the published numbers, left of the wall.

`python -m evalrapport calibration` builds the estimates (disclosure control would hide small cells)
and compares every cell of tables 3.1-3.13, the treated of table 5.1 and the counts of records with
what is printed. Tolerances stand in contracts/calibration.yaml; at a scale below 1 the sampling
error of that share of Denmark is added, three standard errors of it.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from evalrapport.contracts.result_table import from_yaml
from evalrapport.danish import number

CONTRACTS = Path("src/evalrapport/contracts")
SHARE_POINTS, HISTORY_POINTS, RELATIVE = 0.3, 1.0, 0.01
PLACE_UNIT = 0.1  # months or hours, of a municipality's mean
STANDARD_ERRORS = 3.0
ROUNDING = 1e-9


@dataclass(frozen=True)
class Comparison:
    """One cell: what is printed, what was found, and how far apart they may be."""

    cell: str
    target: float
    found: float
    tolerance: float
    decimals: int
    gated: bool = True

    @property
    def difference(self) -> float:
        """Found minus target."""
        return self.found - self.target

    @property
    def within(self) -> bool:
        """Whether the difference is tolerated."""
        return abs(self.difference) <= self.tolerance + ROUNDING


def rules(study: str = "") -> dict[str, Any]:
    """The calibration file: a study's own, where there is one, else the evaluation's."""
    own = CONTRACTS / f"calibration_{study}.yaml"
    path = own if own.is_file() else CONTRACTS / "calibration.yaml"
    read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


def tolerance(
    statistic: str, target: float, found_n: float, decimals: int, kind: str, scale: float
) -> float:
    """How far a cell may lie from its target.

    Args:
        statistic: andel (per cent), antal, gennemsnit or median.
        found_n: people behind the column at this scale.
        kind: `share` or `history`; `printed` (whole per cent, off by half of one beforehand);
            `place` (a municipality: one episode, a tenth of a month or hour).
        scale: share of Denmark; below 1 three standard errors of such a sample are added.
    """
    people = max(found_n, 1.0)
    sampling = STANDARD_ERRORS * math.sqrt((1 - scale) / people)
    if statistic == "antal":
        return (kind == "place") + STANDARD_ERRORS * math.sqrt(target * (1 - scale))
    if statistic == "andel":
        share = min(max(target, 0.05), 99.95) / 100
        points = HISTORY_POINTS if kind == "history" else SHARE_POINTS
        points += 0.5 * 10.0**-decimals if kind == "printed" else 0.0
        return max(points, 100 / people) + 100 * sampling * math.sqrt(share * (1 - share))
    # ASSUME: "one unit" is one of the last printed digit; a standard deviation is taken to be as
    # large as the mean, which holds for durations, hours and months.
    if kind == "place":
        return PLACE_UNIT + sampling * max(abs(target), 1.0)
    return max(RELATIVE * abs(target), 10.0**-decimals) + sampling * max(abs(target), 1.0)


def table_cells(
    name: str, rule: dict[str, Any], published: Path, estimates: Path, scale: float
) -> Iterator[Comparison]:
    """Every printed cell of a table beside the estimate."""
    contract = from_yaml(CONTRACTS / "tables" / f"{name}.yaml")
    decimals = {cell.key: cell.decimals for cell in contract.cells()}
    found = {(row["row"], row["column"], row["statistic"]): row for row in rows(estimates, name)}
    swapped = rule.get("swapped", {})
    for cell in rows(published, name):
        key = (cell["row"], cell["column"], cell["statistic"])
        if cell["status"] != "ok" or key[1] not in rule.get("columns", [key[1]]):
            continue
        place = (swapped.get(key[0], key[0]), *key[1:])
        if found[place]["status"] != "ok":  # nobody there at this share of Denmark
            continue
        value = float(found[place]["value"])
        people = float(found[place]["n"] or value)
        target = float(cell["value"]) * (scale if key[2] == "antal" else 1)
        allowed = tolerance(key[2], target, people, decimals[key], rule["tolerance"], scale)
        address = f"{name} {place[0]}@{place[1]} {place[2]}"
        yield Comparison(address, target, value, allowed, decimals[key])


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    """The rows of a result table as text."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def records(path: Path) -> dict[str, int]:
    """Records as registered, and the people who start one, by year (typed mentor_episodes)."""
    parts = pd.read_parquet(path, columns=["person_id", "start_date"])
    start = pd.to_datetime(parts["start_date"])
    first, end = pd.Timestamp("2012-01-01"), pd.Timestamp("2014-07-01")
    counted = {}
    for year in (2012, 2013, 2014):
        of_year = parts[(start.dt.year == year) & (start < end)]
        counted[f"forloeb_startet_{year}"] = len(of_year)
        counted[f"personer_startet_{year}"] = of_year["person_id"].nunique()
    inside = parts[(start >= first) & (start < end)]
    counted["forloeb_startet_til_1_juli_2014"] = len(inside)
    counted["personer_startet_til_1_juli_2014"] = inside["person_id"].nunique()
    return counted


def record_cells(rule: dict[str, Any], found: dict[str, int], scale: float) -> list[Comparison]:
    """The counts of records beside their targets."""
    return [
        Comparison(
            f"forloeb {name}",
            target * scale,
            found[name],
            rule["tolerance"] * target * scale + 6 * math.sqrt(target * scale * (1 - scale)),
            0,
        )
        for name, target in rule["targets"].items()
    ]


def told_cells(told: dict[str, Any], estimates: Path) -> Iterator[Comparison]:
    """Numbers that are printed with their miss but never decide anything."""
    for name, cells in told.items():
        if not (estimates / f"{name}.csv").exists():
            continue
        for row in rows(estimates, name):
            for cell in cells:
                if [row["row"], row["column"]] == [cell["row"], cell["column"]] and row["value"]:
                    place = f"{name} {cell['row']}@{cell['column']} {row['statistic']}"
                    yield Comparison(
                        place, cell["value"], float(row["value"]), math.inf, 1, gated=False
                    )


def ranking_cells(rule: dict[str, Any], estimates: Path, scale: float) -> Iterator[Comparison]:
    """Figure 3.4: its two ends, their places in the order, and the ranges of two years."""
    name, whole = rule["table"], scale == 1
    found = {
        (row["row"], row["column"]): (float(row["value"]), row["n"])
        for row in rows(estimates, name)
        if row["row"].startswith(rule["prefix"]) and row["value"]
    }
    order = sorted((value, row) for (row, column), (value, _) in found.items() if column == "alle")
    for end, place in (("least", 0), ("most", -1)):
        row, value, unit = (rule[end][key] for key in ("row", "value", "unit"))
        own = found.get((row, "alle"), (math.nan, ""))[0]
        # ASSUME: about 600 starters stand behind Hedensted's share, which vary as much as the mean.
        allowed = unit + STANDARD_ERRORS * value * math.sqrt((1 - scale) / (600 * scale))
        address = f"{name} {row}@alle gennemsnit"
        yield Comparison(address, value, own, allowed, 2, gated=whole or end == "most")
        target = 1.0 if place == 0 else float(len(order))
        at = next((at for at, (_, other) in enumerate(order, 1) if other == row), 0)
        yield Comparison(f"{name} {row}@alle plads", target, at, 0.0, 0, gated=whole)
    for column, (low, high) in rule["ranges"].items():
        values = [value for (_, own), (value, _) in found.items() if own == column]
        for label, target, seen in (("mindst", low, min(values)), ("mest", high, max(values))):
            address = f"{name} {label}@{column} gennemsnit"
            yield Comparison(address, target, seen, rule["unit"], 2, gated=whole)


def compare(person_level: Path, published: Path, study: str, scale: float) -> list[Comparison]:
    """Every comparison of the calibration file, in its order."""
    read, estimates = rules(study), person_level / "estimates" / study
    cells = [
        cell
        for name, rule in read["tables"].items()
        for cell in table_cells(name, rule, published / study, estimates, scale)
    ]
    if "records" in read:
        found = records(person_level / "sources" / "mentor_episodes.parquet")
        cells += record_cells(read["records"], found, scale)
    if "ranking" in read:
        cells += ranking_cells(read["ranking"], estimates, scale)
    return cells + list(told_cells(read["told"], estimates))


def odd(study: str) -> tuple[str, ...]:
    """What is printed and can be no target, where the study counts records at all."""
    return ODD if "records" in rules(study) else ()


def printed(cells: list[Comparison], odd: tuple[str, ...] | None = None) -> Iterator[str]:
    """A line per cell, and what it comes to; ungated cells bear a note."""
    wide = max(len(cell.cell) for cell in cells) + 2
    yield f"{'celle':<{wide}}{'trykt':>12}{'fundet':>12}{'forskel':>10}{'tolerance':>11}"
    for cell in cells:
        digits = cell.decimals + (cell.decimals > 0)
        shown = [number(value, digits) for value in (cell.target, cell.found, cell.difference)]
        allowed = "–" if math.isinf(cell.tolerance) else number(cell.tolerance, 2)
        mark = "" if cell.within else "  ✗" if cell.gated else "  (afgør intet)"
        yield f"{cell.cell:<{wide}}{shown[0]:>12}{shown[1]:>12}{shown[2]:>10}{allowed:>11}{mark}"
    gated = [cell for cell in cells if cell.gated]
    missed = [cell for cell in gated if not cell.within]
    yield ""
    yield f"{len(gated) - len(missed)} af {len(gated)} celler inden for tolerancen."
    yield from (f"  {cell.cell}" for cell in missed)
    yield from ODD if odd is None else odd


# Printed, but it cannot be squared with the other counts; so it is no target.
ODD = (
    "Ikke et mål: 44.691 personer bag de 80.477 forløb til 1. juli 2014 (fodnote 12).",
    "  43.485 startede et første forløb 1. januar 2012 – 27. april 2014 og boede her primo året;",
    "  16.046 + 24.075 + 14.852 = 54.973 startere pr. år, heraf nogle i flere år.",
    "  44.691 − 43.485 = 1.206 skulle rumme både to måneders nye startere (2014: ca. 2.400 om",
    "  måneden) og alle, der ikke boede her primo året.",
)
