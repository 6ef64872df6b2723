"""Who a person is on a given day: residence, age, sex and origin from BEF, education from UDDA."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from evalrapport.errors import PlainError

Array = npt.NDArray[Any]
IMMIGRANT = 2
UNKNOWN_EDUCATION = "uoplyst"


def population_period(year: int) -> int:
    """The BEF period that shows who is resident primo a year.

    BEF is dated at the period's end, so primo 2013 is BEF201212 (register dictionary, 4.2).
    """
    return (year - 1) * 100 + 12


def education_period(year: int) -> int:
    """The UDDA period of "primo oktober" in the year before (SFI 15:10, table 3.6, note 1)."""
    return (year - 1) * 100 + 9


def require_periods(path: Path, register: str, periods: set[int]) -> None:
    """Raise PlainError unless the register holds every period that the study needs."""
    held = set(pc.unique(pq.read_table(path, columns=["period"])["period"]).to_pylist())
    missing = sorted(periods - held)
    if missing:
        raise PlainError(
            f"{register} lacks the period {', '.join(map(str, missing))}, which the study's "
            f"window needs. Add the file, or choose another window."
        )


def read_period(path: Path, period: int, persons: Array | None, columns: list[str]) -> pd.DataFrame:
    """One period's rows, of chosen people if any are named, ascending by person_id.

    Returns:
        person_id and `columns`, one row per person.
    """
    keep = pc.field("period") == period
    if persons is not None:
        keep = keep & pc.field("person_id").isin(pa.array(persons))
    table = pq.read_table(path, columns=["person_id", *columns], filters=keep)
    frame: pd.DataFrame = table.to_pandas()
    return frame.sort_values("person_id", ignore_index=True)


def age_on(birth_dates: Array, days: Array) -> Array:
    """Full years on a day; a person born on 29 February is a year older on 1 March.

    Args:
        birth_dates, days: datetime64[D], (persons,).

    Returns:
        int16, (persons,).
    """
    birth_months = birth_dates.astype("datetime64[M]").astype(np.int64)
    months = days.astype("datetime64[M]").astype(np.int64)
    birth_day = (birth_dates - birth_dates.astype("datetime64[M]")).astype(np.int64)
    day = (days - days.astype("datetime64[M]")).astype(np.int64)
    return ((months - birth_months - (day < birth_day)) // 12).astype(np.int16)


def days_of(dates: pd.Series) -> Array:
    """A column of dates as datetime64[D]."""
    return pd.to_datetime(dates).to_numpy().astype("datetime64[D]")


@dataclass(frozen=True)
class EducationRules:
    """How UDDA is read: levels as table 3.6 groups them, and which sources to disregard."""

    categories: dict[str, str]
    self_reported: frozenset[int]


def read_education_rules(levels: Path, sources: Path) -> EducationRules:
    """From the code lists of levels (level, report_category) and sources (HF_KILDE)."""
    level_table = pd.read_csv(levels, dtype=str).dropna(subset="level")
    source_table = pd.read_csv(sources)
    yes = source_table["self_reported_by_immigrants"] == "yes"
    categories = dict(zip(level_table["level"], level_table["report_category"], strict=True))
    return EducationRules(categories, frozenset(source_table.loc[yes, "code"]))


def education_of(
    persons: pd.DataFrame, education: pd.DataFrame, rules: EducationRules
) -> pd.Series:
    """Each person's education as table 3.6 groups it; unknown without a row in UDDA.

    What immigrants reported themselves is disregarded (SFI 15:10, table 3.6, note 2).

    Args:
        persons: person_id, origin_type.
        education: person_id, education_source, education_level of one UDDA period.

    Returns:
        category of text, aligned with `persons`.
    """
    found = persons[["person_id", "origin_type"]].merge(education, on="person_id", how="left")
    own = found["education_source"].isin(rules.self_reported) & (found["origin_type"] == IMMIGRANT)
    level = found["education_level"].astype("category").cat.rename_categories(str)
    category = level.map(rules.categories).astype(object).where(~own)
    result: pd.Series = category.fillna(UNKNOWN_EDUCATION).astype("category")
    return result.set_axis(persons.index)


def education_primo_october(
    persons: pd.DataFrame, years: pd.Series, udda: Path, rules: EducationRules
) -> pd.Series:
    """Education primo October of the year before each person's year (table 3.6, note 1).

    Args:
        persons: person_id, origin_type; at least one row.
        years: the year of the start, aligned with `persons`.
        udda: path of the typed UDDA; needs the period of each year.
    """
    wanted = sorted(set(years))
    require_periods(udda, "UDDA", {education_period(year) for year in wanted})
    columns = ["education_source", "education_level"]
    found = []
    for year in wanted:
        of_year = persons[years == year]
        ids = of_year["person_id"].to_numpy()
        education = read_period(udda, education_period(year), ids, columns)
        found.append(education_of(of_year, education, rules).astype(object))
    return pd.concat(found).reindex(persons.index)
