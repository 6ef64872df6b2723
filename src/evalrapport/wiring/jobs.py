"""A rule's job as one parameter, and what all rules share: the configuration, paths, code lists."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from evalrapport import config as configuration
from evalrapport.code_hash import code
from evalrapport.handover import JobText

CONTRACTS = "src/evalrapport/contracts"


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


def in_any_study(value: Any, _: str) -> Any:
    """A setting that is the same whatever the study."""
    return value


def code_lists(*names: str) -> dict[str, str]:
    """Code lists by name."""
    return {name: f"{CONTRACTS}/codes/{name}.csv" for name in names}


def studies(*, computed: bool) -> list[str]:
    """The studies whose results are computed from sources, or those carried from a bundle."""
    every = config().studies.items()
    return [name for name, study in every if (study.results == "computed") == computed]


def among(names: Iterable[str]) -> str:
    """A wildcard constraint that allows just these names (or nothing at all)."""
    return "|".join(names) or "(?!)"


def named(folder: Path, prefix: str) -> dict[str, str]:
    """All files under a folder as named inputs, in a stable order."""
    files = sorted(path for path in folder.rglob("*") if is_prose(path))
    return {f"{prefix}_{number:03d}": path.as_posix() for number, path in enumerate(files)}


def is_prose(path: Path) -> bool:
    """Whether a file belongs to the report (not a hidden file or a tool's leftover)."""
    hidden = any(part.startswith(".") for part in path.parts)
    return path.is_file() and not hidden and "_book" not in path.parts
