"""What the stand-in people are to add up to: the published tables as counts of people.

Printed shares times printed bases; contracts/calibration.yaml says which tables are used so.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.float64]
# Rows of each table that divide its people, in the order of the codes in `traits`.
ROWS: dict[str, tuple[str, ...]] = {
    "ydelse": (
        "selvforsoergelse", "su", "a_dagpenge", "kontanthjaelp", "revalidering", "sygedagpenge",
        "ledighedsydelse", "fleksjob", "ressourceforloeb", "foertidspension", "andre",
    ),
    "aktiv_indsats": (
        "aktiv.vejledning", "aktiv.ordinaer_uddannelse", "aktiv.loentilskud_privat",
        "aktiv.loentilskud_offentlig", "aktiv.virksomhedspraktik_privat",
        "aktiv.virksomhedspraktik_offentlig", "aktiv.oevrige", "aktiv.ressourceforloeb",
        "aktiv.fleksjob", "aktiv.skaanejob", "passiv", "selvforsoergelse_su",
    ),
    "alder": (
        "under_16", "16_19_aar", "20_24_aar", "25_29_aar", "30_34_aar", "35_39_aar", "40_44_aar",
        "45_49_aar", "50_54_aar", "55_59_aar", "60_64_aar", "over_64",
    ),
    "koen": ("maend", "kvinder"),
    "herkomst": (
        "danskere", "efterkommere_vestlige_lande", "efterkommere_ikke_vestlige_lande",
        "indvandrere_vestlige_lande", "indvandrere_ikke_vestlige_lande",
    ),
    "uddannelse": (
        "uoplyst", "grundskole", "gymnasial", "erhvervsfaglig", "kort_videregaaende",
        "mellemlang_videregaaende", "lang_videregaaende",
    ),
    "matchgruppe": ("ingen", "matchgruppe_1", "matchgruppe_2", "matchgruppe_3"),
    "aar_paa_forsoergelse": (
        "ingen", "op_til_1_aar", "1_2_aar", "2_3_aar", "3_4_aar", "4_til_under_5_aar", "5_aar",
    ),
    "maaneder_i_beskaeftigelse": (
        "ingen", "1_12_maaneder", "13_24_maaneder", "25_36_maaneder", "37_47_maaneder",
        "48_maaneder",
    ),
}  # fmt: skip
YEARS = (2012, 2013, 2014)
YEARS_TABLE, MONTHS_TABLE = "aar_paa_forsoergelse", "maaneder_i_beskaeftigelse"
# Months in each row of table 3.9.
MONTHS_IN_ROW = ((0, 0), (1, 12), (13, 24), (25, 36), (37, 47), (48, 48))
POPULATION, SUPPORTED, HELP = "befolkningen", "offentligt_forsoergede", "kontanthjaelpsmodtagere"
# People aged 18-64 primo 2013 (note to table 3.6); the other bases stand in the tables.
PEOPLE = 3_555_638
TREATED = 6_487  # table 5.1
GOLDEN = 0.6180339887498949


@dataclass(frozen=True)
class Targets:
    """Published values by (table, row, column): shares in per cent, and bases."""

    values: Mapping[tuple[str, str, str], float]

    def base(self, table: str, column: str) -> int:
        """The printed base of a column."""
        return int(self.values[table, "beregningsgrundlag", column])

    def counts(self, table: str, column: str, people: float) -> Counts | None:
        """People by row of a table's column, adding to `people`; None where it has no such column.

        Printed shares seldom add to 100 exactly; they are scaled to do so."""
        if (table, ROWS[table][0], column) not in self.values:
            return None
        shares = np.array([self.values[table, row, column] for row in ROWS[table]])
        result: Counts = shares / shares.sum() * people
        return result

    def below_median(self, column: str) -> float:
        """The share with fewer months in work than the printed median (table 3.9): less than half,
        by half of those who have just so many, if the months of its row are equally frequent."""
        median = self.values[MONTHS_TABLE, "median", column]
        place = next(at for at, (_, high) in enumerate(MONTHS_IN_ROW) if median <= high)
        low, high = MONTHS_IN_ROW[place]
        share = self.values[MONTHS_TABLE, ROWS[MONTHS_TABLE][place], column] / 100
        return 0.5 - share / (high - low + 1) / 2

    def starters(self, year: int) -> int:
        """Recipients by start year (table 3.1)."""
        return self.base("ydelse", str(year))

    def starters_in_dream(self, year: int) -> int:
        """Recipients by start year who are in DREAM (table 3.9)."""
        return self.base("maaneder_i_beskaeftigelse", str(year))


def read(paths: Mapping[str, Path]) -> Targets:
    """From the published tables; `paths` by table id, at least those of ROWS."""
    values = {}
    for table in ROWS:
        with paths[table].open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["status"] == "ok":
                    values[table, row["row"], row["column"]] = float(row["value"])
    return Targets(values)


def in_block(counts: Counts, block: int, blocks: int) -> npt.NDArray[np.int64]:
    """A block's part of counts, so that all blocks' parts add up to the counts as whole numbers,
    and the parts of one block to that block's share of them all."""
    return dealt(tuple(whole(counts).tolist()), blocks)[block].copy()


def whole(counts: Counts) -> npt.NDArray[np.int64]:
    """Whole numbers that add to the rounded sum: largest remainders are rounded up."""
    result = np.floor(counts + 1e-9).astype(np.int64)
    lacking = round(float(counts.sum())) - int(result.sum())
    result[np.argsort(result - counts, kind="stable")[: max(lacking, 0)]] += 1
    return result


@lru_cache(maxsize=256)
def dealt(counts: tuple[int, ...], blocks: int) -> npt.NDArray[np.int64]:
    """Cards of each kind in each block's hand, (blocks, kinds), every kind spread evenly.

    Card k of a kind with n cards lies at (k + phase) / n of the pack; each block gets its share of
    the pack from the place where the one before ended."""
    each = np.array(counts, dtype=np.float64)
    phase = np.arange(1, len(each) + 1) * GOLDEN % 1
    ends = np.array([sum(counts) * block // blocks for block in range(blocks + 1)])
    low, high = np.zeros(blocks + 1), np.full(blocks + 1, 1.0 + 1e-9)
    for _ in range(60):  # halve until just so many cards lie before the place
        middle = (low + high) / 2
        before = cards_before(middle, each, phase).sum(axis=1)
        low, high = np.where(before < ends, middle, low), np.where(before < ends, high, middle)
    result: npt.NDArray[np.int64] = np.diff(cards_before(high, each, phase), axis=0)
    return result


def cards_before(
    place: npt.NDArray[Any], each: Counts, phase: npt.NDArray[Any]
) -> npt.NDArray[np.int64]:
    """How many cards of each kind lie before each place of the pack: (places, kinds)."""
    found = np.ceil(place[:, None] * each - phase).clip(0, each)
    return found.astype(np.int64)
