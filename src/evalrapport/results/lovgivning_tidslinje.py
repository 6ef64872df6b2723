"""The changes of the rules on mentors since 2003, in the order of time (chapter 2).

One line of data/legislation/events.csv per event. Its time is a year (`2009`) or a day in Danish
(`1. januar 2014`), as exactly as the source gives it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from evalrapport.contracts.result_table import from_yaml
from evalrapport.danish import MONTHS
from evalrapport.errors import PlainError
from evalrapport.results import open_rows
from evalrapport.results.open_rows import Record
from evalrapport.results.shares import write
from evalrapport.step import Job

FIELDS = ("id", "tidspunkt", "titel", "aendring", "art", "paragraf", "kilde")
KINDS = ("regel", "udgift")
TIME = re.compile(rf"(?:(\d{{1,2}})\. ({'|'.join(MONTHS)}) )?((?:19|20)\d\d)")


def when(text: str) -> tuple[int, int, int] | None:
    """(year, month, day) of a time in words, 0 for what it does not say; None if it is no time."""
    found = TIME.fullmatch(text)
    if not found:
        return None
    day, month, year = found.groups()
    return int(year), MONTHS.index(month) + 1 if month else 0, int(day or 0)


def checked(events: Sequence[Record]) -> Sequence[Record]:
    """The events, if each has a time and a kind and they stand in the order of their years."""
    years = []
    for event in events:
        time = when(event["tidspunkt"])
        if time is None or event["art"] not in KINDS:
            raise PlainError(
                f"events.csv, {event['id']}: tidspunkt must be a year or a day as “1. januar 2014”,"
                f" and art one of {', '.join(KINDS)}."
            )
        years.append(time[0])
    if years != sorted(years):
        raise PlainError("events.csv: the events must stand in the order of their years.")
    return events


def step(job: Job) -> None:
    """The events → the table and its contract with one row per event."""
    events = checked(open_rows.read_records(job.input["events"], FIELDS))
    labels = {event["id"]: event["titel"] for event in events}
    contract = open_rows.completed(from_yaml(job.input["contract"]), labels)
    texts = {event["id"]: dict(event) for event in events}
    write(open_rows.text_table(texts, contract), job.output["lovgivning_tidslinje"])
    open_rows.write_contract(contract, job.output["contract"])
