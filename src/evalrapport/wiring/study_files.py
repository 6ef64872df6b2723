"""The tables, figures and prose of each study, as named inputs."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import yaml

from evalrapport import config as configuration
from evalrapport.errors import PlainError
from evalrapport.wiring import jobs, wanted

EXTENSION = Path("report/_extensions/evalrapport")
FIGURE_CONTRACTS = Path(jobs.CONTRACTS) / "figures"
STUDIES_TABLE = "effektstudier_kilder"  # the table from which entries of the bibliography are made


def bundle(study: str) -> Path:
    """The folder that a carried study's results come from."""
    results = jobs.config().studies[study].results
    return configuration.PUBLISHED / study if results == "published" else Path(results)


@cache
def tables(study: str) -> tuple[str, ...]:
    """The result tables that a study has, in the order of config or bundle."""
    own = jobs.config().studies[study]
    if own.results == "computed":
        for table in own.tables:
            if not Path(jobs.CONTRACTS, "tables", f"{table}.yaml").is_file():
                raise PlainError(
                    f"config.yaml: studies.{study}.tables: there is no table “{table}”. "
                    f"Tables that can be computed have a contract in {jobs.CONTRACTS}/tables."
                )
        gone = wanted.without(study)
        return tuple(table for table in own.tables if table not in gone)
    package = json.loads((bundle(study) / "datapackage.json").read_text(encoding="utf-8"))
    return tuple(resource["name"] for resource in package["resources"])


@cache
def contract(study: str, table: str) -> str:
    """A table's contract; where its rows are open, the one made complete beside its estimate."""
    path = Path(jobs.CONTRACTS, "tables", f"{table}.yaml")
    # A question to one line, not to YAML: this is asked for every table at every start.
    if path.is_file() and "\nrows_from:" in path.read_text(encoding="utf-8"):
        return jobs.person_level(f"estimates/{study}/contracts/{table}.yaml")
    return path.as_posix()


def literature() -> dict[str, str]:
    """The records of the literature search that there are; always the published totals."""
    folder = Path("data/literature")
    given = {"totals": folder / "totals.csv"} | {
        name: path
        for name in ("decisions", "kept_apart")
        if (path := folder / f"{name}.csv").is_file()
    }
    exports = jobs.named(folder / "exports", "export") if (folder / "exports").is_dir() else {}
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
    effect = jobs.config().studies[study].effect
    numbers = range(1, effect.redraws + 1 if effect else 1)
    folder = f"redraws/{study}"
    made = {n: f"{folder}/{n}/redraw_effects.parquet" for n in numbers}
    return {f"redraw_{n}": jobs.person_level(path) for n, path in made.items()}


def released(study: str) -> dict[str, str]:
    """All released files of a study, as named inputs `<table>_csv` and `<table>_json`."""
    return {
        f"{table}_{suffix}": f"build/results/{study}/{table}.{suffix}"
        for table in tables(study)
        for suffix in ("csv", "json")
    }


def known(study: str) -> list[str]:
    """Every result and figure that has a contract, absent ones included; the same in each study."""
    contracts = [*Path(jobs.CONTRACTS, "tables").glob("*.yaml"), *FIGURE_CONTRACTS.glob("*.yaml")]
    return sorted({path.stem for path in contracts} | set(tables(study)))


def chapters(study: str) -> dict[str, str]:
    """The .qmd files of a study's report, as named inputs."""
    return {name: path for name, path in prose(study).items() if path.endswith(".qmd")}


def prose(study: str) -> dict[str, str]:
    """Every file of a study's report folder, as named inputs."""
    return jobs.named(jobs.config().studies[study].report, "prose")


def summary(study: str) -> dict[str, str]:
    """The one-page summary's documents, where the study's report has its prose."""
    there = (jobs.config().studies[study].report / "overblik.qmd").is_file()
    documents = f"build/documents/{study}/overblik"
    return {f"overblik_{kind}": f"{documents}.{kind}" for kind in ("pdf", "html") if there}


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
    return prose(study) | jobs.named(EXTENSION, "look") | made
