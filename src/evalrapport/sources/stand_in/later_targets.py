"""What the stand-in people of 2015-16 are to add up to: the note's published tables as counts.

At a share of Denmark all counts are that share of the published ones, rounded so that the parts
still add up.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
RES, FLEX = 0, 1
GROUPS = ("ressourceforloeb", "fleksjob_ledighedsydelse")
TABLES = (
    "mentor_i_uge",
    "ydelse_ved_start",
    "nye_ydelsesforloeb",
    "varighed_noegletal",
    "anden_indsats",
    "mentorforloeb_i_kommuner",
)
# ASSUME: "knap 4.600" in ressourceforløb; with the annex's 6,674 and one each in Fanø and Læsø
# (fewer than 3, hence not printed) 2,086 are left for fleksjob and ledighedsydelse ("knap 2.100").
STARTED_2015_RES, UNPRINTED = 4_590, 1
# ASSUME: episodes of other groups started in 2015, and from July to December 2014; not printed.
OTHERS_2015, OTHERS_2014 = 44_200, 20_400
COUNTRY_MONTHS, COUNTRY_HOURS = 9.5, 2.8  # for the municipalities that are not printed


@dataclass(frozen=True)
class Targets:
    """Counts at the build's scale; arrays by municipality follow `places`."""

    scale: float
    places: Ints
    started: Ints
    months: Floats
    hours: Floats
    started_2016: tuple[int, int]
    others: Mapping[int, int]
    new_spells: Mapping[int, tuple[int, int]]
    stock: tuple[int, int]
    with_mentor: tuple[int, int]
    lasting: Mapping[int, float]
    up_to_a_year: float
    other_measure: tuple[float, float]

    def groups_2015(self) -> tuple[int, int]:
        """Episodes started in 2015: ressourceforløb, fleksjob and ledighedsydelse."""
        total = int(self.started.sum())
        res = round(STARTED_2015_RES * self.scale)
        return min(res, total), max(total - res, 0)


def parts(counts: Floats, scale: float) -> Ints:
    """Counts at a scale, rounded along their running sum: their total is off by less than one."""
    edges = np.rint(np.cumsum(counts) * scale).astype(np.int64)
    result: Ints = np.diff(edges, prepend=0)
    return result


def read_values(path: Path) -> dict[tuple[str, str], float | None]:
    """(row, column) → value of a published table; None where nothing is printed."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(r["row"], r["column"]): float(r["value"]) if r["value"] else None for r in rows}


def read(paths: Mapping[str, Path], scale: float) -> Targets:
    """From the published tables by id, at least TABLES."""
    table = {name: read_values(paths[name]) for name in TABLES}

    def value(name: str, row: str, column: str) -> float:
        found = table[name][row, column]
        if found is None:
            raise ValueError(f"{name} {row}@{column} is not published")
        return found

    def pair(name: str, column: str) -> tuple[float, float]:
        return value(name, GROUPS[RES], column), value(name, GROUPS[FLEX], column)

    def scaled(counts: tuple[float, float]) -> tuple[int, int]:
        return round(counts[RES] * scale), round(counts[FLEX] * scale)

    annex = table["mentorforloeb_i_kommuner"]
    rows = list(dict.fromkeys(row for row, _ in annex))

    def column(name: str, missing: float) -> Floats:
        found = [annex[row, name] for row in rows]
        return np.array([missing if one is None else one for one in found])

    stock = pair("mentor_i_uge", "personer")
    share = pair("mentor_i_uge", "andel")
    lasting = {k: value("varighed_noegletal", f"maaneder_{k}", "andel") / 100 for k in (3, 6, 12)}
    return Targets(
        scale=scale,
        places=np.array([int(row.removeprefix("kommune_")) for row in rows]),
        started=parts(column("antal", UNPRINTED), scale),
        months=column("varighed", COUNTRY_MONTHS),
        hours=column("timer", COUNTRY_HOURS),
        started_2016=scaled(pair("ydelse_ved_start", "antal_2016")),
        others={
            2014: round(OTHERS_2014 * scale),
            2015: round(OTHERS_2015 * scale),
            2016: round(value("ydelse_ved_start", "andre_ydelser", "antal_2016") * scale),
        },
        new_spells={
            year: scaled(pair("nye_ydelsesforloeb", f"antal_{year}")) for year in (2015, 2016)
        },
        stock=scaled(stock),
        with_mentor=scaled((stock[RES] * share[RES] / 100, stock[FLEX] * share[FLEX] / 100)),
        lasting=lasting,
        up_to_a_year=value("varighed_noegletal", "hoejst_12", "andel") / 100,
        other_measure=(
            value("anden_indsats", "med_anden_indsats", GROUPS[RES]) / 100,
            value("anden_indsats", "med_anden_indsats", GROUPS[FLEX]) / 100,
        ),
    )
