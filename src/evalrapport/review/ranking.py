"""The ten changes that matter most, by a rule that the page states.

First risks to people's anonymity and checks that fail; then claims with another outcome; then
numbers that moved further than the statistical uncertainty, the largest differences first and those
quoted in the text twice as heavily; then parts that came or went, edited sentences, and numbers
without an interval. Of one table no more than two numbers, so that one table does not
fill the list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from evalrapport.review.cells import POINT_UNITS, Change

RULE = (
    "Først risiko for, at personer kan skilles ud, og kontroller, der ikke længere bestås. Så "
    "påstande med nyt udfald, først dem, der ikke holder. Derefter tal, der har "
    "flyttet sig mere end den statistiske "
    "usikkerhed, de største forskelle først: for andele tæller procentpoint, for andre tal tæller "
    "ti procent som ét procentpoint, og tal, der er nævnt i teksten, vejer dobbelt. Til sidst nye "
    "og fjernede dele, rettede oplysninger, redigerede afsnit og tal uden kendt usikkerhed. "
    "Højst to tal fra samme tabel."
)
PER_TABLE = 2
SETTLED = ("holder", "kan ikke afgøres")
CLAIM_WEIGHTS = {"holder ikke": 3.0, "holder": 2.0, "kan ikke afgøres": 1.0}


def top(changes: Sequence[Change], most: int = 10) -> list[str]:
    """Ids of the changes that matter most, the weightiest first."""
    ranked = sorted(
        (change for change in changes if weight(change)[0] > 0),
        key=lambda change: (*(-part for part in weight(change)), changes.index(change)),
    )
    taken: Counter[str] = Counter()
    chosen = []
    for change in ranked:
        name = change.get("table", "") if change["type"] == "tal" else ""
        if name and taken[name] >= PER_TABLE:
            continue
        taken[name] += 1
        chosen.append(change["id"])
    return chosen[:most]


def weight(change: Change) -> tuple[int, float]:
    """(rank, weight within the rank); rank 0 never enters the list."""
    kind, what = change["type"], change["kind"]
    if kind in ("diskretion", "kontrol"):
        return 5, 1.0
    if kind == "paastand":
        # That a claim can be decided at last, and holds, is no news to act on.
        turned = what == "udfald" and (change["new"], change["old"]) != SETTLED
        return (4, CLAIM_WEIGHTS[change["new"]]) if turned else (1, 1.0)
    if kind == "tal":
        return number_weight(change)
    if kind == "fakta":
        return (2, 2.0) if what == "vaerdi" else (1, 0.5)
    if kind == "struktur" and what in ("tilfoejet", "fjernet"):
        return 2, 3.0 if change["what"] in ("tabel", "figur", "afsnit") else 2.0
    if kind == "tekst" and what in ("redigeret", "tilfoejet", "fjernet"):
        return (1, 0.5) if change.get("follows_claim") else (2, 1.0)
    if kind == "struktur":
        return 1, 1.0
    return 0, 0.0


def number_weight(change: Change) -> tuple[int, float]:
    """A number: how large its difference is; twice that if the text quotes it."""
    quoted = 2.0 if change["in_text"] else 1.0
    if change["kind"] in ("skjult_nu", "vist_nu", "status"):
        return 1, quoted
    if change["kind"] != "vaerdi":
        return 0, 0.0
    if change["significance"] == "uden_for":
        return 3, quoted * size(change)
    return (1, quoted) if change["significance"] == "ukendt" else (0, quoted)


def size(change: Change) -> float:
    """A difference in percentage points; of other numbers, ten per cent count as one point.

    # ASSUME: so that days, months and shares can stand in one list; the page says so.
    """
    difference = abs(float(change["difference"]))
    if change["unit"] in POINT_UNITS:
        return difference
    before = abs(float(change["old"]["value"]))
    return 10 * difference / before if before else 0.0
