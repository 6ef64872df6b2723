"""What the Snakefile's rules are wired with: paths, jobs, and which tables each study has.

Nothing here processes data. A rule says which module it runs, and which config keys that module
uses; `job` turns that into one parameter, which changes exactly when the rule must run again: with
the module's code (and all it imports), the keys' values, and the names of inputs and outputs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from evalrapport import config as configuration
from evalrapport.code_hash import code
from evalrapport.errors import PlainError

CONTRACTS = "src/evalrapport/contracts"
FIGURE_CONTRACTS = Path(CONTRACTS) / "figures"


@cache
def config() -> configuration.Config:
    """The configuration of this run."""
    return configuration.read()


def job(module: str, *keys: str) -> Callable[..., str]:
    """A params function: everything that `python -m evalrapport.step` needs, as JSON."""

    def params(wildcards: Any, input: Any, output: Any) -> str:
        names = dict(wildcards.items())
        study = names.get("study")
        return json.dumps(
            {
                "module": module,
                "code": code(module),
                "study": study,
                "wildcards": names,
                "settings": configuration.settings(config(), study, keys),
                "input": {name: str(path) for name, path in input.items()},
                "output": {name: str(path) for name, path in output.items()},
            },
            ensure_ascii=False,
            sort_keys=True,
        )

    return params


def person_level(path: str) -> str:
    """A path under the folder that person-level files never leave."""
    return (config().person_level_dir / path).as_posix()


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
        return tuple(own.tables)
    package = json.loads((bundle(study) / "datapackage.json").read_text(encoding="utf-8"))
    return tuple(resource["name"] for resource in package["resources"])


@cache
def figure_sources() -> dict[str, tuple[str, ...]]:
    """Figure id → the result tables that it is drawn from."""
    found = {}
    for path in sorted(FIGURE_CONTRACTS.glob("*.yaml")):
        contract = yaml.safe_load(path.read_text(encoding="utf-8"))
        found[path.stem] = tuple(contract["tables"])
    return found


@cache
def figures(study: str) -> tuple[str, ...]:
    """The figures whose tables a study has."""
    have = set(tables(study))
    return tuple(name for name, needed in figure_sources().items() if set(needed) <= have)


def prose(study: str) -> list[str]:
    """Every file of a study's report folder, in a stable order."""
    folder = config().studies[study].report
    return sorted(path.as_posix() for path in folder.rglob("*") if is_prose(path))


def is_prose(path: Path) -> bool:
    """Whether a file belongs to the report (not a hidden file or a tool's leftover)."""
    hidden = any(part.startswith(".") for part in path.parts)
    return path.is_file() and not hidden and "_book" not in path.parts
