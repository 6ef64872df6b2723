"""The stand-in coding of 18 interviewed job centres: which code was given to which centre.

The code book says how many centres each code is given to; which they are is drawn, so that what
follows from one another does (who seldom buys from suppliers does buy from them).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from evalrapport.sources.stand_in.streams import stream

CENTRES, VISITED = 18, 3
INFORMANTS = ("koordinator", "sagsbehandler", "leder", "virksomhedskonsulent")
# code: the code within whose centres (or outside whose, with a minus) its own are drawn
WITHIN = {
    "eksterne.bruges": "type.eksterne_leverandoerer",
    "eksterne.sjaeldent": "eksterne.bruges",
    "eksterne.mest": "-eksterne.sjaeldent",
    "frivillige.bruges": "type.frivillige",
    "frivillige.overvejes": "-frivillige.bruges",
    "organisering.intet_korps": "-organisering.korps",
    "organisering.faelles_korps": "organisering.korps",
    "vurdering.kritisk": "-vurdering.positiv",
    "matchning.faellesskab": "-matchning.koordinator",
}


def matrix(
    seed: int, codes: Sequence[Mapping[str, str]], clusters: Mapping[str, str]
) -> pd.DataFrame:
    """One row per centre and code.

    `codes`: the code book, with how many centres have each; `clusters`: drawn centre → cluster.
    """
    rng = stream(seed, "interview_coding")
    everyone = set(range(CENTRES))
    given: dict[str, set[int]] = {}
    for row in codes:
        given[row["code"]] = drawn(rng, row["code"], int(row["stand_in_centres"]), given, everyone)
    rows = [
        {"code": code, "centre": centre} for code, centres in given.items() for centre in centres
    ]
    frame = pd.DataFrame(rows).sort_values(["centre", "code"], kind="stable")
    centre = frame.pop("centre").to_numpy()
    frame.insert(0, "centre_id", [f"JC{one + 1:02d}" for one in centre])
    frame.insert(1, "cluster", frame["centre_id"].map(dict(clusters)))
    frame.insert(2, "informant", [INFORMANTS[one % len(INFORMANTS)] for one in centre])
    frame.insert(3, "form", np.where(centre < VISITED, "besøg", "telefon"))
    return frame.assign(note="", quote="", quote_allowed="nej")


def drawn(
    rng: np.random.Generator,
    code: str,
    count: int,
    given: Mapping[str, set[int]],
    everyone: set[int],
) -> set[int]:
    """The centres of one code."""
    bound = WITHIN.get(code)
    pool = everyone
    if bound is not None:
        pool = everyone - given[bound[1:]] if bound.startswith("-") else given[bound]
    if code == "eksterne.mest":
        pool = pool & given["eksterne.bruges"]
    if code == "matchning.tilfaeldig":
        pool = pool - given["matchning.koordinator"] - given["matchning.faellesskab"]
    chosen = rng.choice(sorted(pool), count, replace=False)
    return {int(one) for one in chosen}
