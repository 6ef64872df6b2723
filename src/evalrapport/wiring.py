"""What the Snakefile's rules are wired with: paths, jobs, and which tables each study has.

Nothing here processes data. A rule says which module it runs, and which config keys that module
uses; `job` turns that into one parameter, which changes exactly when the rule must run again: with
the module's code (and all it imports), the keys' values, and the names of inputs and outputs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache, partial
from pathlib import Path
from typing import Any

import yaml

from evalrapport import config as configuration
from evalrapport import deliveries
from evalrapport.code_hash import code
from evalrapport.contracts.sources import FIELDWORK, GROUPS, OPTIONAL, REGISTERS, Register
from evalrapport.contracts.sources.at_hand import assumed_codes
from evalrapport.contracts.sources.later import DELIVERIES, LATER
from evalrapport.errors import PlainError
from evalrapport.handover import JobText

CONTRACTS = "src/evalrapport/contracts"
EXTENSION = Path("report/_extensions/evalrapport")
FIGURE_CONTRACTS = Path(CONTRACTS) / "figures"
STUDIES_TABLE = "effektstudier_kilder"  # the table from which entries of the bibliography are made
# Registers of persons, whose reading keeps a record and which are checked against one another.
ALWAYS_CHECKED = ("mentor_episodes", "dream", "bef", "udda")


@cache
def config() -> configuration.Config:
    """The configuration of this run."""
    return configuration.read()


def job(module: str, *keys: str, **told: Callable[[str], Any]) -> Callable[..., str]:
    """A params function: everything that `python -m evalrapport.step` needs, as JSON.

    `keys` are config keys; `told` are settings that follow from config and bundle, by study.
    """

    # Input and output are taken from the engine's `**parts`: a function that names them as its own
    # arguments is regarded as derived from them, and a change in its value then reruns nothing.
    def params(wildcards: Any, **parts: Any) -> str:
        names = dict(wildcards.items())
        study = names.get("study")
        text = json.dumps(
            {
                "module": module,
                "code": code(module),
                "study": study,
                "wildcards": names,
                "settings": configuration.settings(config(), study, keys)
                | {name: value(str(study)) for name, value in told.items()},
                "input": {name: str(path) for name, path in parts["input"].items()},
                "output": {name: str(path) for name, path in parts["output"].items()},
            },
            ensure_ascii=False,
            sort_keys=True,
        )
        return JobText(text)

    return params


def person_level(path: str) -> str:
    """A path under the folder that person-level files never leave."""
    return (config().person_level_dir / path).as_posix()


def registers() -> tuple[str, ...]:
    """The registers and surveys that are read.

    Real folders must name all that are not optional, or none: real and made-up people in one
    report would be neither. Optional ones are read where a study wants their group and they exist.
    """
    named = set(config().sources.folders)
    required = [name for name in REGISTERS if name not in OPTIONAL]
    asked = [*required, *later_registers()]
    if named and not set(asked) <= named <= {*REGISTERS, *asked}:
        unknown, lacking = sorted(named - {*REGISTERS, *asked}), sorted(set(asked) - named)
        raise PlainError(
            "config.yaml: sources.folders must name a folder for each of "
            f"{', '.join(asked)}, or for none; {', '.join(OPTIONAL)} may be named."
            + (f" Unknown: {', '.join(unknown)}." if unknown else "")
            + (f" Missing: {', '.join(lacking)}." if lacking else "")
        )
    used = {name for study in studies(computed=True) for name in further(study).values()}
    return (*required, *(name for name in OPTIONAL if name in used))


def there(register: str) -> bool:
    """Whether an optional register can be read: made for stand-in people, or named by a folder."""
    folders = config().sources.folders
    return not folders or register in folders


def wanted_groups(study: str) -> tuple[str, ...]:
    """The groups of optional registers that a study's effect analysis asks for."""
    effect = config().studies[study].effect
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


def further_sources(study: str) -> dict[str, str]:
    """The typed files of the optional registers that a study reads, as named inputs."""
    return {
        usual: person_level(f"sources/{name}.parquet") for usual, name in further(study).items()
    }


def enrolment(study: str) -> dict[str, str]:
    """The register that the outcome of enrolment is made from, as a named input, if it is there."""
    return {name: path for name, path in further_sources(study).items() if name == "koto"}


def commuting_areas(study: str) -> dict[str, str]:
    """The analyst's own list of commuting areas, if config names one, as a named input."""
    effect = config().studies[study].effect
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
    for study in studies(computed=True):
        for group, lacking in left_out(study).items():
            tables = GROUPS[group].tables
            lines.append(
                f"{study}: sources.folders names no folder for {', '.join(lacking)}, so the "
                f"covariates “{GROUPS[group].label}” are left out. The match and all results of "
                "the effect analysis (balance, matchkvalitet, the effects on employment and SU, "
                "and their sums) are other than with them."
                + (f" There is no {' and no '.join(tables)}." if tables else "")
            )
    return lines


@cache
def later_registers() -> tuple[str, ...]:
    """The registers of later deliveries that some computed study asks for."""
    used = {config().studies[study].dream_delivery for study in studies(computed=True)}
    return tuple(
        register.name
        for delivery, registers_ in DELIVERIES.items()
        if delivery in used
        for register in registers_.values()
    )


def declared(register: str) -> Register:
    """The declaration of a register, of the evaluation's delivery or a later one."""
    return deliveries.declared(config(), register)


def source(study: str, register: str) -> str:
    """The typed file of a register in the delivery that a study asks for."""
    delivery = config().studies[study].dream_delivery
    later = DELIVERIES.get(delivery, {})
    name = later[register].name if register in later else register
    return person_level(f"sources/{name}.parquet")


def later_files() -> dict[str, str]:
    """Raw files of stand-in people of all later deliveries, by stem."""
    return {
        stem: person_level(f"stand_in/{stem}{register.suffix}")
        for register in LATER.values()
        for stem in register.files.values()
    }


def real_people(_: str) -> bool:
    """Whether the results come from real people (the paths of their files are not told)."""
    return bool(config().sources.folders)


def delivered(register: str) -> dict[str, Callable[[str], Any]]:
    """What a register's reading is told of the delivery at hand, as settings."""
    told = deliveries.told(config(), register)
    return {key: partial(in_any_study, value) for key, value in told.items()}


def in_any_study(value: Any, _: str) -> Any:
    """A setting that is the same whatever the study."""
    return value


def code_lists(*names: str) -> dict[str, str]:
    """Code lists by name."""
    return {name: f"{CONTRACTS}/codes/{name}.csv" for name in names}


def read_by(study: str) -> list[str]:
    """The registers that a study reads, in the delivery that it asks for."""
    later = DELIVERIES.get(config().studies[study].dream_delivery, {})
    return [register.name for register in later.values()] or list(registers())


def lists_of_assumed_codes(study: str) -> dict[str, str]:
    """The code lists behind codes that a contract assumes, of the registers that a study reads."""
    columns = (column for name in read_by(study) for column in assumed_codes(declared(name)))
    return code_lists(*sorted({c.codes for c in columns if isinstance(c.codes, str)}))


def stand_in_files(*, fieldwork: bool) -> dict[str, str]:
    """Raw files of stand-in people by stem: those of the fieldwork, or of the registers."""
    return {
        stem: person_level(f"stand_in/{stem}{register.suffix}")
        for register in map(REGISTERS.__getitem__, registers())
        for stem in register.files.values()
        if (register.name in FIELDWORK) == fieldwork
    }


def raw_files(register: str) -> dict[str, str]:
    """A register's raw files by stem, and the code lists that its columns use."""
    own = declared(register)
    folder = config().sources.folders.get(register)
    made = stand_in_files(fieldwork=register in FIELDWORK) | later_files()
    files = {
        stem: real_file(folder, stem, register) if folder else made[stem]
        for stem in own.files.values()
    }
    return files | code_lists(*sorted(own.code_lists))


def typed_file(register: str) -> dict[str, str]:
    """A register's typed file; and the record of its checks, where the reading writes one."""
    record = {"checks": person_level(f"sources/checks/{register}.json")}
    typed = {register: person_level(f"sources/{register}.parquet")}
    return typed | (record if register in checked_registers() else {})


def checked_registers() -> tuple[str, ...]:
    """Registers whose reading keeps a record: all of persons, of every delivery."""
    optional = (name for name in registers() if name in OPTIONAL)
    return (*ALWAYS_CHECKED, *optional, *later_registers())


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


def studies(*, computed: bool) -> list[str]:
    """The studies whose results are computed from sources, or those carried from a bundle."""
    every = config().studies.items()
    return [name for name, study in every if (study.results == "computed") == computed]


def among(names: Iterable[str]) -> str:
    """A wildcard constraint that allows just these names (or nothing at all)."""
    return "|".join(names) or "(?!)"


def bundle(study: str) -> Path:
    """The folder that a carried study's results come from."""
    results = config().studies[study].results
    return configuration.PUBLISHED / study if results == "published" else Path(results)


@cache
def tables(study: str) -> tuple[str, ...]:
    """The result tables that a study has, in the order of config or bundle."""
    own = config().studies[study]
    if own.results == "computed":
        for table in own.tables:
            if not Path(CONTRACTS, "tables", f"{table}.yaml").is_file():
                raise PlainError(
                    f"config.yaml: studies.{study}.tables: there is no table “{table}”. "
                    f"Tables that can be computed have a contract in {CONTRACTS}/tables."
                )
        return tuple(table for table in own.tables if table not in without(study))
    package = json.loads((bundle(study) / "datapackage.json").read_text(encoding="utf-8"))
    return tuple(resource["name"] for resource in package["resources"])


def without(study: str) -> set[str]:
    """Tables that can't be made, as the register that they are made from is not read."""
    made = {table: group.name for group in GROUPS.values() for table in group.tables}
    there = {group for group in wanted_groups(study) if met(group)}
    return {table for table, group in made.items() if group not in there}


@cache
def contract(study: str, table: str) -> str:
    """A table's contract; where its rows are open, the one made complete beside its estimate."""
    path = Path(CONTRACTS, "tables", f"{table}.yaml")
    # A question to one line, not to YAML: this is asked for every table at every start.
    if path.is_file() and "\nrows_from:" in path.read_text(encoding="utf-8"):
        return person_level(f"estimates/{study}/contracts/{table}.yaml")
    return path.as_posix()


def literature() -> dict[str, str]:
    """The records of the literature search that there are; always the published totals."""
    folder = Path("data/literature")
    given = {"totals": folder / "totals.csv"} | {
        name: path
        for name in ("decisions", "kept_apart")
        if (path := folder / f"{name}.csv").is_file()
    }
    exports = named(folder / "exports", "export") if (folder / "exports").is_dir() else {}
    return {name: path.as_posix() for name, path in given.items()} | exports


@cache
def figure_tables() -> dict[str, str]:
    """Figure id → the result table that it is drawn from."""
    contracts = sorted(FIGURE_CONTRACTS.glob("*.yaml"))
    return {path.stem: yaml.safe_load(path.read_text("utf-8"))["table"] for path in contracts}


@cache
def figures(study: str) -> tuple[str, ...]:
    """The figures whose table a study has."""
    return tuple(name for name, table in figure_tables().items() if table in tables(study))


def figure_data(study: str, figure: str, suffix: str) -> str:
    """The released file (csv or json) that a figure is drawn from."""
    return f"build/results/{study}/{figure_tables()[figure]}.{suffix}"


def redraws(study: str) -> dict[str, str]:
    """The effects under each redraw of the pseudo start dates, as named inputs."""
    effect = config().studies[study].effect
    numbers = range(1, effect.redraws + 1 if effect else 1)
    folder = f"redraws/{study}"
    return {f"redraw_{n}": person_level(f"{folder}/{n}/redraw_effects.parquet") for n in numbers}


def released(study: str) -> dict[str, str]:
    """All released files of a study, as named inputs `<table>_csv` and `<table>_json`."""
    return {
        f"{table}_{suffix}": f"build/results/{study}/{table}.{suffix}"
        for table in tables(study)
        for suffix in ("csv", "json")
    }


def known(study: str) -> list[str]:
    """Every result and figure that has a contract, absent ones included; the same in each study."""
    contracts = [*Path(CONTRACTS, "tables").glob("*.yaml"), *FIGURE_CONTRACTS.glob("*.yaml")]
    return sorted({path.stem for path in contracts} | set(tables(study)))


def chapters(study: str) -> dict[str, str]:
    """The .qmd files of a study's report, as named inputs."""
    return {name: path for name, path in prose(study).items() if path.endswith(".qmd")}


def prose(study: str) -> dict[str, str]:
    """Every file of a study's report folder, as named inputs."""
    return named(config().studies[study].report, "prose")


def summary(study: str) -> dict[str, str]:
    """The one-page summary's documents, where the study's report has its prose."""
    there = (config().studies[study].report / "overblik.qmd").is_file()
    documents = f"build/documents/{study}/overblik"
    return {f"overblik_{kind}": f"{documents}.{kind}" for kind in ("pdf", "html") if there}


def named(folder: Path, prefix: str) -> dict[str, str]:
    """All files under a folder as named inputs, in a stable order."""
    files = sorted(path for path in folder.rglob("*") if is_prose(path))
    return {f"{prefix}_{number:03d}": path.as_posix() for number, path in enumerate(files)}


def printed(study: str) -> dict[str, str]:
    """What a renderer reads besides the bindings: prose, tables, figures, and the house's look."""
    exhibits = f"build/exhibits/{study}"
    made = {
        f"{kind}_{name}_{suffix}": f"{exhibits}/{kind}s/{name}.{suffix}"
        for kind, names, suffixes in (
            ("table", tables(study), ("html", "csv")),
            ("figure", figures(study), ("svg", "png", "vl.json", "csv", "json")),
        )
        for name in names
        for suffix in suffixes
    }
    made = {name.replace(".", "_"): path for name, path in made.items()}
    if STUDIES_TABLE in tables(study):
        made["studier"] = f"{exhibits}/studier.bib"
    return prose(study) | named(EXTENSION, "look") | made


def is_prose(path: Path) -> bool:
    """Whether a file belongs to the report (not a hidden file or a tool's leftover)."""
    hidden = any(part.startswith(".") for part in path.parts)
    return path.is_file() and not hidden and "_book" not in path.parts
