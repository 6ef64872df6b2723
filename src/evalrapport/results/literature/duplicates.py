"""Finds the same work under several hits: by DOI, then by title, year and first author.

Every merge is recorded with its rule, so that it can be looked at; a pair that a person finds to be
two works is named in data/literature/kept_apart.csv and is merged no more. Nothing is thrown away:
a work keeps the ids of all its hits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from evalrapport.results.literature.references import Reference

Pair = frozenset[str]


@dataclass(frozen=True)
class Merge:
    """One hit counted as the same work as an earlier one, and the rule that said so."""

    kept: str
    merged: str
    rule: str


def deduplicated(
    references: Sequence[Reference], kept_apart: Collection[Pair] = ()
) -> tuple[list[Reference], list[Merge]]:
    """One reference per work, in the order found, and every merge that was made."""
    works: list[Reference] = []
    merges: list[Merge] = []
    hits: dict[str, list[str]] = {}
    for reference in references:
        match = same_work(reference, works, hits, kept_apart)
        if match is None:
            works.append(reference)
            hits[reference.id] = [reference.id]
        else:
            work, rule = match
            hits[work.id].append(reference.id)
            merges.append(Merge(work.id, reference.id, rule))
    return works, merges


def same_work(
    reference: Reference,
    works: Sequence[Reference],
    hits: dict[str, list[str]],
    kept_apart: Collection[Pair],
) -> tuple[Reference, str] | None:
    """The earlier work that this is, and why; DOI before title."""
    rules: tuple[tuple[str, Callable[[Reference], object]], ...] = (
        ("doi", lambda one: one.doi or None),
        ("titel_aar_forfatter", description),
    )
    for rule, key in rules:
        for work in works:
            apart = any(frozenset((reference.id, hit)) in kept_apart for hit in hits[work.id])
            if not apart and key(work) is not None and key(work) == key(reference):
                if rule != "doi" and work.doi and reference.doi:
                    continue  # two DOIs are two works, however alike their titles are
                return work, rule
    return None


def description(reference: Reference) -> tuple[str, int, str] | None:
    """Title, year and first author, written alike; None if one of them is missing."""
    if reference.year is None or not reference.first_author:
        return None
    return normal(reference.title), reference.year, normal(reference.first_author)


def normal(text: str) -> str:
    """Letters and digits only, lower case, without accents: as databases differ in the rest."""
    folded = text.lower().replace("ø", "o").replace("æ", "ae").replace("ß", "ss")
    plain = unicodedata.normalize("NFKD", folded)
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return re.sub(r"[^a-z0-9]+", " ", letters).strip()
