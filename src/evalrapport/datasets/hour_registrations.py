"""Every registration of weekly hours that starts in the window, with the benefit at its start.

STAR's note, figure 4: parts are not joined here, so that every registration of hours counts.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalrapport.contracts.datasets.benefit_at_start import HOUR_REGISTRATIONS
from evalrapport.datasets.benefit_grouping import read_grouping
from evalrapport.datasets.benefit_lookup import at_start
from evalrapport.datasets.episode_benefits import in_window
from evalrapport.datasets.files import write
from evalrapport.step import Job

OWN = ["person_id", "start_date", "end_date", "hours_per_week"]


def registrations(parts: pd.DataFrame, window: dict[str, str]) -> pd.DataFrame:
    """Registrations with hours above 0 that start in the window, exact repeats once.

    # ASSUME: hours that are missing or 0 are not registered, as in SFI 15:10's means; the note does
    # not say.
    """
    known = parts[parts["hours_per_week"] > 0].drop_duplicates(OWN)
    return in_window(known, window)


def step(job: Job) -> None:
    """Typed mentor episodes and DREAM → registrations with their benefit."""
    parts = pd.read_parquet(job.input["parts"], columns=OWN)
    rows = registrations(parts, job.settings["window"])
    lists = job.input["benefit_codes"], job.input["benefit_groupings"]
    grouping = read_grouping(*lists, job.settings["benefit_grouping"])
    start = rows["start_date"].to_numpy().astype("datetime64[D]")
    group, _ = at_start(rows["person_id"].to_numpy(), start, job.input["dream"], grouping)
    years = rows["start_date"].dt.year.astype(np.int16)
    rows = rows.assign(start_year=years, benefit_group=group)
    write(rows, HOUR_REGISTRATIONS, job.output["hour_registrations"])
