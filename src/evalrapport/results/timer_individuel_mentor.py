"""Table 3.11 of SFI 15:10: episodes with an individuel mentor by hours a week."""

from __future__ import annotations

from evalrapport.results.weekly_hours import write_table
from evalrapport.step import Job


def step(job: Job) -> None:
    """Recipients → the table's estimates."""
    write_table(job, "individuel", "timer_individuel_mentor")
