"""What nobody has published of the recipients, but what must look like life: printed, no target.

Left of the wall, as the calibration is; nothing of it leaves the machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from evalrapport.danish import number

KINDS = {"individuel": "individuel mentor", "plads": "pladsmentor"}
GROUPS = {0: "ingen", 1: "1", 2: "2", 3: "3"}


def duration_by_kind(recipients: pd.DataFrame) -> Iterator[str]:
    """Episodes, mean and median days, and mean hours above 0, by type of mentor."""
    yield f"{'varighed efter mentortype':<34}{'forløb':>9}{'dage':>9}{'median':>9}{'timer':>9}"
    for kind, own in recipients.groupby("mentor_type", observed=True):
        days, hours = own["duration_days"], own["hours_per_week"]
        shown = [
            number(len(own), 0),
            number(days.mean(), 1),
            number(days.median(), 0),
            number(hours[hours > 0].mean(), 1),
        ]
        yield f"  {KINDS.get(str(kind), str(kind)):<32}" + "".join(f"{text:>9}" for text in shown)


def match_group_by_benefit(recipients: pd.DataFrame) -> Iterator[str]:
    """Shares of the match groups among the recipients on each benefit, in per cent."""
    heads = "".join(f"{name:>9}" for name in GROUPS.values())
    yield f"{'matchgruppe efter ydelse, pct.':<34}{'personer':>9}{heads}"
    for benefit, own in recipients.groupby("benefit_group", observed=True):
        shares = own["match_group"].value_counts(normalize=True)
        shown = [number(100 * shares.get(group, 0.0), 1) for group in GROUPS]
        cells = "".join(f"{text:>9}" for text in shown)
        yield f"  {benefit:<32}{number(len(own), 0):>9}{cells}"


def lines(person_level: Path, study: str) -> Iterator[str]:
    """All that is printed, from the study's recipients."""
    path = person_level / "datasets" / study / "recipients.parquet"
    names = ["mentor_type", "duration_days", "hours_per_week", "benefit_group", "match_group"]
    recipients = pd.read_parquet(path, columns=names)
    yield "Uden mål, til skøn over om det ligner livet:"
    yield from duration_by_kind(recipients)
    yield from match_group_by_benefit(recipients)
