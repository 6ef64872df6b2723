"""Which registers and surveys are read, by what config.yaml asks for and what folders it names."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from evalrapport.contracts.sources import FIELDWORK, GROUPS, OPTIONAL, REGISTERS
from evalrapport.contracts.sources.groups import FIELDWORK_LABELS, FIELDWORK_OF
from evalrapport.contracts.sources.later import DELIVERIES
from evalrapport.errors import PlainError
from evalrapport.wiring import jobs


def registers() -> tuple[str, ...]:
    """The registers and surveys that are read.

    Real folders must name all that are not optional, or none: real and made-up people in one
    report would be neither. Optional ones are read where a study wants their group and they exist;
    surveys and interviews where all their files are named.
    """
    named = set(jobs.config().sources.folders)
    required = [name for name in REGISTERS if name not in (*OPTIONAL, *FIELDWORK)]
    asked = [*required, *later_registers()]
    if named and not set(asked) <= named <= {*REGISTERS, *asked}:
        unknown, lacking = sorted(named - {*REGISTERS, *asked}), sorted(set(asked) - named)
        raise PlainError(
            "config.yaml: sources.folders must name a folder for each of "
            f"{', '.join(asked)}, or for none; {', '.join((*OPTIONAL, *FIELDWORK))} may be named."
            + (f" Unknown: {', '.join(unknown)}." if unknown else "")
            + (f" Missing: {', '.join(lacking)}." if lacking else "")
        )
    used = {name for study in jobs.studies(computed=True) for name in further(study).values()}
    return (*required, *fieldwork(), *(name for name in OPTIONAL if name in used))


def fieldwork() -> tuple[str, ...]:
    """The files of the fieldwork that are read: those of the surveys, of the interviews, or not."""
    return tuple(
        name for names in FIELDWORK_OF.values() if all(map(there, names)) for name in names
    )


@cache
def disclosure_class(table: str) -> str:
    """The class of a table: what it is made from, as far as the fieldwork goes."""
    # A question to one line, not to YAML: this is asked for every table at every start.
    text = Path(jobs.CONTRACTS, "tables", f"{table}.yaml").read_text(encoding="utf-8")
    return text.partition("\ndisclosure_class: ")[2].partition("\n")[0]


def of_missing_fieldwork(study: str) -> dict[str, list[str]]:
    """The study's tables that surveys or interviews would be needed for, by those."""
    missing = [kind for kind, names in FIELDWORK_OF.items() if not all(map(there, names))]
    asked = jobs.config().studies[study].tables if missing else []
    found = {kind: [t for t in asked if disclosure_class(t) == kind] for kind in missing}
    return {kind: tables for kind, tables in found.items() if tables}


def there(register: str) -> bool:
    """Whether an optional register can be read: made for stand-in people, or named by a folder."""
    folders = jobs.config().sources.folders
    return not folders or register in folders


def wanted_groups(study: str) -> tuple[str, ...]:
    """The groups of optional registers that a study's effect analysis asks for."""
    effect = jobs.config().studies[study].effect
    return tuple(effect.covariate_groups) if effect else ()


def met(group: str) -> dict[str, str]:
    """The registers that meet a group's needs, by the usual register of each need; {} if not all.

    Half a group would be measured for other people than a whole one: all or nothing.
    """
    found = {
        need[0]: next((name for name in need if there(name)), "") for need in GROUPS[group].needs
    }
    return found if all(found.values()) else {}


def further(study: str) -> dict[str, str]:
    """The optional registers that a study reads, by the usual one's name (KOTRE as `koto`)."""
    return {usual: name for group in wanted_groups(study) for usual, name in met(group).items()}


def commuting_areas(study: str) -> dict[str, str]:
    """The analyst's own list of commuting areas, if config names one, as a named input."""
    effect = jobs.config().studies[study].effect
    own = effect.commuting_areas if effect else None
    return {"commuting_areas": own.as_posix()} if own else {}


def left_out(study: str) -> dict[str, list[str]]:
    """The groups that a study asks for and can't have, each with the registers that lack."""
    return {
        group: [" eller ".join(need) for need in GROUPS[group].needs if not any(map(there, need))]
        for group in wanted_groups(study)
        if not met(group)
    }


def notices() -> list[str]:
    """What each study does without, in words for whoever runs it."""
    lines = []
    for study in jobs.studies(computed=True):
        for group, lacking in left_out(study).items():
            tables = GROUPS[group].tables
            lines.append(
                f"{study}: sources.folders names no folder for {', '.join(lacking)}, so the "
                f"covariates “{GROUPS[group].label}” are left out. The match and all results of "
                "the effect analysis (balance, matchkvalitet, the effects on employment and SU, "
                "and their sums) are other than with them."
                + (f" There is no {' and no '.join(tables)}." if tables else "")
            )
        for kind, gone in of_missing_fieldwork(study).items():
            lacking = [name for name in FIELDWORK_OF[kind] if not there(name)]
            lines.append(
                f"{study}: sources.folders names no folder for {', '.join(lacking)}, so there are "
                f"no tables from the {FIELDWORK_LABELS[kind]}: {', '.join(gone)}."
            )
    return lines


@cache
def later_registers() -> tuple[str, ...]:
    """The registers of later deliveries that some computed study asks for."""
    used = {jobs.config().studies[study].dream_delivery for study in jobs.studies(computed=True)}
    return tuple(
        register.name
        for delivery, registers_ in DELIVERIES.items()
        if delivery in used
        for register in registers_.values()
    )


def real_people(_: str) -> bool:
    """Whether the results come from real people (the paths of their files are not told)."""
    return bool(jobs.config().sources.folders)


def read_by(study: str) -> list[str]:
    """The registers that a study reads, in the delivery that it asks for."""
    later = DELIVERIES.get(jobs.config().studies[study].dream_delivery, {})
    return [register.name for register in later.values()] or list(registers())


def without(study: str) -> set[str]:
    """Tables that can't be made, as what they are made from is not read."""
    made = {table: group.name for group in GROUPS.values() for table in group.tables}
    had = {group for group in wanted_groups(study) if met(group)}
    gone = {table for tables in of_missing_fieldwork(study).values() for table in tables}
    return gone | {table for table, group in made.items() if group not in had}
