"""Puts what lies before the start beside the people of chapter 3's tables."""

from __future__ import annotations

import pandas as pd

START, REFERENCE_DAY = "start", "reference_day"


def before_start(recipients: pd.DataFrame, history: pd.DataFrame) -> pd.DataFrame:
    """Recipients with what lies before their own start; those without a row there are left out.

    Args:
        recipients: person_id, start_year.
        history: person_id, before and the variables wanted.
    """
    own = history[history["before"] == START].drop(columns="before")
    return recipients.merge(own, on="person_id", how="inner", validate="one_to_one")


def before_day(comparison: pd.DataFrame, history: pd.DataFrame) -> pd.DataFrame:
    """Comparison groups with what lies before the reference day; as `before_start`."""
    common = history[history["before"] == REFERENCE_DAY].drop(columns="before")
    return comparison.merge(common, on="person_id", how="inner", validate="one_to_one")
