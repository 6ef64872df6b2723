"""Table 3.12 of SFI 15:10: episodes with a pladsmentor by hours a week, granted to the function."""

from __future__ import annotations

from evalrapport.results.weekly_hours import write_table
from evalrapport.step import Job


def step(job: Job) -> None:
    """Recipients → the table's estimates."""
    write_table(job, "plads", "timer_pladsmentor")
