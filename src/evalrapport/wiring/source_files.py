"""The raw, typed and checked files of each register, as named inputs and outputs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from evalrapport import deliveries
from evalrapport.contracts.sources import FIELDWORK, OPTIONAL, REGISTERS, Register
from evalrapport.contracts.sources.at_hand import assumed_codes
from evalrapport.contracts.sources.later import DELIVERIES, LATER
from evalrapport.errors import PlainError
from evalrapport.wiring import jobs, wanted

# Registers of persons, whose reading keeps a record and which are checked against one another.
ALWAYS_CHECKED = ("mentor_episodes", "dream", "bef", "udda")


def further_sources(study: str) -> dict[str, str]:
    """The typed files of the optional registers that a study reads, as named inputs."""
    return {
        usual: jobs.person_level(f"sources/{name}.parquet")
        for usual, name in wanted.further(study).items()
    }


def enrolment(study: str) -> dict[str, str]:
    """The register that the outcome of enrolment is made from, as a named input, if it is there."""
    return {name: path for name, path in further_sources(study).items() if name == "koto"}


def declared(register: str) -> Register:
    """The declaration of a register, of the evaluation's delivery or a later one."""
    return deliveries.declared(jobs.config(), register)


def source(study: str, register: str) -> str:
    """The typed file of a register in the delivery that a study asks for."""
    delivery = jobs.config().studies[study].dream_delivery
    later = DELIVERIES.get(delivery, {})
    name = later[register].name if register in later else register
    return jobs.person_level(f"sources/{name}.parquet")


def later_files() -> dict[str, str]:
    """Raw files of stand-in people of all later deliveries, by stem."""
    return {
        stem: jobs.person_level(f"stand_in/{stem}{register.suffix}")
        for register in LATER.values()
        for stem in register.files.values()
    }


def delivered(register: str) -> dict[str, Callable[[str], Any]]:
    """What a register's reading is told of the delivery at hand, as settings."""
    told = deliveries.told(jobs.config(), register)
    return {key: partial(jobs.in_any_study, value) for key, value in told.items()}


def lists_of_assumed_codes(study: str) -> dict[str, str]:
    """The code lists behind codes that a contract assumes, of the registers that a study reads."""
    columns = (column for name in wanted.read_by(study) for column in assumed_codes(declared(name)))
    return jobs.code_lists(*sorted({c.codes for c in columns if isinstance(c.codes, str)}))


def stand_in_files(*, fieldwork: bool) -> dict[str, str]:
    """Raw files of stand-in people by stem: those of the fieldwork, or of the registers."""
    return {
        stem: jobs.person_level(f"stand_in/{stem}{register.suffix}")
        for register in map(REGISTERS.__getitem__, wanted.registers())
        for stem in register.files.values()
        if (register.name in FIELDWORK) == fieldwork
    }


def raw_files(register: str) -> dict[str, str]:
    """A register's raw files by stem, and the code lists that its columns use."""
    own = declared(register)
    folder = jobs.config().sources.folders.get(register)
    made = stand_in_files(fieldwork=register in FIELDWORK) | later_files()
    files = {
        stem: real_file(folder, stem, register) if folder else made[stem]
        for stem in own.files.values()
    }
    return files | jobs.code_lists(*sorted(own.code_lists))


def typed_file(register: str) -> dict[str, str]:
    """A register's typed file; and the record of its checks, where the reading writes one."""
    record = {"checks": jobs.person_level(f"sources/checks/{register}.json")}
    typed = {register: jobs.person_level(f"sources/{register}.parquet")}
    return typed | (record if register in checked_registers() else {})


def checked_registers() -> tuple[str, ...]:
    """Registers whose reading keeps a record: all of persons, of every delivery."""
    optional = (name for name in wanted.registers() if name in OPTIONAL)
    return (*ALWAYS_CHECKED, *optional, *wanted.later_registers())


def checked() -> dict[str, str]:
    """What the check report is made of: typed files and records of the registers of persons."""
    return {
        f"{register}{suffix}": path
        for register in checked_registers()
        for suffix, path in zip(("", "_checks"), typed_file(register).values(), strict=True)
    }


def real_file(folder: Path, stem: str, register: str) -> str:
    """The file of that stem in a folder, whatever its case; PlainError if there is none.

    A Parquet file may be a folder of parts.
    """
    found = [
        path
        for path in sorted(folder.iterdir())
        if path.name.split(".")[0].lower() == stem and (path.is_dir() or path.suffix)
    ]
    if len(found) != 1:
        seen = ", ".join(path.name for path in found) or "none"
        raise PlainError(
            f"sources.folders.{register}: {folder} must hold one file {stem} (.sas7bdat, .dta, "
            f".sav, .csv, .csv.gz, .parquet, or a folder of .parquet parts); found: {seen}."
        )
    return found[0].as_posix()
