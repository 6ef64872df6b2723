"""Reads, checks and types a register of a later delivery: raw file in, typed file out."""

from __future__ import annotations

from evalrapport.contracts.sources.later import LATER
from evalrapport.sources import typed_files
from evalrapport.step import Job


def step(job: Job) -> None:
    """Rules such as dream_201701_source: the register is the one that the output is named after."""
    (name,) = (name for name in job.output if name in LATER)
    typed_files.make(LATER[name], job)
