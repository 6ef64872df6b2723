"""Origin and time in Denmark, as covariates: groups of countries, whole years since immigration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalrapport.contracts.covariates.groupings import AFRICA, EASTERN_EUROPE, MIDDLE_EAST

Array = npt.NDArray[Any]
BORN_HERE = -1
IMMIGRANT = 2


def origins(people: pd.DataFrame, year: int, countries: Path) -> dict[str, Any]:
    """country_group ("" for Danish and unknown) and years_here (-1 for those born here)."""
    abroad = people["origin_type"].isin([IMMIGRANT, 3]).to_numpy()
    names, place = np.unique(groups(countries), return_inverse=True)
    group = place.astype(np.int8)[people["origin_country"].to_numpy()]
    none = np.int8(np.flatnonzero(names == "")[0])
    primo = (np.datetime64(f"{year}-01-01") - np.datetime64("1970-01-01")).astype(np.int64)
    came = people["first_immigration"].to_numpy(dtype=np.float64)
    years = np.floor((primo - came) / 365.25)
    known = (people["origin_type"] == IMMIGRANT).to_numpy() & np.isfinite(came)
    return {
        "country_group": pd.Categorical.from_codes(np.where(abroad, group, none), pd.Index(names)),
        "years_here": np.where(known, years, BORN_HERE).astype(np.int16),
    }


def groups(countries: Path) -> Array:
    """Group by country code: western, eastern_europe, middle_east, africa, rest or ""."""
    listed = pd.read_csv(countries)
    by_code = np.full(10_000, "", dtype="U16")
    for code, western in zip(listed["code"], listed["origin_group"], strict=True):
        if western == "vestlig":
            by_code[code] = "western"
        elif western == "ikke-vestlig":
            by_code[code] = _other(code)
    return by_code


def _other(code: int) -> str:
    if code in EASTERN_EUROPE:
        return "eastern_europe"
    if code in MIDDLE_EAST:
        return "middle_east"
    return "africa" if AFRICA[0] <= code <= AFRICA[1] else "rest"
