"""The only reader of config.yaml.

What is wrong fails before the first job, naming the key and what is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from evalrapport.config_model import PUBLISHED, VISITATION_CODES, Config, Study
from evalrapport.errors import PlainError

__all__ = [
    "PUBLISHED",
    "VISITATION_CODES",
    "Config",
    "Study",
    "check",
    "model_in",
    "read",
    "settings",
    "studies_named",
]


def read(path: Path = Path("config.yaml")) -> Config:
    """Read and check a configuration; PlainError names the key and what is allowed."""
    if not path.is_file():
        raise PlainError(f"{path}: there is no such file. Run from the project's folder.")
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise PlainError(f"{path} is not valid YAML: {error}") from error
    return check(raw, str(path))


def check(raw: Any, where: str = "config.yaml") -> Config:
    """Check a configuration that is already parsed."""
    if not isinstance(raw, dict):
        raise PlainError(f"{where}: expected keys and values, found {type(raw).__name__}.")
    try:
        return Config.model_validate(raw)
    except ValidationError as error:
        lines = [f"  {_explain(item)}" for item in error.errors()]
        raise PlainError(f"{where} can't be used:\n" + "\n".join(lines)) from None


def _explain(item: Any) -> str:
    """One validation error in plain words: key, what is wrong, what is allowed."""
    key = ".".join(str(part) for part in item["loc"] if part != "[key]")
    if item["type"] == "extra_forbidden":
        parent = item["loc"][:-1]
        allowed = ", ".join(sorted(_fields(parent)))
        return f"{key}: unknown key. Allowed here: {allowed}."
    if item["type"] == "missing":
        return f"{key}: is missing."
    message = re.sub(r"^(Value error|Input), ?", "", item["msg"])
    found = "" if item["type"] == "value_error" else f" (found: {item['input']!r})"
    return f"{key}: {message}{found}." if key else f"{message}."


def _fields(location: tuple[str | int, ...]) -> list[str]:
    """The keys that are allowed in the block at `location`."""
    model: type[BaseModel] = Config
    for part in location:
        for name, field in model.model_fields.items():
            inner = model_in(field.annotation)
            if name == part and inner is not None:
                model = inner
    return list(model.model_fields)


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The block's model inside an annotation such as `Effect | None` or `dict[str, Study]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if (found := model_in(argument)) is not None:
            return found
    return None


def settings(config: Config, study: str | None, keys: tuple[str, ...]) -> dict[str, Any]:
    """The values of just these keys, as plain JSON types; a study's keys before common ones."""
    common = config.model_dump(mode="json", by_alias=True, exclude={"studies", "sources"})
    common |= config.sources.model_dump(mode="json", by_alias=True)
    own = config.studies[study].model_dump(mode="json", by_alias=True) if study else {}
    known = common | own
    return {key: known[key] for key in keys}


def studies_named(config: Config, names: Sequence[str]) -> list[str]:
    """The studies that a user names, or all; PlainError names those that do not exist."""
    unknown = [name for name in names if name not in config.studies]
    if unknown:
        there = ", ".join(config.studies)
        raise PlainError(
            f"There is no study “{', '.join(unknown)}” in config.yaml; there is {there}."
        )
    return list(names) or list(config.studies)
